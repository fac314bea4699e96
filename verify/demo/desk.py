"""The demo desk: who sits at it, and the order in which it is filled. Every step is an act that a person could take."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from verify.accounts.actions import add_person
from verify.accounts.models import Person
from verify.accounts.sessions import settings
from verify.demo.contrasts import contrast_claims
from verify.demo.library import take_in_articles
from verify.demo.matches import watch_and_match
from verify.demo.others import import_others
from verify.demo.people import PASSWORD, PEOPLE, Cast
from verify.demo.readings import decide_on_suggestions
from verify.demo.registry import register_sources
from verify.demo.walks import open_and_walk_tickets

__all__ = ["PASSWORD", "SIGN_INS", "is_empty", "seed"]

# name, roles, address, password: what the greeting prints
SIGN_INS = [(name, ", ".join(roles), email, PASSWORD) for name, email, roles in PEOPLE]


def is_empty(session: Session) -> bool:
    """Whether nobody works at this desk yet."""
    return session.scalar(select(Person.id).limit(1)) is None


def seed(session: Session) -> None:
    """Fill an empty desk; one that has people is left as it is. The caller commits."""
    if not is_empty(session):
        return
    people = {
        email: add_person(session, settings(), None, email=email, name=name, password=PASSWORD, roles=roles)
        for name, email, roles in PEOPLE
    }
    cast = Cast(*people.values())
    register_sources(session, cast.nadia)
    articles = take_in_articles(session, cast.aiko)
    open_and_walk_tickets(session, cast, articles)
    decide_on_suggestions(session, cast, articles)
    contrast_claims(session, cast, articles)
    import_others(session, cast.jonas)
    watch_and_match(session, cast, articles)
