"""An analysis as a report in the terminal. Colour helps and is never needed: signs and words say the same."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

import click

from verify.origins.analyse import Analysis, Claim, letter
from verify.origins.count import Origin
from verify.origins.settle import what_would_settle
from verify.reuse import Comparison, Kind, Strength
from verify.spotting import Assertion as Spotted

_WIDEST = 100
_SNIPPET = 110
_QUOTED = 3
"""Passages of a pair that are quoted."""

_TIES = {
    Strength.COPY: "one is a copy of the other",
    Strength.PARTLY_COPIED: "one has part of its text from the other",
    Strength.SAME_STATEMENT: "both quote the same statement, which makes neither a copy",
    Strength.INDEPENDENT: "a few words in common, which may be chance",
}


def report(found: Analysis, width: int) -> str:
    """Write the whole report for a terminal so many columns wide."""
    width = max(40, min(width, _WIDEST))
    several = [claim for claim in found.claims if len(claim.articles) > 1 or claim.denied_by]
    single = [claim for claim in found.claims if claim not in several]
    lines = [_head(found, several), "", *_articles(found, width)]
    for number, claim in enumerate(several, 1):
        lines += ["", *_claim(found, claim, number, width)]
    if single:
        lines += ["", _rule("In one article only", width), *_singles(found, single, width)]
    if found.pairs:
        lines += ["", _rule("Text that the articles share", width), *_shared(found, width)]
    return "\n".join(lines)


def _head(found: Analysis, several: list[Claim]) -> str:
    attributed = sum(bool(one.spotted.chain) for one in found.assertions)
    parts = [
        _many(len(found.documents), "article"),
        f"{_many(len(found.assertions), 'assertion')}, {attributed} of them attributed",
        f"{_many(len(several), 'claim')} that more than one article makes or somebody denies",
    ]
    return click.style(" · ".join(parts), bold=True)


def _many(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _rule(title: str, width: int) -> str:
    return click.style(f"── {title} ".ljust(width, "─"), bold=True)


def _articles(found: Analysis, width: int) -> Iterator[str]:
    for number, document in enumerate(found.documents):
        mark = click.style(f"{letter(number):>3}", fg="cyan", bold=True)
        yield f"{mark}  {_cut(document.title, width - 5)}"
        yield click.style(f"     {document.name}", dim=True)


def _cut(words: str, most: int) -> str:
    words = " ".join(words.split())
    return words if len(words) <= most else f"{words[: max(1, most - 1)].rstrip()}…"


def _wrap(words: str, width: int, indent: int = 3, hang: int = 0) -> list[str]:
    return textwrap.wrap(
        " ".join(words.split()), width, initial_indent=" " * indent, subsequent_indent=" " * (indent + hang),
        break_long_words=True,
    ) or [""]  # fmt: skip


def _claim(found: Analysis, claim: Claim, number: int, width: int) -> Iterator[str]:
    count = claim.reading.count
    yield _rule(f"Claim {number}", width)
    yield from (click.style(line, bold=True) for line in _wrap(f"“{claim.statement}”", width, 3, 1))
    yield "   " + click.style(count.summary, fg="green" if count.lower > 1 else "yellow", bold=True)
    for origin in (*count.origins, *count.denials):
        yield from _origin(origin, width)
    yield "   Who says so"
    for member in (*claim.members, *claim.denied_by):
        yield from _said(found, member, width, denies=member in claim.denied_by)
    yield "   Why"
    for step in dict.fromkeys(step.reason for step in count.steps):
        yield from _wrap(f"· {step}", width, 5, 2)
    question = what_would_settle(claim.reading.asserting)
    if question is not None:
        yield from _wrap(f"What would settle it: {question.sentence}", width, 3, 2)


def _origin(origin: Origin, width: int) -> Iterator[str]:
    sign = "✕" if origin.stance == "denies" else "●" if origin.certain else "○"
    colour = "red" if origin.stance == "denies" else "green" if origin.certain else "yellow"
    notes = [origin.kind, _many(origin.articles, "article")]
    notes += ["a party"] if origin.party else []
    notes += ["denies it"] if origin.stance == "denies" else [] if origin.certain else ["counts 0 to 1"]
    notes += ["against its own interest"] if origin.concedes else []
    words = _wrap(f"{origin.name} ({', '.join(notes)})", width - 5, 0, 2)
    yield f"   {click.style(sign, fg=colour, bold=True)} {words[0]}"
    yield from (f"     {line}" for line in words[1:])


def _said(found: Analysis, member: int, width: int, *, denies: bool) -> Iterator[str]:
    one = found.assertions[member]
    how = [one.spotted.cue] if one.spotted.cue else []
    how += [one.spotted.channel] if one.spotted.channel else []
    how += ["denies"] if denies else []
    manner = f" ({', '.join(how)})" if how else ""
    said = f"{letter(one.article)}  {chain_of(one.spotted)}{manner}"
    yield from _wrap(said, width, 5, 3)


def chain_of(one: Spotted) -> str:
    """The chain of an assertion in one line."""
    return " › ".join(hop.name for hop in one.chain) or "in the outlet's own voice"


def _singles(found: Analysis, claims: Iterable[Claim], width: int) -> Iterator[str]:
    for claim in sorted(claims, key=lambda one: one.members[0]):
        one = found.assertions[claim.members[0]]
        count = claim.reading.count
        bounds = str(count.upper) if count.lower == count.upper else f"{count.lower}–{count.upper}"
        origins = f"{bounds} origin{'' if bounds == '1' else 's'}"
        yield from _wrap(f"{letter(one.article)}  {_cut(claim.statement, 2 * width)}", width, 3, 3)
        yield from (
            click.style(line, dim=True)
            for line in _wrap(f"— {chain_of(one.spotted)}; {origins}", width, 6, 2)
        )


def _shared(found: Analysis, width: int) -> Iterator[str]:
    for a, b, comparison in found.pairs:
        pair = click.style(f"{letter(a)} and {letter(b)}", fg="cyan", bold=True)
        yield f"   {pair}: {_TIES[comparison.strength]}"
        yield from _passages(found, a, comparison, width)


def _passages(found: Analysis, a: int, comparison: Comparison, width: int) -> Iterator[str]:
    longest = sorted(comparison.passages, key=lambda one: (one.kind is not Kind.NARRATIVE, -one.words))
    for one in longest[:_QUOTED]:
        words = _cut(found.documents[a].text[one.a_start : one.a_end], _SNIPPET)
        yield from (
            click.style(line, dim=True) for line in _wrap(f"{one.kind.value}: “{words}”", width, 6, 2)
        )
    if len(longest) > _QUOTED:
        yield click.style(f"      and {_many(len(longest) - _QUOTED, 'shorter passage')}", dim=True)
