"""How reliable a source is, after the Admiralty code. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Reliability(StrEnum):
    """Of a source, after the Admiralty code; F means that there is no basis to judge, never “worst”."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"


MEANINGS = {
    Reliability.A: ("completely reliable", "Known for long, and never found wrong in what it can know."),
    Reliability.B: ("usually reliable", "Rarely wrong, and puts its errors right."),
    Reliability.C: ("fairly reliable", "Right more often than wrong, as far as its record goes."),
    Reliability.D: ("not usually reliable", "Has been wrong or has misled often enough to doubt it."),
    Reliability.E: ("unreliable", "Known to invent or to distort."),
    Reliability.F: ("cannot be judged", "There is no basis to judge the origin. This is not “worst”."),
}


def height(grade: Reliability) -> int | None:
    """How high a grade stands, from 5 for A to 1 for E; F stands nowhere, for it is no judgement."""
    return None if grade is Reliability.F else 5 - "ABCDE".index(grade.value)


@dataclass(frozen=True)
class Stretch:
    """A stretch of time for which one judgement held; the last one is open."""

    grade: Reliability
    since: date
    until: date | None
    reason: str
