"""What an index must be told when it holds only a few of very many claims; and claims as they were read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from verify.similarity.reading import Claim, read

METHOD = "words/1"
"""To be raised when words are read otherwise: what was laid out before is then to be read again."""
_NAME, _SPACE = "^", "_"  # neither stands in a word


@dataclass(frozen=True, slots=True)
class Corpus:
    """All claims, of which an index holds a few: how many there are, how long, and what is known of words.

    `held` says of how many claims each word is, for every word of the question and of the claims in the index;
    `alike` and `parts` hold what the spellings of the whole vocabulary give for the question's words.
    """

    many: int
    mean: float
    words: Mapping[str, str] = field(default_factory=dict)
    held: Mapping[str, int] = field(default_factory=dict)
    alike: Mapping[str, Sequence[tuple[str, float]]] = field(default_factory=dict)
    parts: Mapping[str, Sequence[str]] = field(default_factory=dict)


def laid_out(claim: Claim) -> str:
    """Return a claim's words as they are compared, a field a line, names marked."""
    return "\n".join(
        " ".join((_NAME if word.name else "") + word.form.replace(" ", _SPACE) for word in read(text))
        for text in (claim.text, claim.title, claim.subtitle)
    )


def fields_of(claim: Claim) -> Iterator[list[tuple[str, bool]]]:
    """Yield for each field of a claim its words, and which are names."""
    for text in (claim.text, claim.title, claim.subtitle):
        yield [(word.form, word.name) for word in read(text)]


def fields_in(words: str) -> Iterator[list[tuple[str, bool]]]:
    """Yield for each field of a claim that was laid out its words, and which are names."""
    for line in words.split("\n"):
        yield [(word.lstrip(_NAME).replace(_SPACE, " "), word[0] == _NAME) for word in line.split()]


def forms_in(words: str) -> list[list[str]]:
    """Return for each field of a claim that was laid out its words alone."""
    plain = words.replace(_NAME, "")
    lines = (line.split(" ") if line else [] for line in plain.split("\n"))
    return [[form.replace(_SPACE, " ") for form in line] if _SPACE in plain else line for line in lines]
