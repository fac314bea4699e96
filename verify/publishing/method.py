"""How the desk judges, in the words that the method page and every report carry."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """One part of the method: an anchor, a heading and its paragraphs."""

    anchor: str
    heading: str
    paragraphs: tuple[str, ...]


METHOD: tuple[Section, ...] = (
    Section(
        "walk",
        "From article to verdict",
        (
            "An article is taken in and its text frozen under a SHA-256 checksum. A claim in it is kept as an exact "
            "passage together with its attribution chain: who the outlet says said it, and through whom.",
            "Two reviewers grade the claim without seeing each other’s work. Where their grades conflict, a third "
            "person who was neither of them adjudicates, and all three records are kept.",
            "An editor who played no earlier part approves the verdict. The approval names a checksum of the exact "
            "content that was read; any later change voids it. Nobody approves their own work, and no role is exempt.",
        ),
    ),
    Section(
        "grades",
        "Three grades",
        (
            "Each claim gets three separate grades from 0 to 4. They are never averaged: good sourcing does not make "
            "up for missing confirmation.",
        ),
    ),
    Section(
        "ratings",
        "Ratings",
        (
            "A stated rule proposes a rating from the grades, the origins and the evidence against; it is tried in the "
            "order of the table. A reviewer who departs from it gives a reason, which is published.",
            "“Unverified” has no place on the scale from 1 to 5. It says what the evidence allows, not what happened.",
        ),
    ),
    Section(
        "origins",
        "Independent origins",
        (
            "We count origins, not articles. Aliases are collapsed into one source, people who speak for somebody into "
            "whom they speak for, and copies of a text into the first one. What is left without a parent is an origin.",
            "The count has two bounds. An origin whose own source is unknown (“reports say”) counts as 0 in the lower "
            "bound and as 1 in the upper. Parties to the event are marked as such. Every collapse is listed.",
            "Evidence counts as an origin where it is somebody’s own record (a satellite picture, a register) and "
            "leads back to nobody who counts already. Evidence that shows what somebody said adds none.",
        ),
    ),
    Section(
        "unnamed-sources",
        "Unnamed sources",
        (
            "A source whom the outlet does not name is shown as anonymous, in the words the outlet used. An anonymous "
            "origin earns at most 1 for sourcing, and nothing about the person is guessed or added.",
        ),
    ),
    Section(
        "reliability",
        "Reliability and credibility",
        (
            "Beside the grades stand two letters of the Admiralty system: the reliability of the source from A to E "
            "and the credibility of the information from 1 to 5. F and 6 mean that there is no basis to judge; they do "
            "not mean “worst”.",
        ),
    ),
    Section(
        "corrections",
        "Corrections",
        (
            "A published version is never altered. A correction is a new version with a public reason, shown at the "
            "top of the page; the version it replaces stays readable at its own address.",
            "A verdict that should not have been published is retracted with a public reason. Its page stays, says so, "
            "and keeps the history. An address never disappears.",
        ),
    ),
    Section(
        "checksums",
        "Checksums",
        (
            "The content of each version is written as canonical JSON (RFC 8785) and hashed with SHA-256; the JSON "
            "report holds that content whole, so that anybody can repeat the calculation.",
            "The checksum of a report is the SHA-256 of the canonical JSON list of its verdicts in order, each as its "
            "reference, version number and content checksum. The same choice of verdicts has the same checksum in "
            "every format.",
        ),
    ),
)
