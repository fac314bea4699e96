"""People, sources, articles and tickets for tests: small makers, each doing what a person of the desk would do.

All take a session and flush; tests commit. Texts are the desk's own, about a village that does not exist.

    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi", Role.CHECKER)
        ticket = open_ticket(db.session, nadia)
        db.session.commit()
        page = sign_in(Visitor(app), nadia).get(f"/tickets/{ticket.reference}")
"""

from __future__ import annotations

import hashlib
from itertools import count
from typing import TypeVar

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tests.pages import Visitor
from verify.accounts.models import Person, RoleGrant
from verify.accounts.sessions import start_session
from verify.articles.models import Article, ArticleVersion, Assertion, AssertionState, Hop, Mode
from verify.articles.shared_text_models import Fingerprinting, SharedPassage, SharedText, TextFingerprint
from verify.db import db, now
from verify.permissions import Role
from verify.sources.models import Source, SourceAlias, SourceKind
from verify.sources.names import name_key
from verify.tickets import actions as tickets
from verify.tickets.models import Appearance, Investigation, Ticket

PASSWORD = "a lamp in every window"
ARTICLE = (
    "Flood gates at Orta opened before dawn, engineers say\n\n"
    "The gates of the Orta dam were opened before dawn on Tuesday, said Lale Demir, a spokeswoman for the water board. "
    "“Forty houses stand under water,” she told the Orta Courier.\n\n"
    "Mayor Tarik Onal said that nobody had been warned. His account could not be confirmed.\n"
)
CLAIM = "The gates of the Orta dam were opened before dawn on Tuesday"
SECOND_CLAIM = "Forty houses stand under water"
_numbers = count(1)
Client = TypeVar("Client", bound=Visitor)


def make_person(session: Session, name: str, *roles: Role) -> Person:
    """Somebody with an account; a checker unless roles are given. The password is PASSWORD, stored unusable."""
    moment = now()
    person = Person(
        email=f"{name.lower().replace(' ', '.')}.{next(_numbers)}@desk.example", name=name,
        password_hash="not a hash: tests sign in without a password", created_at=moment, password_changed_at=moment,
    )  # fmt: skip
    session.add(person)
    session.flush()
    person.grants = [RoleGrant(role=role, granted_at=moment) for role in roles or (Role.CHECKER,)]
    session.flush()
    return person


def sign_in(visitor: Client, person: Person) -> Client:
    """A browser in which this person is signed in, with no password hashed; call inside an app context."""
    token = start_session(db.session, person, address="127.0.0.1", browser="test")
    db.session.commit()
    with visitor.client.session_transaction() as cookie:
        cookie["_user_id"] = token
        cookie["_fresh"] = True
    return visitor


def make_source(session: Session, name: str, kind: SourceKind = SourceKind.PERSON) -> Source:
    """A source with its own name as its first alias; the one that exists when the name is taken."""
    key = name_key(name)
    known = session.scalars(select(Source).join(SourceAlias).where(SourceAlias.name_key == key)).one_or_none()
    if known is not None:
        return known
    source = Source(name=name, name_key=key, kind=kind, registered_at=now())
    session.add(source)
    session.flush()
    session.add(SourceAlias(source_id=source.id, name=name, name_key=key, added_at=now()))
    session.flush()
    return source


def take_in(
    session: Session, actor: Person, *, text: str = ARTICLE, outlet: str = "Orta Courier", title: str = ""
) -> Article:
    """An article with a frozen first version and no assertions; each call gets a text of its own."""
    source = make_source(session, outlet, SourceKind.OUTLET)
    text = f"{text}\nEdition {next(_numbers)}.\n"
    article = Article(
        title=title or text.splitlines()[0], outlet_id=source.id, byline="Our correspondent",
        taken_in_by_id=actor.id, taken_in_at=now(), language="en",
    )  # fmt: skip
    session.add(article)
    session.flush()
    session.add(
        ArticleVersion(
            article_id=article.id, number=1, text=text, sha256=hashlib.sha256(text.encode()).hexdigest(),
            length=len(text), frozen_at=now(),
        )
    )  # fmt: skip
    session.flush()
    return article


def assert_in(
    session: Session, article: Article, passage: str = CLAIM, *, said_by: tuple[str, ...] = ("Lale Demir",)
) -> Assertion:
    """A suggested assertion over a passage of the article, said by this chain (nearest the reader first)."""
    version = article.versions[0]
    start = version.text.index(passage)
    assertion = Assertion(
        version_id=version.id, start=start, end=start + len(passage), statement=passage, mode=Mode.INDIRECT,
        cue="said", method="rules/1", state=AssertionState.SUGGESTED,
    )  # fmt: skip
    session.add(assertion)
    session.flush()
    for position, name in enumerate(said_by):
        source = make_source(session, name)
        assertion.hops.append(
            Hop(position=position, name=name, written=name, kind=SourceKind.PERSON, source_id=source.id)
        )
    session.flush()
    return assertion


def make_investigation(session: Session, name: str = "Orta floods", prefix: str = "ORT") -> Investigation:
    """An investigation; the one that exists when its prefix is taken."""
    known = session.scalars(select(Investigation).where(Investigation.prefix == prefix)).one_or_none()
    if known is not None:
        return known
    investigation = Investigation(name=name, prefix=prefix, opened_at=now())
    session.add(investigation)
    session.flush()
    return investigation


def open_ticket(
    session: Session, actor: Person, *, claim: str = CLAIM, assertion: Assertion | None = None,
    said_by: tuple[str, ...] = ("Lale Demir",), investigation: Investigation | None = None,
) -> Ticket:  # fmt: skip
    """An open ticket; unless given, its assertion stands in a new article that says just this claim."""
    if assertion is None:
        article = take_in(session, actor, text=f"At the gates\n\n{claim}, said a spokeswoman on Wednesday.\n")
        assertion = assert_in(session, article, claim, said_by=said_by)
    return tickets.open_ticket(
        session,
        actor,
        assertion=assertion,
        claim=claim,
        investigation=investigation or make_investigation(session),
    )


def another_appearance(
    session: Session, actor: Person, ticket: Ticket, *, outlet: str = "Hill Post"
) -> Appearance:
    """A further article that says what the ticket claims, filed under it."""
    article = take_in(session, actor, text=f"Also here\n\n{ticket.claim}, reports say.\n", outlet=outlet)
    return tickets.add_appearance(session, actor, ticket, assert_in(session, article, ticket.claim))


def assign(session: Session, actor: Person, ticket: Ticket, *people: Person) -> Ticket:
    """Reviewers for an open ticket: those named, and as many drawn as are missing."""
    tickets.assign_or_draw(session, actor, ticket, people)
    return ticket


def forget_shared_text(session: Session) -> None:
    """An archive as it was before texts were compared: nothing is in the index, and nothing is known to be shared."""
    for model in (SharedPassage, SharedText, Fingerprinting, TextFingerprint):
        session.execute(delete(model))
