"""The demo desk shows the whole walk: everybody, every state, and rules that held while it was made."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from verify import demo
from verify.accounts.actions import check_password
from verify.accounts.models import Person
from verify.accounts.passwords import refuse_weak
from verify.accounts.sessions import settings
from verify.articles.models import Article
from verify.audit import lookups as audit
from verify.demo.library import texts
from verify.matching import sighting_lookups
from verify.matching.models import MatchDecision, MatchVerdict, Sighting
from verify.permissions import Role
from verify.publishing.models import Verdict, VerdictVersion, VersionKind
from verify.sources.lookups import resolve
from verify.tickets.models import Ticket
from verify.tickets.workflow import Status


def ticket(session: Session, number: int) -> Ticket:
    return session.scalars(select(Ticket).where(Ticket.reference == f"PAN-{number:04d}")).one()


def test_everybody_of_every_role_can_sign_in(desk: Session) -> None:
    people = [
        desk.scalars(select(Person).where(Person.email == email)).one() for _, _, email, _ in demo.SIGN_INS
    ]
    held = [grant.role for person in people for grant in person.grants]
    assert set(held) == set(Role)
    assert held.count(Role.CHECKER) >= 4
    assert held.count(Role.EDITOR) >= 2
    name, _, email, password = demo.SIGN_INS[0]
    assert check_password(desk, settings(), email=email, password=password, network="127.0.0.1").name == name
    refuse_weak(demo.PASSWORD, about=tuple(name for name, *_ in demo.SIGN_INS))


def test_tickets_stand_in_every_state(desk: Session) -> None:
    ours = select(Ticket.status).where(Ticket.reference.startswith("PAN-"))
    assert set(desk.scalars(ours)) == set(Status)


def test_filling_a_filled_desk_changes_nothing(desk: Session) -> None:
    before = [desk.scalar(select(func.count()).select_from(table)) for table in (Person, Article, Ticket)]
    demo.seed(desk)
    assert [
        desk.scalar(select(func.count()).select_from(table)) for table in (Person, Article, Ticket)
    ] == before


def test_one_verdict_is_corrected_and_one_retracted(desk: Session) -> None:
    ours = select(VerdictVersion.kind).join(Verdict).where(Verdict.reference.startswith("PAN-"))
    kinds = list(desk.scalars(ours))
    assert kinds.count(VersionKind.PUBLISHED) == 4
    assert kinds.count(VersionKind.CORRECTION) == 1
    assert kinds.count(VersionKind.RETRACTION) == 1


def test_three_articles_with_one_spokesman_are_one_origin_with_a_stake(desk: Session) -> None:
    control = ticket(desk, 1)
    assert (control.articles, control.origins_lower, control.origins_upper, control.origins_party) == (
        3,
        1,
        1,
        True,
    )


def test_the_demo_articles_are_read_with_their_chains(desk: Session) -> None:
    article = desk.scalars(select(Article).where(Article.title.startswith("Drones over"))).one()
    chains = [[hop.name for hop in found.hops] for found in article.versions[0].assertions]
    assert ["Republic TV"] in chains
    assert ["Tass", "a source in Kabul"] in chains
    assert len(list(texts())) == 7


def test_both_spellings_of_the_spokesman_lead_to_one_source(desk: Session) -> None:
    first, second = resolve(desk, "Fahim Dashti"), resolve(desk, "Fahim Dashty")
    assert first is not None
    assert first is second


def test_a_claim_came_in_again_and_people_decided_about_matches(desk: Session) -> None:
    assert {one.verdict for one in desk.scalars(select(MatchDecision))} >= {
        MatchVerdict.SEEN,
        MatchVerdict.REFUSED,
    }
    drones = sighting_lookups.of_ticket(desk, None, ticket(desk, 3))
    assert [line.confirmed for line in drones] == [True]
    in_own_words = select(func.count()).select_from(Sighting).where(Sighting.watch_id.is_not(None))
    assert desk.scalar(in_own_words) == 1


def test_the_log_of_the_demo_desk_verifies(desk: Session) -> None:
    assert audit.check(desk).fault is None
