"""The rubric, version 1: what every grade, letter, rating and confidence means, in the words that readers see.

Pure. The review form, the triad, the method page and the PDF all take their words from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from verify.sources.reliability import MEANINGS as RELIABILITY_MEANINGS
from verify.tickets.workflow import Rating

SCALES = ("sourcing", "attribution", "confirmation")
LOWEST, HIGHEST = 0, 4


@dataclass(frozen=True)
class Level:
    """One step of a scale: its number, the few words beside it, and what it takes to earn it."""

    number: int
    words: str
    description: str


@dataclass(frozen=True)
class Scale:
    """One of the three grades: the question it answers, and its five steps from 0 to 4."""

    name: str
    label: str
    question: str
    levels: tuple[Level, Level, Level, Level, Level]

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the five steps, from 0 to 4."""
        return tuple(level.words for level in self.levels)


@dataclass(frozen=True)
class Rubric:
    """The three scales of one version; a change of wording is a new version."""

    version: int
    sourcing: Scale
    attribution: Scale
    confirmation: Scale

    @property
    def scales(self) -> tuple[Scale, Scale, Scale]:
        """The scales in the order in which they are always shown."""
        return self.sourcing, self.attribution, self.confirmation

    def words_for_triad(self) -> dict[str, dict[str, object]]:
        """The wording as the triad's macro takes it."""
        return {scale.name: {"label": scale.label, "levels": list(scale.words)} for scale in self.scales}


@dataclass(frozen=True)
class Grades:
    """Three grades of one claim. They are never averaged: none makes up for another."""

    sourcing: int
    attribution: int
    confirmation: int

    def __post_init__(self) -> None:
        for name, grade in self.each():
            if not LOWEST <= grade <= HIGHEST:
                raise ValueError(f"{name} is {grade}, but grades run from {LOWEST} to {HIGHEST}")

    def each(self) -> tuple[tuple[str, int], ...]:
        """The grades by the names of their scales, in order."""
        return (
            ("sourcing", self.sourcing),
            ("attribution", self.attribution),
            ("confirmation", self.confirmation),
        )


@dataclass(frozen=True)
class Meaning:
    """A choice other than a grade: its word, and what choosing it says."""

    label: str
    meaning: str


def _scale(name: str, question: str, *steps: tuple[str, str]) -> Scale:
    """A scale from its steps, the highest first, as a person reads them."""
    four, three, two, one, zero = steps
    levels = (zero, one, two, three, four)
    lowest, low, middle, high, highest = (Level(number, *level) for number, level in enumerate(levels))
    return Scale(name, name.capitalize(), question, (lowest, low, middle, high, highest))


RUBRIC = Rubric(
    version=1,
    sourcing=_scale(
        "sourcing",
        "Who is the origin, and how near to the event?",
        (
            "record or first-hand witness, on the record",
            "A document, recording or measurement of the event itself, or somebody who saw it and says so by name.",
        ),
        (
            "named and in a position to know",
            "A named person or office whose place or task gives direct knowledge, and who gains nothing by the claim.",
        ),
        (
            "named, but second-hand or with a stake",
            "Named, but passing on what others said, or one side of the event: a spokesman of a party, for example.",
        ),
        (
            "anonymous or vague",
            "Nobody whom one could ask: “sources”, “officials”, “residents”, or a person the outlet does not name.",
        ),
        ("none traceable", "The text names no origin, or the trail ends before one is reached."),
    ),
    attribution=_scale(
        "attribution",
        "Does the text say exactly who, where and how, and does it hold at the origin?",
        (
            "verbatim, located at the origin",
            "Quoted exactly, and found in the same words where it was first said: the post, recording or document.",
        ),
        (
            "named, channel known, faithful paraphrase",
            "It is clear who said it and where, and the paraphrase says neither more nor less than the origin did.",
        ),
        (
            "named but incomplete or loosely paraphrased",
            "The origin is named, but where or when it was said is missing, or the wording has drifted on the way.",
        ),
        (
            "“reports say”",
            "Laid on nobody in particular: “reports say”, “it is claimed”, “according to media”.",
        ),
        ("missing or wrong", "No attribution at all, or one that does not hold: the origin never said this."),
    ),
    confirmation=_scale(
        "confirmation",
        "Which independent origins are there besides the claimant?",
        (
            "two or more without a stake, by different means",
            "At least two, none of them a party to the event, who know it in different ways: a witness and a "
            "satellite picture, for example.",
        ),
        ("two", "Two origins besides the claimant that do not depend on each other or on the claimant."),
        (
            "one, or an adversary concedes it",
            "One independent origin besides the claimant; or the side that the claim hurts admits it.",
        ),
        (
            "claimant or parties only",
            "Only the claimant and parties to the event say so, however many articles repeat it.",
        ),
        (
            "contradicted, or circular",
            "The evidence contradicts it; or every voice that seems to confirm it leads back to the claim itself.",
        ),
    ),
)
RUBRICS: Mapping[int, Rubric] = MappingProxyType({RUBRIC.version: RUBRIC})

RATINGS: Mapping[Rating, Meaning] = MappingProxyType(
    {
        Rating.CONFIRMED: Meaning(
            "Confirmed",
            "Independent origins establish the claim as it is worded; no weighty evidence speaks against it.",
        ),
        Rating.MOSTLY_RIGHT: Meaning(
            "Mostly right",
            "The substance holds; a detail such as a figure, a time or a name is off or unsettled.",
        ),
        Rating.UNVERIFIED: Meaning(
            "Unverified",
            "The evidence settles the claim neither way. A finding about the evidence, not about the claim.",
        ),
        Rating.MISLEADING: Meaning(
            "Misleading",
            "Something in the claim holds, but as worded it leads a reader to a wrong conclusion.",
        ),
        Rating.FALSE: Meaning("False", "The evidence contradicts the claim."),
    }
)

# After the Admiralty code. The last choice of each is no step below the others: there is no basis to judge.
NO_RELIABILITY, NO_CREDIBILITY = "F", 6
RELIABILITY: Mapping[str, Meaning] = MappingProxyType(
    {grade.value: Meaning(*words) for grade, words in RELIABILITY_MEANINGS.items()}
)
CREDIBILITY: Mapping[int, Meaning] = MappingProxyType(
    {
        1: Meaning("confirmed by other sources", "Independent sources say the same; it fits what is known."),
        2: Meaning("probably true", "Not confirmed, but it fits other information on the matter."),
        3: Meaning("possibly true", "Not confirmed; plausible, and in part in line with what is known."),
        4: Meaning("doubtful", "Not confirmed; possible, but nothing else points to it."),
        5: Meaning("improbable", "Other information speaks against it."),
        NO_CREDIBILITY: Meaning("cannot be judged", "There is no basis to judge the information. This is not “worst”."),
    }
)  # fmt: skip

CONFIDENCE: Mapping[str, Meaning] = MappingProxyType(
    {
        "low": Meaning("Low", "Another look or one more piece of evidence could well change this judgement."),
        "moderate": Meaning("Moderate", "The judgement rests on sound evidence with gaps that could matter."),
        "high": Meaning("High", "It would take surprising new evidence to change this judgement."),
    }
)
