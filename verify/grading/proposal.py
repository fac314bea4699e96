"""The stated rule that proposes a rating from three grades, the lower bound of the origins and the evidence against.

Pure and total: any grades, any count and any contradiction give exactly one rating and the reason in one sentence.
"Misleading" and "False" need evidence that refutes; a low grade alone never makes a claim false.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from verify.grading.rubric import Grades
from verify.tickets.workflow import Rating

CONFIRMED_GRADE, CONFIRMED_ORIGINS = 3, 2
SUBSTANCE_GRADE, SUBSTANCE_ORIGINS = 2, 1
WHOLE_FACETS = frozenset({"whole", "event"})


class Contradiction(StrEnum):
    """How far the standing evidence of a ticket refutes its claim."""

    NONE = "none"
    PART = "part"
    WHOLE = "whole"


@dataclass(frozen=True)
class Proposal:
    """A rating that the rule proposes, and why, in a sentence."""

    rating: Rating
    because: str


# How the rule reads, in the order in which it is applied: for the method page and the documentation.
RULES: tuple[tuple[Rating, str], ...] = (
    (
        Rating.FALSE,
        "Confirmation is 0, and evidence on the ticket refutes the claim as a whole or the event itself.",
    ),
    (
        Rating.MISLEADING,
        "Confirmation is 0, and evidence refutes a part of the claim, such as its figure, time or place.",
    ),
    (
        Rating.CONFIRMED,
        "Every grade is 3 or more, at least two independent origins are certain, and nothing refutes it.",
    ),
    (
        Rating.MOSTLY_RIGHT,
        "Sourcing and confirmation are 2 or more, at least one origin is certain, and nothing refutes the claim "
        "as a whole.",
    ),
    (Rating.UNVERIFIED, "In every other case: the evidence settles it neither way."),
)


def contradiction_of(refuted_facets: Iterable[str]) -> Contradiction:
    """How far a claim is refuted by evidence that refutes these facets of it."""
    facets = set(refuted_facets)
    if facets & WHOLE_FACETS:
        return Contradiction.WHOLE
    return Contradiction.PART if facets else Contradiction.NONE


def propose(
    grades: Grades, origins_lower: int, contradiction: Contradiction = Contradiction.NONE
) -> Proposal:
    """The rating that the rule proposes."""
    if grades.confirmation == 0:
        return _without_confirmation(contradiction)
    for_substance = _missing_for_substance(grades, origins_lower, contradiction)
    if for_substance:
        return Proposal(
            Rating.UNVERIFIED, f"The evidence settles it neither way, because {_joined(for_substance)}."
        )
    for_confirmed = _missing_for_confirmed(grades, origins_lower, contradiction)
    if for_confirmed:
        return Proposal(
            Rating.MOSTLY_RIGHT,
            f"Sourcing and confirmation of 2 or more carry the substance; it is short of Confirmed, because "
            f"{_joined(for_confirmed)}.",
        )
    return Proposal(
        Rating.CONFIRMED,
        f"Every grade is 3 or more, {_origins(origins_lower)} independent for certain, and nothing refutes it.",
    )


def _without_confirmation(contradiction: Contradiction) -> Proposal:
    if contradiction is Contradiction.WHOLE:
        return Proposal(
            Rating.FALSE, "Confirmation is 0, and evidence on this ticket refutes the claim as a whole."
        )
    if contradiction is Contradiction.PART:
        return Proposal(
            Rating.MISLEADING, "Confirmation is 0, and evidence on this ticket refutes a part of the claim."
        )
    return Proposal(
        Rating.UNVERIFIED,
        "Confirmation is 0, but no evidence on this ticket refutes the claim; what leads in a circle settles nothing.",
    )


def _missing_for_substance(grades: Grades, origins_lower: int, contradiction: Contradiction) -> list[str]:
    missing = [
        f"{name} is {grade}"
        for name, grade in grades.each()
        if name != "attribution" and grade < SUBSTANCE_GRADE
    ]
    if origins_lower < SUBSTANCE_ORIGINS:
        missing.append("no origin is certain")
    if contradiction is Contradiction.WHOLE:
        missing.append("evidence on this ticket refutes the claim as a whole")
    return missing


def _missing_for_confirmed(grades: Grades, origins_lower: int, contradiction: Contradiction) -> list[str]:
    missing = [f"{name} is {grade}" for name, grade in grades.each() if grade < CONFIRMED_GRADE]
    if origins_lower < CONFIRMED_ORIGINS:
        missing.append(f"only {_origins(origins_lower)} independent for certain")
    if contradiction is not Contradiction.NONE:
        missing.append("evidence on this ticket refutes a part of it")
    return missing


def _origins(count: int) -> str:
    return f"{count} origin is" if count == 1 else f"{count} origins are"


def _joined(parts: list[str]) -> str:
    """“a”, “a and b”, “a, b and c”."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
