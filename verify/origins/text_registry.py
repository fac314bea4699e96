"""Who is who in a handful of articles, from the articles alone: names, offices, and who is a party. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from verify.origins.material import Source, Tie
from verify.origins.names import is_description, only_witness, says_nobody, spoken_for
from verify.sources.names import name_key, words_of
from verify.spotting import Assertion, Hop

_SPEAKS = re.compile(r"\b(?:spokes\w+|head|leader|chief|chair\w*|commander)\b", re.IGNORECASE)
_SMALL = frozenset({"of", "the", "and", "for", "in"})
_REGISTERED = frozenset({"person", "organisation", "outlet", "agency", "account"})


def initials(name: str) -> str:
    """The letters that a body goes by: NRF for National Resistance Front."""
    words = [word for word in words_of(name) if word not in _SMALL]
    return "".join(word[0] for word in words) if len(words) > 1 else ""


def is_body(name: str) -> bool:
    """Tell whether a phrase names a body by what it is: "the Afghan resistance front"."""
    return name[:4].casefold() == "the " and spoken_for(name) is None


class TextRegistry:
    """The sources that some assertions name, with the names that are one, and their ties."""

    def __init__(self, assertions: Sequence[Assertion], articles: Sequence[int]) -> None:
        self._one: dict[str, str] = {}
        self._called: dict[str, list[tuple[str, str]]] = defaultdict(list)
        hops = [hop for assertion in assertions for hop in assertion.chain if self._is_somebody(hop)]
        for hop in hops:
            self._called[name_key(hop.name)].append((hop.name, hop.kind))
            if hop.speaks_for and not is_description(hop.speaks_for) and hop.speaks_for[:1].isupper():
                self._called[name_key(hop.speaks_for)].append((hop.speaks_for, "organisation"))
        self._join_alike(hops)
        parties = self._parties(assertions, articles)
        self.sources = tuple(
            self._source(key, parties) for key in sorted(self._called) if self._leader(key) == key
        )
        self.ties = tuple(sorted(set(self._ties(hops)), key=lambda tie: (tie.source, tie.target)))

    def known(self, name: str) -> str | None:
        """The number of a source by one of its names."""
        key = name_key(name)
        if key in self._called:
            return self._leader(key)
        ending = key.split()[-2:]
        meant = {self._leader(one) for one in self._called if self._kind(one) == "organisation" and len(ending) == 2
                 and one.split()[-2:] == ending}  # fmt: skip
        return meant.pop() if len(meant) == 1 and is_body(name) else None

    @staticmethod
    def _is_somebody(hop: Hop) -> bool:
        nobody = says_nobody(hop.name) or only_witness(hop.name) or is_description(hop.name)
        described = hop.kind in ("person", "organisation") and (
            not hop.name[:1].isupper() or spoken_for(hop.name) is not None
        )
        return hop.kind in _REGISTERED and hop.terms == "named" and not nobody and not described

    def _leader(self, key: str) -> str:
        while self._one.get(key, key) != key:
            key = self._one[key]
        return key

    def _join(self, one: str, other: str) -> None:
        first, second = sorted((self._leader(one), self._leader(other)))
        self._one[second] = first

    def _join_alike(self, hops: Sequence[Hop]) -> None:
        """Join short and long forms of one name: initials, a surname that one person has, a body with its country."""
        for hop in hops:
            for alias in hop.aliases:
                if name_key(alias) in self._called and alias[:1].isupper():
                    self._join(name_key(alias), name_key(hop.name))
        keys = sorted(self._called)
        for short in keys:
            longer = [key for key in keys if key != short and self._is_long_form(short, key)]
            if len({self._leader(key) for key in longer}) == 1:
                self._join(short, longer[0])
        for one in keys:
            for other in keys:
                if one < other and self._same_body(one, other):
                    self._join(one, other)

    def _kind(self, key: str) -> str:
        return self._called[key][0][1]

    def _is_long_form(self, short: str, key: str) -> bool:
        words = key.split()
        if self._kind(key) == "person" and self._kind(short) == "person":
            return " " not in short and len(short) > 3 and words[-1] == short
        return " " not in short and len(short) > 1 and initials(key) == short

    def _same_body(self, one: str, other: str) -> bool:
        """Tell whether two long names are one body: the one begins with the other, or they differ in one last word."""
        if self._kind(one) != "organisation" or self._kind(other) != "organisation":
            return False
        first, second = one.split(), other.split()
        if min(len(first), len(second)) < 3:
            return False
        if first == second[: len(first)] or second == first[: len(second)]:
            return True
        return len(first) == len(second) and first[:-1] == second[:-1] and initials(one) == initials(other)

    def _parties(self, assertions: Sequence[Assertion], articles: Sequence[int]) -> set[str]:
        """The bodies that the articles report on, and do not only quote: those that others speak about."""
        about: dict[str, set[int]] = defaultdict(set)
        bodies = [key for key in self._called if self._kind(key) == "organisation"]
        for assertion, article in zip(assertions, articles, strict=True):
            said = f" {' '.join(words_of(assertion.statement))} "
            speakers = {self.known(hop.name) for hop in assertion.chain}
            for key in bodies:
                if self._leader(key) not in speakers and f" {key} " in said:
                    about[self._leader(key)].add(article)
        return {key for key, where in about.items() if len(where) > 1}

    def _source(self, key: str, parties: set[str]) -> Source:
        written = sorted(
            {name for one in self._called if self._leader(one) == key for name, _ in self._called[one]}
        )
        longest = max(written, key=lambda name: (len(words_of(name)) < 4, len(name), name))
        names = (*written, *self._short_forms(key))
        return Source(key, longest, self._kind(key), names, key in parties)

    def _short_forms(self, key: str) -> list[str]:
        """What the articles may call a body for short, where no other has that word: "the resistance"."""
        if self._kind(key) != "organisation" or " " not in key:
            return []
        others = {word for one in self._called if self._leader(one) != key for word in one.split()}
        return [f"the {word}" for word in sorted(set(key.split()) - others - _SMALL)]

    def _ties(self, hops: Sequence[Hop]) -> list[Tie]:
        found = []
        for hop in hops:
            body = self.known(hop.speaks_for) if hop.speaks_for else None
            child = self.known(hop.name)
            if body is not None and child is not None and body != child:
                kind = "speaks_for" if _SPEAKS.search(hop.role or "") else "member_of"
                found.append(Tie(kind, child, body))
        return found
