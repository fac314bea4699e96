"""A text read for comparison: its words with their kinds, once, however many others it is laid beside."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from verify.reuse.fingerprints import RUN, fingerprints, run_hashes
from verify.reuse.parts import Kind, Part, kinds_of, parts_of
from verify.reuse.words import Words, carries_meaning, stem, words_of


@dataclass(frozen=True)
class Reading:
    """A text, its words, and what is worked out from them when it is first asked for."""

    text: str
    words: Words

    @cached_property
    def parts(self) -> list[Part]:
        """What each stretch of the text is."""
        return parts_of(self.text)

    @cached_property
    def kinds(self) -> list[Kind]:
        """What each word stands in."""
        return kinds_of(self.words, self.parts)

    @cached_property
    def narrative(self) -> int:
        """How many words the article tells by itself."""
        return sum(kind is Kind.NARRATIVE for kind in self.kinds)

    @cached_property
    def fingerprints(self) -> set[int]:
        """The numbers under which the text is found again."""
        return fingerprints(self.words.forms)

    @cached_property
    def hashes(self) -> list[int]:
        """The hash of every run of words, by the word at which it starts."""
        return run_hashes(self.words.forms)

    @cached_property
    def telling(self) -> list[str]:
        """The stems of the words of its narrative that carry meaning, in order."""
        pairs = zip(self.words.forms, self.kinds, strict=True)
        return [stem(form) for form, kind in pairs if kind is Kind.NARRATIVE and carries_meaning(form)]

    @cached_property
    def turns(self) -> list[tuple[str, str]]:
        """Neighbouring words of its narrative, as stems, where at least one of the two carries meaning."""
        forms, kinds = self.words.forms, self.kinds
        return [
            (stem(forms[at]), stem(forms[at + 1]))
            for at in range(len(forms) - 1)
            if kinds[at] is Kind.NARRATIVE
            and kinds[at + 1] is Kind.NARRATIVE
            and (carries_meaning(forms[at]) or carries_meaning(forms[at + 1]))
        ]

    def fingerprints_within(self, first: int, many: int) -> set[int]:
        """The fingerprints that stand wholly inside some neighbouring words."""
        return self.fingerprints.intersection(self.hashes[first : first + many - RUN + 1])


def read(text: str) -> Reading:
    """Read a text for comparison."""
    return Reading(text, words_of(text))
