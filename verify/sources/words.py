"""How kinds of sources and ties read on a page."""

from __future__ import annotations

from verify.sources.models import SourceKind, TieKind

KIND_WORDS = {
    SourceKind.PERSON: "Person",
    SourceKind.ORGANISATION: "Organisation",
    SourceKind.OUTLET: "Outlet",
    SourceKind.AGENCY: "News agency",
    SourceKind.ACCOUNT: "Account on a network",
    SourceKind.ANONYMOUS: "Unnamed source",
    SourceKind.DOCUMENT: "Document",
    SourceKind.MEDIA: "Device or imagery",
}
TIE_WORDS = {
    TieKind.SPEAKS_FOR: "speaks for",
    TieKind.MEMBER_OF: "is a member of",
    TieKind.OWNED_BY: "is owned by",
    TieKind.SAME_FAMILY: "is of one family of publishers with",
    TieKind.REPUBLISHES: "republishes",
    TieKind.PARTY_TO: "is a party to",
    TieKind.ALLIED_WITH: "is allied with",
    TieKind.HOSTILE_TO: "is hostile to",
}
TIE_MEANINGS = {
    TieKind.SPEAKS_FOR: "the two count as one voice",
    TieKind.MEMBER_OF: "counted as one voice in the lower bound only",
    TieKind.OWNED_BY: "newsrooms of one owner count as one voice",
    TieKind.SAME_FAMILY: "newsrooms of one family count as one voice",
    TieKind.REPUBLISHES: "what it prints without a source is the other’s",
    TieKind.PARTY_TO: "it has a stake in what it says about this",
    TieKind.ALLIED_WITH: "shown, never counted",
    TieKind.HOSTILE_TO: "shown, never counted",
}
# The same ties read from the other end: “Taliban: spoken for by Mujahid”.
TIE_WORDS_BACK = {
    TieKind.SPEAKS_FOR: "is spoken for by",
    TieKind.MEMBER_OF: "has as a member",
    TieKind.OWNED_BY: "owns",
    TieKind.SAME_FAMILY: "is of one family of publishers with",
    TieKind.REPUBLISHES: "is republished by",
    TieKind.PARTY_TO: "is a party to",
    TieKind.ALLIED_WITH: "is allied with",
    TieKind.HOSTILE_TO: "is hostile to",
}
KIND_MEANINGS = {
    SourceKind.PERSON: "somebody with a name",
    SourceKind.ORGANISATION: "an army, a ministry, a company, an aid group",
    SourceKind.OUTLET: "a newspaper, station or site",
    SourceKind.AGENCY: "its dispatches are printed by others",
    SourceKind.ACCOUNT: "a handle, whoever is behind it",
    SourceKind.ANONYMOUS: "known to the desk or to an outlet, and not named",
    SourceKind.DOCUMENT: "a record, a report, a leaked file",
    SourceKind.MEDIA: "a camera, a satellite, a recording",
}
