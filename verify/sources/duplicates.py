"""Sources that may be one, over the whole registry: pairs with like names that nobody has told apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from verify.accounts.models import Person
from verify.permissions import Permission, demand
from verify.sources.apart import Apart, told_apart
from verify.sources.lookups import LIKE_ENOUGH
from verify.sources.models import Source, SourceAlias, SourceKind
from verify.sources.names import likeness

NAMES = 6_000
"""Names that are compared, the latest first; reading and comparing so many takes well under a second."""

SHOWN = 30
_CROWD = 24
_PAIRS = 30_000
_BODIES = frozenset({SourceKind.ORGANISATION, SourceKind.OUTLET, SourceKind.AGENCY, SourceKind.ACCOUNT})


@dataclass(frozen=True)
class Name:
    """One name of a source, as it is compared."""

    key: str
    sounds: str
    source_id: int
    kind: SourceKind


@dataclass(frozen=True)
class Pair:
    """Two sources that may be one: the one registered first, the other, and how alike two of their names are."""

    first: Source
    other: Source
    likeness: int


@dataclass(frozen=True)
class Duplicates:
    """The likeliest pairs, how many there are in all, and whether every name of the registry was compared."""

    pairs: list[Pair]
    found: int
    whole: bool


def likely_duplicates(session: Session, reader: Person) -> Duplicates:
    """The pairs of sources whose names are most alike, in four queries however many there are."""
    demand(reader, Permission.READ_DESK)
    asked = (
        select(SourceAlias.name_key, SourceAlias.sounds, SourceAlias.source_id, Source.kind)
        .join(Source, Source.id == SourceAlias.source_id)
        .order_by(SourceAlias.id.desc())
        .limit(NAMES + 1)
    )
    names = [Name(*row) for row in session.execute(asked)]
    scored = alike(names[:NAMES])
    ends = {end for pair in scored for end in pair}
    apart = told_apart(session, ends) if ends else Apart(frozenset(), frozenset())
    standing = sorted((-score, pair) for pair, score in scored.items() if pair not in apart.pairs)
    shown = {end for _, pair in standing[:SHOWN] for end in pair}
    loaded = select(Source).where(Source.id.in_(shown)).options(selectinload(Source.aliases))
    sources = {source.id: source for source in session.scalars(loaded)} if shown else {}
    pairs = [
        Pair(sources[first], sources[other], round(-score)) for score, (first, other) in standing[:SHOWN]
    ]
    return Duplicates(pairs, len(standing), len(names) <= NAMES)


def alike(names: Iterable[Name]) -> dict[tuple[int, int], float]:
    """How alike the names of two sources are, for each pair that is alike enough; the lower number first. Pure."""
    found: dict[tuple[int, int], float] = {}
    for one, other in _worth_comparing(names):
        score = likeness(one.key, other.key)
        if score >= LIKE_ENOUGH:
            first, second = sorted((one.source_id, other.source_id))
            found[first, second] = max(score, found.get((first, second), 0))
    return found


def _worth_comparing(names: Iterable[Name]) -> Iterator[tuple[Name, Name]]:
    """The pairs of names that have a beginning, an end, a sound or initials in common; a crowd tells nothing."""
    blocks: dict[str, list[Name]] = {}
    for name in names:
        for common in _blocks(name):
            blocks.setdefault(common, []).append(name)
    seen: set[tuple[str, str]] = set()
    for _, block in sorted(blocks.items()):
        if len(block) > _CROWD:
            continue
        for one, other in combinations(block, 2):
            pair = (one.key, other.key) if one.key < other.key else (other.key, one.key)
            if pair in seen or one.source_id == other.source_id or not _one_kind(one.kind, other.kind):
                continue
            seen.add(pair)
            yield one, other
            if len(seen) >= _PAIRS:
                return


def _blocks(name: Name) -> set[str]:
    words = name.key.split()
    if not words:
        return set()
    initials = "".join(word[0] for word in words)
    found = {f"begins {name.key[:5]}", f"ends {words[-1]}", f"sounds {name.sounds.strip()}"}
    found |= {f"initials {initials if len(words) > 1 else name.key}"}
    return found


def _one_kind(one: SourceKind, other: SourceKind) -> bool:
    """Whether two kinds may be one source; a person is no body, and nobody unnamed is told by a name."""
    if SourceKind.ANONYMOUS in (one, other):
        return False
    return one is other or {one, other} <= _BODIES
