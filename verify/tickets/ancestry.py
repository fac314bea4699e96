"""A ticket together with those that were merged into it: what people did there, they did to the same claim."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, literal, select

from verify.tickets.models import Ticket


def with_merged(ticket: int | ColumnElement[Any]) -> Select[int]:
    """The numbers of a ticket and of every ticket that was merged into it, directly or on the way."""
    number = literal(ticket, Integer()) if isinstance(ticket, int) else ticket
    kin = select(number.label("id")).cte("kin", recursive=True)
    kin = kin.union(select(Ticket.id).where(Ticket.merged_into_id == kin.c.id))
    return select(kin.c.id)
