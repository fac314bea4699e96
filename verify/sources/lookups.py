"""Reading the registry of sources."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, or_, select, tuple_
from sqlalchemy.orm import Session, joinedload, selectinload

from verify.accounts.models import Person
from verify.errors import Missing
from verify.permissions import Permission, demand
from verify.sources.apart import told_apart
from verify.sources.merge_lookups import STANDING
from verify.sources.models import Source, SourceAlias, SourceKind, SourceMove, SourceTie, TieKind
from verify.sources.names import likeness, name_key, sounds_of

PAGE = 50
LIKE_ENOUGH = 84
_CANDIDATES = 400
_NAMES_COMPARED = 8


def resolve(session: Session, name: str) -> Source | None:
    """The source that goes by this name, in any spelling that people confirmed."""
    return resolve_all(session, [name]).get(name)


def resolve_all(session: Session, names: Iterable[str]) -> dict[str, Source]:
    """The sources that go by these names, each under the name as given; unknown names are left out."""
    keys = {name: name_key(name) for name in names if name.strip()}
    if not keys:
        return {}
    rows = session.execute(
        select(SourceAlias.name_key, Source)
        .join(Source, Source.id == SourceAlias.source_id)
        .where(SourceAlias.name_key.in_(sorted(set(keys.values()))))
    )
    known = {key: source for key, source in rows}  # noqa: C416  # rows are not tuples to mypy
    return {name: known[key] for name, key in keys.items() if key in known}


def source_by_id(session: Session, reader: Person, source_id: int) -> Source:
    """A source with its names; Missing when there is none."""
    demand(reader, Permission.READ_DESK)
    source = session.get(
        Source,
        source_id,
        options=[selectinload(Source.aliases), joinedload(Source.registered_by).lazyload(Person.grants)],
    )
    if source is None:
        raise Missing
    return source


@dataclass(frozen=True)
class SourcePage:
    """One page of the registry in the order of names, and where its neighbours begin."""

    sources: Sequence[Source]
    before: str | None
    after: str | None


def page_of_sources(
    session: Session,
    reader: Person,
    *,
    search: str = "",
    kind: SourceKind | None = None,
    after: str = "",
    before: str = "",
    size: int = PAGE,
) -> SourcePage:
    """A page of the registry, by name; `after` and `before` are cursors from another page."""
    demand(reader, Permission.READ_DESK)
    asked = _filtered(search, kind).options(selectinload(Source.aliases))
    place = tuple_(Source.name_key, Source.id)
    backwards = bool(before) and not after
    if cursor := _cursor(before if backwards else after):
        asked = asked.where(place < cursor if backwards else place > cursor)
    order = (Source.name_key.desc(), Source.id.desc()) if backwards else (Source.name_key, Source.id)
    rows = list(session.scalars(asked.order_by(*order).limit(size + 1)))
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    has_before, has_after = (more, True) if backwards else (bool(cursor), more)
    return SourcePage(
        rows,
        before=_place(rows[0]) if rows and has_before else None,
        after=_place(rows[-1]) if rows and has_after else None,
    )


def _filtered(search: str, kind: SourceKind | None) -> Select[Source]:
    asked = select(Source).where(Source.id.not_in(select(SourceMove.from_id).where(STANDING)))
    if kind is not None:
        asked = asked.where(Source.kind == kind)
    if search.strip():
        called = select(SourceAlias.source_id).where(
            SourceAlias.name_key.contains(name_key(search), autoescape=True)
        )
        asked = asked.where(Source.id.in_(called))
    return asked


def _place(source: Source) -> str:
    return f"{source.id}:{source.name_key}"


def _cursor(place: str) -> tuple[str, int] | None:
    number, _, key = place.partition(":")
    sound = number.isdecimal() and len(number) < 10 and "\0" not in key
    return (key, int(number)) if sound else None


def ties_of(session: Session, source: Source) -> list[SourceTie]:
    """Every tie of a source, in either direction and withdrawn ones too; those in force first."""
    asked = (
        select(SourceTie)
        .where(or_(SourceTie.source_id == source.id, SourceTie.other_id == source.id))
        .options(
            joinedload(SourceTie.source),
            joinedload(SourceTie.other),
        )
        .order_by(SourceTie.ended_at.is_not(None), SourceTie.kind, SourceTie.id)
    )
    return list(session.scalars(asked))


def tie_by_id(session: Session, source: Source, tie_id: int) -> SourceTie:
    """One tie of a source, in either direction; Missing when it has none of this number."""
    tie = session.get(SourceTie, tie_id)
    if tie is None or source.id not in (tie.source_id, tie.other_id):
        raise Missing
    return tie


def alias_by_id(session: Session, source: Source, alias_id: int) -> SourceAlias:
    """One name of a source; Missing when it has none of this number."""
    alias = session.get(SourceAlias, alias_id)
    if alias is None or alias.source_id != source.id:
        raise Missing(f"{source.name} has no such name any more: somebody removed it, or split it off.")
    return alias


def led_to(session: Session, source_ids: Collection[int], kinds: Collection[TieKind]) -> set[int]:
    """These sources and all that ties of these kinds, in force, lead to from them; one query."""
    start = select(Source.id.label("id")).where(Source.id.in_(source_ids)).cte("led_to", recursive=True)
    onward = select(SourceTie.other_id).join(start, SourceTie.source_id == start.c.id).where(_in_force(kinds))
    return set(session.scalars(select(start.union(onward).c.id)))


def leading_to(session: Session, source_ids: Collection[int], kinds: Collection[TieKind]) -> set[int]:
    """These sources and all from which ties of these kinds, in force, lead to them; one query."""
    start = select(Source.id.label("id")).where(Source.id.in_(source_ids)).cte("leading_to", recursive=True)
    back = select(SourceTie.source_id).join(start, SourceTie.other_id == start.c.id).where(_in_force(kinds))
    return set(session.scalars(select(start.union(back).c.id)))


def _in_force(kinds: Collection[TieKind]) -> ColumnElement[bool]:
    return and_(SourceTie.kind.in_(kinds), SourceTie.ended_at.is_(None), SourceTie.other_id.is_not(None))


def similar_sources(session: Session, name: str, *, limit: int = 5) -> list[Source]:
    """Registered sources whose name may be this one in another spelling, the likest first."""
    return _alike(session, [name_key(name)], limit)


def alike_to(session: Session, source: Source, *, limit: int = 5) -> list[Source]:
    """Other sources that may be this one by any of its names, without those that people told apart from it."""
    keys = [alias.name_key for alias in source.aliases]
    pairs = told_apart(session, [source.id]).pairs
    apart = {number for pair in pairs for number in pair}
    found = _alike(session, keys[:_NAMES_COMPARED], limit + len(apart) + 1)
    return [other for other in found if other.id != source.id and other.id not in apart][:limit]


def _alike(session: Session, keys: Sequence[str], limit: int) -> list[Source]:
    keys = [key for key in keys if key.split()]
    if not keys:
        return []
    asked = (
        select(SourceAlias)
        .where(or_(*(near for key in keys for near in _near(key))), SourceAlias.name_key.not_in(keys))
        .options(joinedload(SourceAlias.source))
        .order_by(SourceAlias.name_key)
        .limit(_CANDIDATES)
    )
    scored: dict[Source, float] = {}
    for alias in session.scalars(asked):
        score = max(likeness(key, alias.name_key) for key in keys)
        if score >= LIKE_ENOUGH and score > scored.get(alias.source, 0):
            scored[alias.source] = score
    return sorted(scored, key=lambda source: (-scored[source], source.name_key))[:limit]


def _near(key: str) -> list[ColumnElement[bool]]:
    """What a name that may be this one has in common with it: a sound, its initials, a beginning or an end."""
    words = key.split()
    sounds = [sound for sound in sounds_of(key).split() if len(sound) > 1 and not sound.startswith("=")]
    near = [SourceAlias.sounds.contains(f" {sound} ", autoescape=True) for sound in sounds]
    near += [
        SourceAlias.name_key.startswith(words[0][:2], autoescape=True),
        SourceAlias.name_key.endswith(words[-1], autoescape=True),
        SourceAlias.name_key.contains(words[-1][:5], autoescape=True),
    ]
    if len(words) == 1:
        near.append(SourceAlias.sounds.contains(f" ={key} ", autoescape=True))
    else:
        near.append(SourceAlias.name_key == "".join(word[0] for word in words))
    return near
