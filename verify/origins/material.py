"""What the count of origins is made from: one claim's appearances, its sources, and what ties them."""

from dataclasses import dataclass

CARRIERS = frozenset({"outlet", "agency"})
"""Kinds whose trade is passing on what others said."""

OWN_WITNESS = "own_witness"
"""Terms of a hop, or of an outlet: whoever says it saw it."""

_UNNAMED = ("unnamed", "anonym", "background", "not authori")
"""What terms say of somebody whom the text does not name, such as "on condition of anonymity"."""


@dataclass(frozen=True)
class Hop:
    """One step of an attribution chain: somebody as the text calls them, and the source they are known as."""

    name: str
    kind: str
    source: str | None = None
    role: str | None = None
    terms: str | None = None

    @property
    def saw_it(self) -> bool:
        """Tell whether this hop speaks as its own witness."""
        return (self.terms or "").replace("-", "_").replace(" ", "_") == OWN_WITNESS

    @property
    def unnamed(self) -> bool:
        """Tell whether the text keeps this hop's name back."""
        terms = (self.terms or "").casefold()
        return self.kind == "anonymous" or any(word in terms for word in _UNNAMED)


@dataclass(frozen=True)
class Appearance:
    """The claim in one passage of one article, with its chain from the reader to the origin."""

    article: str
    outlet: Hop
    chain: tuple[Hop, ...] = ()
    denies: bool = False


@dataclass(frozen=True)
class Credit:
    """An article's own word that it comes from elsewhere: an agency credit, "adapted from"."""

    article: str
    name: str
    source: str | None = None


@dataclass(frozen=True)
class Source:
    """Somebody in the registry, with every spelling people confirmed, and whether a party to the event."""

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    party: bool = False


@dataclass(frozen=True)
class Tie:
    """One tie of the registry that bears on independence; `id` lets a page point at it."""

    kind: str
    source: str
    target: str
    id: str | None = None


@dataclass(frozen=True)
class Material:
    """All that is known about where one claim comes from."""

    appearances: tuple[Appearance, ...]
    sources: tuple[Source, ...] = ()
    ties: tuple[Tie, ...] = ()
    credits: tuple[Credit, ...] = ()
