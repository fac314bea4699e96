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
    speaks_for: str | None = None
    """The body whose office the text gives them."""

    @property
    def saw_it(self) -> bool:
        """Tell whether this hop speaks as its own witness."""
        return (self.terms or "").replace("-", "_").replace(" ", "_") == OWN_WITNESS

    @property
    def unnamed(self) -> bool:
        """Tell whether the text keeps this hop's name back."""
        terms = (self.terms or "").casefold()
        return self.kind == "anonymous" or any(word in terms for word in _UNNAMED)

    @property
    def secret(self) -> bool:
        """Tell whether this hop spoke only because its name is kept back."""
        terms = (self.terms or "").casefold()
        return any(word in terms for word in _UNNAMED[1:])


@dataclass(frozen=True)
class Appearance:
    """The claim in one passage of one article, with its chain from the reader to the origin."""

    article: str
    outlet: Hop
    chain: tuple[Hop, ...] = ()
    denies: bool = False
    statement: str = ""
    """What the passage says, in its own words: the same words in two articles are one statement."""
    cue: str = ""
    """The reporting word: "acknowledged" marks what the speaker would rather not say."""
    admits: bool = False
    """Whether the text has the speaker admit it."""


@dataclass(frozen=True)
class Credit:
    """An article's own word that it comes from elsewhere: an agency credit, a dateline, "adapted from"."""

    article: str
    name: str
    source: str | None = None
    how: str = "credits"
    """`credits`, `republishes` ("adapted from", "first published by") or `translates`."""


@dataclass(frozen=True)
class Shared:
    """Narrative that an article shares with another one, which had it first where that is known."""

    article: str
    other: str
    strength: str
    """`copy`, `passage` (this claim's passage is in the shared text) or `partly copied`."""
    printed_by: Hop
    """The outlet of the other article, which need not carry the claim."""
    ordered: bool = True
    """Whether it is known that the other one had it first."""


@dataclass(frozen=True)
class Record:
    """A piece of evidence that is its source's own record: what they measured, saw, made or hold themselves."""

    id: str
    name: str
    """What to call it in a sentence: evidence 3 (“Picture from orbit”)."""
    source: Hop
    denies: bool = False
    title: str = ""
    number: int = 0
    content: str = ""
    """What names the file or the page: the same twice is one record."""


@dataclass(frozen=True)
class Decision:
    """What a person decided about one edge: cut it, confirm it, or add it."""

    verdict: str
    kind: str
    child: str
    parent: str
    reason: str = ""
    by: str = ""
    id: str | None = None


@dataclass(frozen=True)
class Source:
    """Somebody in the registry, with every spelling people confirmed, and whether a party to the event."""

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    party: bool = False
    discredited: str = ""
    """Why the desk no longer holds it to be an origin of its own; empty while it does."""


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
    shared: tuple[Shared, ...] = ()
    decisions: tuple[Decision, ...] = ()
    claimant: str | None = None
    """The source that made the claim first; whoever is tied to it has a stake."""
    records: tuple[Record, ...] = ()
    apart: tuple[tuple[str, str], ...] = ()
    """Pairs that people told apart, as nodes: two sources, or a source and a spelling."""
