"""A large desk for measuring: tickets in every stage of work, with all that hangs on them. Rows, not acts, for speed.

Everything the database checks holds: four eyes, reviews by those assigned, approvals bound to content, one log.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from verify.accounts.models import Person, RoleGrant
from verify.articles.models import (
    Article,
    ArticleVersion,
    Assertion,
    AssertionState,
    CueType,
    Hop,
    Mode,
    Polarity,
)
from verify.articles.plaintext import sha256_of
from verify.articles.shared_text import METHOD
from verify.articles.shared_text_models import Fingerprinting
from verify.db import now
from verify.demo import prose
from verify.demo.careers import Career, Filed
from verify.demo.rows import Rows
from verify.errors import Refused
from verify.permissions import Role
from verify.reuse import read
from verify.search.vocabulary import learn_everything
from verify.sources.models import Source, SourceAlias, SourceKind
from verify.sources.names import name_key
from verify.tickets.models import Investigation

BATCH = 500  # tickets a transaction, and tickets an investigation
A_PIECE = 4  # new claims an article makes; a fifth repeats one of the article before


@dataclass(frozen=True)
class Staff:
    """Who works on the tickets, by number."""

    checkers: list[int]
    editors: list[int]


def staff_of(session: Session) -> Staff:
    """The active people who can check and approve; refuses a desk that has too few for four eyes."""
    held = (
        select(Person.id)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(Person.active)
        .order_by(Person.id)
    )
    checkers = list(session.scalars(held.where(RoleGrant.role == Role.CHECKER)))
    editors = list(session.scalars(held.where(RoleGrant.role == Role.EDITOR)))
    editors = [number for number in editors if number not in checkers]
    if len(checkers) < 3 or not editors:
        raise Refused("This needs three checkers and one editor who is no checker. Invite them first.")
    return Staff(checkers, editors)


def fill(session: Session, tickets: int) -> Iterator[int]:
    """Add this many tickets; commits batch by batch and yields how many each brought."""
    staff, random = staff_of(session), Random(tickets)
    rows = Rows(session)
    sources = _sources(session, rows)
    done = 0
    while done < tickets:
        size = min(BATCH, tickets - done)
        _batch(session, rows, staff, sources, random, size)
        rows.write()
        session.commit()
        done += size
        yield size
    rows.finish()
    learn_everything(session.connection())
    session.commit()


def _sources(session: Session, rows: Rows) -> dict[str, int]:
    """The number of every speaker and outlet by name, registering those that are new."""
    known: dict[str, int] = {
        key: number
        for number, key in session.execute(select(SourceAlias.source_id, SourceAlias.name_key)).all()
    }
    found = {}
    names = [(name, SourceKind.PERSON) for name in prose.PEOPLE] + [
        (name, SourceKind.OUTLET) for name in prose.OUTLETS
    ]
    for name, kind in names:
        key = name_key(name)
        if key not in known:
            moment = now()
            known[key] = rows.add(Source, name=name, name_key=key, kind=kind, registered_at=moment, version=1)
            rows.add(SourceAlias, source_id=known[key], name=name, name_key=key, added_at=moment)
            rows.log(
                None, "source.registered", ("source", str(known[key])), {"name": name, "kind": kind.value}
            )
        found[name] = known[key]
    return found


def _batch(
    session: Session, rows: Rows, staff: Staff, sources: dict[str, int], random: Random, size: int
) -> None:
    """One investigation with its articles and tickets."""
    number = rows.last[Investigation] + 1
    prefix, name = f"L{number:04d}"[:6], f"Measured desk, part {number}"
    investigation = rows.add(Investigation, name=name, prefix=prefix, last_number=size, opened_at=now())
    rows.log(
        None, "investigation.opened", ("investigation", str(investigation)), {"name": name, "prefix": prefix}
    )
    career = Career(rows, random, staff.checkers, staff.editors, investigation, name)
    repeated: list[tuple[str, str]] = []
    waiting: list[tuple[str, Filed]] = []
    for at in range(0, size, A_PIECE):
        first = rows.last[Article] * A_PIECE
        claims = [
            (prose.claim(random, first + step), random.choice(prose.PEOPLE))
            for step in range(min(A_PIECE, size - at))
        ]
        filed = list(
            take_in(
                rows,
                prose.piece(random, rows.last[Article] + 1, claims + repeated),
                sources,
                staff.checkers[0],
            )
        )
        for (reference, earlier), again in zip(waiting, filed[len(claims) :], strict=False):
            career.walk(reference, [earlier, again])
        numbers = range(at + 1, at + 1 + len(claims))
        for step, one in zip(numbers[1:], filed[1 : len(claims)], strict=True):
            career.walk(f"{prefix}-{step:04d}", [one])
        waiting, repeated = [(f"{prefix}-{at + 1:04d}", filed[0])], [claims[0]]
    for reference, one in waiting:
        career.walk(reference, [one])


def take_in(rows: Rows, piece: prose.Piece, sources: dict[str, int], actor: int) -> Iterator[Filed]:
    """An article with its frozen text; yields each passage as an assertion that is filed."""
    moment, published_on = now(), date(2024, 5, 1)
    sha256 = sha256_of(piece.text)
    article = rows.add(
        Article, title=piece.title, outlet_id=sources[piece.outlet], byline="Staff", language="en",
        url=f"https://news.example/{sha256[:12]}", published_on=published_on, taken_in_by_id=actor, taken_in_at=moment,
    )  # fmt: skip
    version = rows.add(
        ArticleVersion, article_id=article, number=1, text=piece.text, sha256=sha256, length=len(piece.text),
        media_type="text/plain", file_name="", intake_notes=[], frozen_at=moment,
    )  # fmt: skip
    reading = read(piece.text)
    rows.add_fingerprints(version, reading.fingerprints)
    rows.add(
        Fingerprinting, version_id=version, method=METHOD, narrative_words=reading.narrative, done_at=moment
    )
    payload = {
        "title": piece.title,
        "sha256": sha256,
        "length": len(piece.text),
        "suggestions": len(piece.passages),
    }
    rows.log(actor, "article.taken_in", ("article", str(article)), payload)
    for passage in piece.passages:
        assertion = rows.add(
            Assertion, version_id=version, start=passage.start, end=passage.end, statement=passage.claim,
            mode=Mode.INDIRECT, cue="said", cue_type=CueType.NEUTRAL, polarity=Polarity.ASSERTS, part="body",
            channel="", caveat="", quantities=[], dates=[], places=[], spans={}, found_at=moment, ground=None,
            suggested=None, check_worthiness=0.6, reasons=["gives a figure"], method="rules/1", reason="",
            state=AssertionState.FILED, edited=False, decided_by_id=actor, decided_at=moment, row_version=1,
        )  # fmt: skip
        source = sources[passage.speaker]
        rows.add(
            Hop, assertion_id=assertion, position=0, name=passage.speaker, written=passage.speaker,
            kind=SourceKind.PERSON, role=passage.role, terms="", speaks_for="", source_id=source,
        )  # fmt: skip
        yield Filed(assertion, article, passage, piece, sha256, published_on, source, sources[piece.outlet])
