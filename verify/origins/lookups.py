"""Reading what the count of origins needs, for one ticket or for many, always in the same few queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import or_, select, union
from sqlalchemy.orm import Session

from verify.articles.models import Article, ArticleVersion, Assertion, Hop
from verify.origins import material as core
from verify.origins.count import OriginCount, count_origins
from verify.origins.names import says_nobody
from verify.origins.passages import COUNTED, Passage, Registry, TieLine, keys_of, passages_of, registry_around
from verify.sources import lookups as sources
from verify.sources.models import Source, SourceAlias, SourceKind, TieKind
from verify.sources.names import name_key, perhaps_same
from verify.sources.periods import overlap
from verify.tickets.models import Appearance, Ticket


def count(session: Session, ticket: Ticket) -> OriginCount:
    """The independent origins of a ticket's claim, counted now."""
    return count_origins(materials(session, [ticket.id])[ticket.id])


def materials(session: Session, ticket_ids: Sequence[int]) -> dict[int, core.Material]:
    """What the count needs, for each of these tickets; at most four queries, however many there are."""
    passages = passages_of(session, ticket_ids)
    registry = registry_around(session, passages)
    filed: dict[int, list[Passage]] = {number: [] for number in ticket_ids}
    for passage in passages:
        filed[passage.ticket_id].append(passage)
    return {number: material_of(registry, mine) for number, mine in filed.items()}


def material_of(registry: Registry, passages: Sequence[Passage]) -> core.Material:
    """Put one ticket's material together; a tie counts when it held in the days of the articles."""
    days = sorted(passage.published_on for passage in passages if passage.published_on)
    period = (days[0], days[-1]) if days else (None, None)

    def ties_of(number: int) -> list[TieLine]:
        return [tie for tie in registry.ties.get(number, []) if overlap((tie.since, tie.until), period)]

    around, waiting = set(), [number for passage in passages for number in _mentioned(registry, passage)]
    while waiting:
        number = waiting.pop()
        if number in around or number not in registry.sources:
            continue
        around.add(number)
        waiting += [tie.other_id for tie in ties_of(number) if tie.other_id is not None]
    return core.Material(
        appearances=tuple(_appearance(registry, passage) for passage in passages),
        sources=tuple(_source(registry, number, ties_of(number)) for number in sorted(around)),
        ties=tuple(
            core.Tie(tie.kind.value, str(tie.source_id), str(tie.other_id), str(tie.id))
            for number in sorted(around)
            for tie in ties_of(number)
            if tie.other_id is not None
        ),
        credits=tuple(credit for passage in passages for credit in _credits(registry, passage)),
    )


def _mentioned(registry: Registry, passage: Passage) -> list[int]:
    """The sources of a passage's outlet, hops and credits."""
    found = [passage.outlet_id, *(hop.source_id for hop in passage.hops)]
    unlinked = [hop.name for hop in passage.hops if hop.source_id is None]
    found += [registry.by_key.get(key) for name in unlinked for key in keys_of(name)]
    found += [int(credit.source) for credit in _credits(registry, passage) if credit.source]
    return [number for number in found if number is not None]


def _source(registry: Registry, number: int, ties: Sequence[TieLine]) -> core.Source:
    source = registry.sources[number]
    names = tuple(sorted(registry.names.get(number, [])))
    party = any(tie.kind is TieKind.PARTY_TO for tie in ties)
    return core.Source(str(number), source.name, source.kind.value, names, party)


def _appearance(registry: Registry, passage: Passage) -> core.Appearance:
    article = str(passage.article_id)
    outlet = registry.sources.get(passage.outlet_id) if passage.outlet_id is not None else None
    if outlet is not None:
        printed = core.Hop(outlet.name, outlet.kind.value, str(outlet.id))
    else:
        printed = core.Hop(f"The outlet of article {article}", "outlet")
    chain = tuple(
        core.Hop(
            hop.name,
            hop.kind.value,
            str(hop.source_id) if hop.source_id else None,
            hop.role or None,
            hop.terms or None,
        )
        for hop in passage.hops
    )
    return core.Appearance(article, printed, chain, passage.denies)


def _credits(registry: Registry, passage: Passage) -> list[core.Credit]:
    """The agencies that an article's byline credits, other than its own outlet."""
    found = []
    for name in passage.credited:
        number = registry.by_key.get(name_key(name))
        source = registry.sources.get(number) if number is not None else None
        if source is not None and source.kind is SourceKind.AGENCY and source.id != passage.outlet_id:
            found.append(core.Credit(str(passage.article_id), source.name, str(source.id)))
    return found


def tickets_touched(session: Session, source_ids: Iterable[int]) -> list[int]:
    """The tickets whose count may change with these sources: by link, by outlet, by name, or through ties."""
    back = sorted(sources.leading_to(session, list(source_ids), COUNTED))
    names = session.scalars(select(SourceAlias.name).where(SourceAlias.source_id.in_(back)))
    spelled = sorted({form for name in names for form in (name, f"the {name}", f"The {name}")})
    by_hop = select(Appearance.ticket_id).join(Hop, Hop.assertion_id == Appearance.assertion_id)
    by_outlet = (
        select(Appearance.ticket_id)
        .join(Assertion, Assertion.id == Appearance.assertion_id)
        .join(ArticleVersion, ArticleVersion.id == Assertion.version_id)
        .join(Article, Article.id == ArticleVersion.article_id)
    )
    touched = union(
        by_hop.where(Hop.source_id.in_(back)),
        by_hop.where(Hop.source_id.is_(None), Hop.name.in_(spelled)),
        by_outlet.where(Article.outlet_id.in_(back)),
    )
    return sorted(number for (number,) in session.execute(touched))


def articles_printed(session: Session, source: Source, most: int) -> Sequence[Article]:
    """The latest articles that an outlet or agency printed."""
    asked = select(Article).where(Article.outlet_id == source.id).order_by(Article.id.desc()).limit(most)
    return session.scalars(asked).all()


def spellings_seen(session: Session, source: Source, most: int = 8) -> list[str]:
    """Names in articles, linked to nobody, that may be another spelling of this source."""
    keys = {alias.name_key for alias in source.aliases}
    near = [
        Hop.name.startswith(word[:2], autoescape=True)
        for alias in source.aliases
        for word in alias.name.split()[:1] + alias.name.split()[-1:]
    ]
    if not near:
        return []
    asked = (
        select(Hop.name).where(Hop.source_id.is_(None), or_(*near)).distinct().order_by(Hop.name).limit(400)
    )
    found: dict[str, str] = {}
    for name in session.scalars(asked):
        key = name_key(name)
        if key not in keys and not says_nobody(name) and any(perhaps_same(key, known) for known in keys):
            found.setdefault(key, name)
    return list(found.values())[:most]
