"""What the demo desk's people watch for, what came in again weeks later, and what they decided about matches."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

from sqlalchemy import select
from sqlalchemy.orm import Session

from verify.articles.actions import Description, File, take_in
from verify.articles.models import Article, ArticleVersion
from verify.demo.claims import DRONES
from verify.demo.library import assertion
from verify.demo.people import Cast
from verify.matching import sighting_lookups, sightings, suggesting, watching
from verify.matching.actions import Choice, decide
from verify.matching.models import MatchVerdict
from verify.tickets.models import Ticket

_NAME = "coastal-herald"
_WATCHED_FOR = "The schools of Panjshir have opened again"
# article, words of the passage, why it is another claim than the one that is most like it
_ANOTHER_CLAIM = (
    "harbour-times", "inside the capital", "Inside the capital is more than at its edge: the two need two checks.",
)  # fmt: skip


def watch_and_match(session: Session, cast: Cast, articles: dict[str, Article]) -> None:
    """Watch two claims, take in an article that repeats some, confirm one repeat, and refuse a suggestion."""
    drones = session.scalars(select(Ticket).where(Ticket.claim == DRONES.wording)).one()
    for person in (cast.jonas, cast.nadia):
        watching.watch_ticket(session, person, drones)
    watching.watch_wording(session, cast.nadia, _WATCHED_FOR)
    text = (files("verify.demo") / "articles" / f"{_NAME}.txt").read_text(encoding="utf-8")
    described = Description(
        title=text.splitlines()[0], outlet="Coastal Herald", byline="Rana Mehta", language="en",
        url=f"https://{_NAME}.example/2021/10/20/valley", published_on=date(2021, 10, 20),
    )  # fmt: skip
    article = take_in(
        session, cast.aiko, text=text, described=described, file=File(name=f"{_NAME}.txt")
    ).article
    version = session.scalars(select(ArticleVersion).where(ArticleVersion.article_id == article.id)).one()
    sightings.look_and_log(session, version.id)
    for line in sighting_lookups.of_ticket(session, cast.samir, drones):
        decide(session, cast.samir, line.offer, Choice(MatchVerdict.SEEN))
    watching.see_ticket(session, cast.jonas, drones)
    _refuse(session, cast, articles)


def _refuse(session: Session, cast: Cast, articles: dict[str, Article]) -> None:
    name, words, reason = _ANOTHER_CLAIM
    one = assertion(session, articles[name], words)
    best = suggesting.for_assertion(session, cast.samir, one).best
    if best is not None:
        decide(session, cast.samir, best.offer(), Choice(MatchVerdict.REFUSED, reason))
