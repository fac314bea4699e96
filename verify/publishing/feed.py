"""The Atom feed: one entry for each publication, correction and retraction, newest first. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from verify.publishing import words
from verify.publishing.claimreview import stamp
from verify.publishing.content import HistoryEntry, Kind, Publisher, VerdictContent

_BEFORE_TITLE: dict[Kind, str] = {"published": "", "correction": "Correction: ", "retraction": "Retracted: "}


@dataclass(frozen=True)
class FeedEntry:
    """One version of a verdict as the feed tells it; its words hold no control that XML could not carry."""

    title: str
    identifier: str
    address: str
    updated: str
    kind: Kind
    summary: str


def entry(content: VerdictContent, change: HistoryEntry, publisher: Publisher) -> FeedEntry:
    """The entry of one version."""
    rating = "" if change.kind == "retraction" else f"{words.RATINGS[content['rating']].label}: "
    address = f"{publisher.address}/verdicts/{content['reference']}"
    said = [change.reason or "", *words.paragraphs(content["summary"])[:1]]
    return FeedEntry(
        title=words.revealed(f"{_BEFORE_TITLE[change.kind]}{rating}{content['claim']}"),
        identifier=f"{address}/versions/{change.number}",
        address=address,
        updated=stamp(change.published_at),
        kind=change.kind,
        summary=words.revealed("\n\n".join(filter(None, said))),
    )
