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
    SourceKind.MEDIA: "Picture, video or recording",
}
TIE_WORDS = {
    TieKind.SPEAKS_FOR: "speaks for",
    TieKind.MEMBER_OF: "is a member of",
    TieKind.OWNED_BY: "is owned by",
    TieKind.REPUBLISHES: "republishes",
    TieKind.PARTY_TO: "is a party to",
    TieKind.ALLIED_WITH: "is allied with",
    TieKind.HOSTILE_TO: "is hostile to",
}
TIE_MEANINGS = {
    TieKind.SPEAKS_FOR: "the two count as one voice",
    TieKind.MEMBER_OF: "counted as one voice in the lower bound only",
    TieKind.OWNED_BY: "newsrooms of one owner count as one voice",
    TieKind.REPUBLISHES: "what it prints without a source is the other’s",
    TieKind.PARTY_TO: "it has a stake in what it says about this",
    TieKind.ALLIED_WITH: "shown, never counted",
    TieKind.HOSTILE_TO: "shown, never counted",
}
