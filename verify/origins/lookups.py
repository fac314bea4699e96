"""Reading about origins: a ticket's count, the tickets that lean on some sources or articles, and a source's words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from verify.articles.models import Article, ArticleVersion, Assertion, Hop
from verify.origins.count import OriginCount, Reading, read_origins
from verify.origins.gathering import materials
from verify.origins.passages import COUNTED, STAKES
from verify.sources import lookups as sources
from verify.sources.models import SourceAlias, SourceTie, TieKind
from verify.tickets import records
from verify.tickets.models import Appearance, Ticket


def count(session: Session, ticket: Ticket) -> OriginCount:
    """The independent origins of a ticket's claim, counted now."""
    return reading(session, ticket).count


def reading(session: Session, ticket: Ticket) -> Reading:
    """The count with the graphs that it was read from, for the map and for what would settle it."""
    return read_origins(materials(session, [ticket.id])[ticket.id])


def tickets_with(session: Session, article_ids: Sequence[int]) -> list[int]:
    """The tickets under which passages of these articles are filed."""
    asked = (
        select(Appearance.ticket_id)
        .join(Assertion, Assertion.id == Appearance.assertion_id)
        .join(ArticleVersion, ArticleVersion.id == Assertion.version_id)
        .where(ArticleVersion.article_id.in_(article_ids))
        .distinct()
    )
    return sorted(session.scalars(asked))


def _with_camps(session: Session, source_ids: Sequence[int]) -> list[int]:
    """These sources and those allied with them, hostile to them or of one family of publishers with them."""
    near = (*STAKES, TieKind.SAME_FAMILY)
    ends = (SourceTie.source_id, SourceTie.other_id), (SourceTie.other_id, SourceTie.source_id)
    asked = union(
        *(
            select(there).where(here.in_(source_ids), SourceTie.kind.in_(near), there.is_not(None))
            for here, there in ends
        )
    )
    return sorted({*source_ids, *(row[0] for row in session.execute(asked) if row[0] is not None)})


def tickets_touched(session: Session, source_ids: Iterable[int]) -> list[int]:
    """The tickets whose count may change with these sources: by link, by outlet, by name, or through ties."""
    back = sorted(sources.leading_to(session, _with_camps(session, list(source_ids)), COUNTED))
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
        by_hop.where(Hop.speaks_for.in_(spelled)),
        by_outlet.where(Article.outlet_id.in_(back)),
    )
    return sorted({*session.scalars(touched), *records.tickets_leaning_on(session, back)})
