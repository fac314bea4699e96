"""Scores how much a sentence is worth checking, and says why in words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from verify.spotting.assertion import Quantity
from verify.spotting.quantities import quantities_in

THRESHOLD = 0.5  # from here on a text is called worth checking

_EVENT = re.compile(
    r"\b(?:killed|dead|died|deaths?|murdered|executed|wounded|injured|"
    r"casualties|attack(?:ed|s)?|bomb(?:ed|ing|s)?|air ?strikes?|"
    r"drones?|helicopters?|captured?|seized?|seizing|overr[ua]n|"
    r"entered|fallen|surrendered|arrested|imprisoned|detained|"
    r"fled|destroyed|shot|shelled|hit|besieg\w+|control|invaded|"
    r"displaced|hospital|prisoners?|martyred|ceasefire)\b",
    re.IGNORECASE,
)
_COMPARES = re.compile(
    r"\b(?:more|less|fewer|higher|lower|most|least|largest|biggest|"
    r"highest|lowest|first|increased?|decreased?|rose|fell|"
    r"doubled|tripled|cut|grew|record|per cent|percent|rate|average|majority)\b",
    re.IGNORECASE,
)
_CAUSE = re.compile(
    r"\b(?:because|due to|caused|led to|as a result|responsible "
    r"for|help(?:ed|ing)? to|used|thanks to|linked to)\b",
    re.IGNORECASE,
)
_OPINION = re.compile(
    r"\b(?:i think|we think|i believe|we believe|in my (?:view|"
    r"opinion)|should|ought|hope|hopes|pray|beautiful|great|terrible|"
    r"wonderful|must|let us|thank you|may their|regretfully|deserve)\b",
    re.IGNORECASE,
)
_FUTURE = re.compile(
    r"\b(?:will|would|shall|going to|may|might|could|ready to|willing to|if)\b", re.IGNORECASE
)
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+")


def check_worthiness(
    statement: str,
    quantities: tuple[Quantity, ...],
    *,
    attributed: bool,
    denied: bool,
    caveat: bool,
    part: str,
) -> tuple[float, tuple[str, ...]]:
    """Returns a score from 0 to 1 and its reasons, the weightiest first."""
    marks: list[tuple[float, str]] = []
    if quantities:
        marks.append(
            (0.2 + 0.05 * min(2, len(quantities) - 1), f"gives a figure ({quantities[0].text.strip()})")
        )
    if match := _EVENT.search(statement):
        marks.append((0.22, f"states an event that can be checked ({match.group().lower()})"))
    if match := _COMPARES.search(statement):
        marks.append((0.1, f"compares or measures ({match.group().lower()})"))
    if match := _CAUSE.search(statement):
        marks.append((0.08, f"names a cause or means ({match.group().lower()})"))
    if _NAME.search(statement):
        marks.append((0.08, "names somebody or some place"))
    if attributed:
        marks.append((0.07, "rests on somebody's word"))
    if denied:
        marks.append((0.06, "denies what another party says"))
    if caveat:
        marks.append((0.1, "the outlet could not confirm it"))
    if match := _OPINION.search(statement):
        marks.append((-0.2, f"voices a view or wish ({match.group().lower()})"))
    if match := _FUTURE.search(statement):
        marks.append((-0.12, f"speaks of what may come ({match.group().lower()})"))
    if statement.rstrip("\"”’'").endswith("?"):
        marks.append((-0.25, "asks a question"))
    if len(statement) < 40:
        marks.append((-0.1, "is short"))
    if part in ("heading", "caption"):
        marks.append((-0.12, f"stands in a {part}"))
    score = min(1.0, max(0.0, 0.25 + sum(weight for weight, _ in marks)))
    marks.sort(key=lambda mark: -abs(mark[0]))
    return round(score, 3), tuple(reason for _, reason in marks)


def rank(texts: Sequence[str]) -> list[tuple[float, bool]]:
    """Returns for each text, a sentence or a few, its score from 0 to 1 and whether it is worth checking."""
    return [(score, score >= THRESHOLD) for score in map(_score, texts)]


def _score(text: str) -> float:
    statement = " ".join(text.split())
    score, _ = check_worthiness(
        statement,
        quantities_in(statement, 0, len(statement)),
        attributed=False,
        denied=False,
        caveat=False,
        part="body",
    )
    return score
