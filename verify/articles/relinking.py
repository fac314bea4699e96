"""Passages follow their names when names of one source become those of another."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from verify.articles.models import Hop
from verify.sources.models import SourceAlias
from verify.sources.names import name_key
from verify.sources.signals import names_parted


def relink(source_ids: Sequence[int], *, session: Session) -> None:
    """Link each hop of these sources to whichever of them its name belongs to; a name of neither stays where it is."""
    asked = select(SourceAlias.name_key, SourceAlias.source_id).where(SourceAlias.source_id.in_(source_ids))
    holder = {row[0]: row[1] for row in session.execute(asked)}
    spoken = select(Hop.name, Hop.source_id).where(Hop.source_id.in_(source_ids)).distinct()
    for name, linked in session.execute(spoken).all():
        right = holder.get(name_key(name), linked)
        if right != linked:
            session.execute(
                update(Hop).where(Hop.name == name, Hop.source_id == linked).values(source_id=right)
            )
    session.expire_all()


names_parted.connect(relink)
