"""What an index must be told when it holds only a few of very many claims; and claims as they were read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from verify.similarity.reading import Claim, read

METHOD = "words/1"
"""To be raised when words are read otherwise: what was laid out before is then to be read again."""
_SPACE = "_"  # stands in no word; a space does where one character stands for several words
Fields = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Corpus:
    """All claims, of which an index holds a few: how many there are, how long, and what is known of words.

    `held` says of how many claims each word is, for every word of the question and of the claims in the index;
    `alike` and `parts` hold what the spellings of the whole vocabulary give for the question's words.
    """

    many: int
    mean: float
    words: Mapping[str, Fields] = field(default_factory=dict)
    held: Mapping[str, int] = field(default_factory=dict)
    alike: Mapping[str, Sequence[tuple[str, float]]] = field(default_factory=dict)
    parts: Mapping[str, Sequence[str]] = field(default_factory=dict)


def laid_out(claim: Claim) -> str:
    """Return a claim's words as they are compared, a field a line."""
    return "\n".join(" ".join(form.replace(" ", _SPACE) for form in field) for field in fields_of(claim))


def fields_of(claim: Claim) -> Fields:
    """Return for each field of a claim its words as they are compared."""
    return [[word.form for word in read(text)] for text in (claim.text, claim.title, claim.subtitle)]


def fields_in(words: str) -> Fields:
    """Return for each field of a claim that was laid out its words."""
    fields = [line.split(" ") if line else [] for line in words.split("\n")]
    if _SPACE in words:
        return [[form.replace(_SPACE, " ") for form in field] for field in fields]
    return fields
