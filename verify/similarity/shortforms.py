"""Long names whose initials are in use: “National Resistance Front” and NRF. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from verify.similarity.meanings import in_single_words
from verify.similarity.reading import LONGEST

_ACRONYM = re.compile(r"\b[A-Z]{3,6}\b")
_WORD = re.compile(r"\w[\w’'.-]*|\S")
_LINKS = frozenset(("of", "the", "for", "and", "on", "de"))
_LEAST, _MOST = 3, 6
_JOINED = re.compile(r"\b(anti|pro|non|ex)-(?=\w)", re.IGNORECASE)


def short_forms(texts: Iterable[str]) -> dict[str, str]:
    """Which long names of some texts have their initials in use there, and what these are."""
    used: set[str] = set()
    runs: set[tuple[str, ...]] = set()
    for text in texts:
        used |= set(_ACRONYM.findall(text))
        runs |= set(_runs(text))
    found = {}
    for run in runs if used else ():
        capitals = [at for at, word in enumerate(run) if word[0].isupper()]
        for first in range(len(capitals)):
            for last in range(first + _LEAST - 1, min(len(capitals), first + _MOST)):
                initials = "".join(run[at][0] for at in capitals[first : last + 1])
                if initials in used:
                    found[" ".join(run[capitals[first] : capitals[last] + 1])] = initials
    return found


def _runs(text: str) -> Iterable[tuple[str, ...]]:
    """Words in a row that are written with capitals, joined by “of” and the like."""
    run: list[str] = []
    for word in _WORD.findall(text):
        if word[0].isupper() or (run and word in _LINKS):
            run.append(word)
            continue
        if len(run) >= _LEAST:
            yield tuple(run)
        run = []
    if len(run) >= _LEAST:
        yield tuple(run)


def shortened(text: str, short: Mapping[str, str]) -> str:
    """Write long names in their short form, “anti-Taliban” as one word, and verbs of two words in one."""
    for long, initials in sorted(short.items(), key=lambda one: -len(one[0])):
        if long in text:
            text = text.replace(long, initials)
    return in_single_words(_JOINED.sub(r"\1", text[:LONGEST]))
