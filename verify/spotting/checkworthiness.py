"""Scores how much a sentence is worth checking, and says why in words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from verify.spotting.assertion import Quantity
from verify.spotting.grammar import words_of
from verify.spotting.quantities import quantities_in
from verify.spotting.tagger import load

THRESHOLD = 0.5  # from here on a text is called worth checking
_UNLIKE = 0.2  # below this the trained tagger's doubt is a reason of its own

_EVENT = words_of(
    "killed dead died death deaths murdered executed wounded injured casualties attack attacks attacked bomb bombs "
    "bombed bombing airstrike airstrikes drone drones helicopter helicopters capture captured seize seized seizing "
    "overran overrun entered fallen surrendered arrested imprisoned detained fled destroyed shot shelled hit besieged "
    "besieging control invaded displaced hospital prisoner prisoners martyred ceasefire strike strikes"
)
_COMPARES = words_of(
    "more less fewer higher lower most least largest biggest highest lowest first increase increased decrease "
    "decreased rose fell doubled tripled cut grew record percent rate average majority"
)
_CAUSE = words_of("because caused responsible used")
_CAUSE_PHRASES = (
    "due to",
    "led to",
    "as a result",
    "help to",
    "helped to",
    "helping to",
    "thanks to",
    "linked to",
)
_OPINION = words_of(
    "should ought hope hopes pray beautiful great terrible wonderful must regretfully deserve"
)
_OPINION_PHRASES = (
    "i think", "we think", "i believe", "we believe", "in my view", "in my opinion", "let us", "thank you", "may their"
)  # fmt: skip
_FUTURE = words_of("will would shall may might could if")
_FUTURE_PHRASES = ("going to", "ready to", "willing to")
_WORD = re.compile(r"[^\W_]+")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+")


def _told(words: Sequence[str], known: frozenset[str], line: str = "", phrases: Sequence[str] = ()) -> str:
    """Returns the first of `words` that is known, else the first phrase that stands in `line`, else nothing."""
    if not known.isdisjoint(words):
        return next(word for word in words if word in known)
    return next((phrase for phrase in phrases if f" {phrase} " in line), "")


def check_worthiness(
    statement: str,
    quantities: tuple[Quantity, ...],
    *,
    attributed: bool,
    denied: bool,
    caveat: bool,
    part: str,
    learnt: float | None = None,
) -> tuple[float, tuple[str, ...]]:
    """Returns a score from 0 to 1 and its reasons, the weightiest first.

    `learnt` is the trained tagger's probability that people would call the words worth checking: it knows sentences,
    the rules know figures, events and who says them, so that the score is the mean of both.
    """
    marks: list[tuple[float, str]] = []
    words = _WORD.findall(statement.lower())
    line = f" {' '.join(words)} "
    if quantities:
        marks.append(
            (0.2 + 0.05 * min(2, len(quantities) - 1), f"gives a figure ({quantities[0].text.strip()})")
        )
    if told := _told(words, _EVENT):
        marks.append((0.22, f"states an event that can be checked ({told})"))
    if told := _told(words, _COMPARES, line, ("per cent",)):
        marks.append((0.1, f"compares or measures ({told})"))
    if told := _told(words, _CAUSE, line, _CAUSE_PHRASES):
        marks.append((0.08, f"names a cause or means ({told})"))
    if _NAME.search(statement):
        marks.append((0.08, "names somebody or some place"))
    if attributed:
        marks.append((0.07, "rests on somebody's word"))
    if denied:
        marks.append((0.06, "denies what another party says"))
    if caveat:
        marks.append((0.1, "the outlet could not confirm it"))
    if told := _told(words, _OPINION, line, _OPINION_PHRASES):
        marks.append((-0.2, f"voices a view or wish ({told})"))
    if told := _told(words, _FUTURE, line, _FUTURE_PHRASES):
        marks.append((-0.12, f"speaks of what may come ({told})"))
    if statement.rstrip("\"”’'").endswith("?"):
        marks.append((-0.25, "asks a question"))
    if len(statement) < 40:
        marks.append((-0.1, "is short"))
    if part in ("heading", "caption"):
        marks.append((-0.12, f"stands in a {part}"))
    score = min(1.0, max(0.0, 0.25 + sum(weight for weight, _ in marks)))
    if learnt is not None:
        score = (score + learnt) / 2
        if learnt >= THRESHOLD:
            marks.append(((learnt - 0.5) / 2, "reads like sentences that people chose to check"))
        elif learnt < _UNLIKE:
            marks.append(((learnt - 0.5) / 2, "reads like sentences that people left unchecked"))
    marks.sort(key=lambda mark: -abs(mark[0]))
    return round(score, 3), tuple(reason for _, reason in marks)


def rank(texts: Sequence[str]) -> list[tuple[float, bool]]:
    """Returns for each text, a sentence or a few, its score from 0 to 1 and whether it is worth checking.

    The trained tagger decides, which learned from sentences that people had judged; where it cannot run, the rules.
    """
    tagger = load()
    scores = (
        [round(score, 4) for score in tagger.worth(texts)] if tagger else [_score(text) for text in texts]
    )
    return [(score, score >= THRESHOLD) for score in scores]


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
