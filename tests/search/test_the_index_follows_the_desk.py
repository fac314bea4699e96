"""Whatever is written on the desk can be found at once, and is found as it now stands; no long text is stored twice."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import delete, func, select, text
from sqlalchemy.orm import Session

from tests import cast
from tests.publishing.walk import SUMMARY, graded, publish
from tests.search.conftest import Archive
from verify.articles.models import Article
from verify.claimreviews.models import ClaimReview
from verify.db import db, downgrade, now, upgrade
from verify.evidence.actions import Entry, add_evidence, withdraw_evidence
from verify.evidence.models import Evidence, EvidenceKind, Stance
from verify.search import lookups
from verify.search.models import Kind, SearchEntry, SearchWord
from verify.search.query import read
from verify.sources import actions as sources
from verify.sources.models import Source, SourceAlias, SourceKind
from verify.tickets import actions as tickets
from verify.tickets.lookups import ticket_by_reference
from verify.tickets.models import Comment, Ticket

pytestmark = pytest.mark.both_databases
CLAIM = "The gates of the Orta dam were opened before dawn"


def test_a_claim_is_found_by_its_words_its_speaker_and_its_reference(archive: Archive) -> None:
    reference = archive.open(CLAIM)
    for typed in ("gates dawn", "Demir", reference, reference.lower()):
        assert archive.titles(f"{typed} in:claims") == [CLAIM], typed


def test_an_article_is_found_by_any_word_of_its_text_and_by_its_new_title(archive: Archive) -> None:
    number = archive.take_in("Flood in Orta", "Deep in the third paragraph stands a periwinkle.")
    assert archive.titles("periwinkle flood") == ["Flood in Orta"]
    with archive.session() as session:
        session.get_one(Article, number).title = "High water in Orta"
    assert archive.titles("periwinkle flood") == []
    assert archive.titles("periwinkle water") == ["High water in Orta"]


def test_a_source_is_found_by_all_its_names_and_its_note(archive: Archive) -> None:
    with archive.session() as session:
        nadia, board = archive.person(session, "Nadia"), cast.make_source(session, "Water Board of Orta")
        sources.add_alias(session, nadia, board, "Orta Su Idaresi")
        board.note = "Sits above the old mill."
    for typed in ("Water Board", "idaresi", "mill", "board idaresi mill"):
        assert archive.titles(f"{typed} in:sources") == ["Water Board of Orta"], typed
    with archive.session() as session:
        session.execute(delete(SourceAlias).where(SourceAlias.name == "Orta Su Idaresi"))
    assert archive.titles("idaresi in:sources") == []


def test_evidence_is_found_by_title_note_and_address_and_stays_found_when_withdrawn(archive: Archive) -> None:
    reference = archive.open(CLAIM)
    with archive.session() as session:
        nadia, ticket = archive.person(session, "Nadia"), ticket_by_reference(session, None, reference)
        piece = add_evidence(
            session, nadia, ticket,
            Entry(EvidenceKind.LINK, Stance.SUPPORTS, "Gauge readings", "Levels fell at four.", "https://gauge.example/orta"),
        )  # fmt: skip
        number = piece.id
    for typed in ("gauge readings", "levels", "gauge.example"):
        assert [hit.key for hit in archive.hits(f"{typed} in:evidence")] == [number], typed
    with archive.session() as session:
        nadia, ticket = archive.person(session, "Nadia"), ticket_by_reference(session, None, reference)
        withdraw_evidence(session, nadia, ticket, session.get_one(Evidence, number), reason="Another river.")
    (hit,) = archive.hits("levels in:evidence")
    assert hit.withdrawn
    assert hit.number == 1


def test_a_comment_is_found_by_its_words(archive: Archive) -> None:
    reference = archive.open(CLAIM)
    with archive.session() as session:
        omar = archive.person(session, "Omar")
        tickets.add_comment(
            session, omar, ticket_by_reference(session, None, reference), body="Ask the ferryman."
        )
    (hit,) = archive.hits("ferryman")
    assert (hit.kind, hit.who, hit.reference) == (Kind.COMMENT, "Omar Rahimi", reference)


def test_a_published_verdict_is_found_by_its_explanation(app: Flask) -> None:
    with app.app_context():
        desk = graded(db.session)
        publish(db.session, desk)
        db.session.commit()
        assert "water board says so" in SUMMARY
        finds = lookups.find(db.session, desk.opener, read('"water board says so" in:claims has:verdict'))
        assert [one.key for one in finds.best] == [desk.ticket.id]


def test_what_is_gone_is_not_found(archive: Archive) -> None:
    reference = archive.open(CLAIM)
    with archive.session() as session:
        omar = archive.person(session, "Omar")
        tickets.add_comment(
            session, omar, ticket_by_reference(session, None, reference), body="Ask the ferryman."
        )
    with archive.session() as session:
        session.execute(delete(Comment))
    assert not archive.finds("ferryman").total
    with archive.session() as session:
        assert not session.scalar(select(func.count()).where(SearchEntry.kind == Kind.COMMENT))


def test_a_review_of_others_is_found_and_gone_with_it(archive: Archive) -> None:
    from tests.search.reviews import review_of_others

    with archive.session() as session:
        number = review_of_others(session, claim="Herons opened the sluice", publisher="Delta Facts").id
    for typed in ("herons sluice", "delta facts", "in:elsewhere"):
        assert [hit.key for hit in archive.hits(typed)] == [number], typed
    with archive.session() as session:
        session.get_one(ClaimReview, number).claim = "Otters opened the sluice"
    assert archive.titles("herons") == []
    assert archive.titles("otters") == ["Otters opened the sluice"]


def test_a_megabyte_is_found_from_end_to_end_and_stored_once(archive: Archive) -> None:
    body = " ".join(f"word{number:x}" for number in range(110_000))
    number = archive.take_in("A very long one", f"Beginning. {body} Periwinkle at last.")
    with archive.session() as session:
        entry = session.scalars(select(SearchEntry).where(SearchEntry.kind == Kind.ARTICLE)).one()
        assert (entry.key, entry.body) == (number, "")
    assert archive.titles("beginning word2a") == ["A very long one"]


def test_a_long_text_of_common_words_is_found_by_its_last_one(archive: Archive) -> None:
    archive.take_in(
        "A long one", "The gates of the dam were opened at night. " * 20_000 + "Periwinkle at last."
    )
    (hit,) = archive.hits("periwinkle gates")
    assert hit.title == "A long one"
    page = archive.page("periwinkle")
    assert page.select("//p[@class='hit__text']/mark")[0].text == "Periwinkle"
    assert "place=" in page.select("//h2/a/@href")[0]


def test_every_row_of_an_older_desk_is_entered_when_it_is_brought_up_to_date(
    archive: Archive, database_url: str
) -> None:
    reference = archive.open(CLAIM)
    with archive.session() as session:
        ticket = ticket_by_reference(session, None, reference)
        tickets.add_comment(session, archive.person(session, "Omar"), ticket, body="Ask the ferryman.")

    def state() -> tuple[set[tuple[object, ...]], set[str]]:
        with archive.session() as session:
            columns = [column for column in SearchEntry.__table__.columns if column.name != "id"]
            return set(map(tuple, session.execute(select(*columns)))), set(
                session.scalars(select(SearchWord.word))
            )

    before = state()
    with archive.app.app_context():
        db.engine.dispose()
    downgrade(database_url, "0015")
    upgrade(database_url)
    assert state() == before
    assert archive.titles("gates dawn in:claims") == [CLAIM]
    assert len(archive.hits("ferryman")) == 1


def test_the_index_holds_together_after_all_kinds_of_writing(archive: Archive) -> None:
    for number in range(3):
        reference = archive.open(f"{CLAIM} in ward {number}")
    with archive.session() as session:
        ticket = session.scalars(select(Ticket).where(Ticket.reference == reference)).one()
        ticket.claim = "Nobody opened anything"
    with archive.session() as session:
        entries = session.scalar(select(func.count()).select_from(SearchEntry))
        assert session.scalar(text("SELECT count(*) FROM search_fts")) == entries
        if session.get_bind().dialect.name == "sqlite":
            session.execute(text("INSERT INTO search_fts(search_fts, rank) VALUES ('integrity-check', 1)"))


@pytest.mark.postgresql
def test_two_who_write_the_same_new_words_in_another_order_do_not_block_each_other(archive: Archive) -> None:
    with archive.app.app_context():
        one, other = Session(db.engine), Session(db.engine)
        for session in (one, other):
            session.execute(text("SET LOCAL lock_timeout = '2s'"))
        for session, word in (
            (one, "Alphaline"),
            (other, "Zetaline"),
            (one, "Zetaline"),
            (other, "Alphaline"),
        ):
            name = f"{word} of {id(session)}"
            session.add(Source(name=name, name_key=name, kind=SourceKind.PERSON, registered_at=now()))
            session.flush()
        one.commit()
        other.commit()
        one.close()
        other.close()
    with archive.session() as session:
        found = set(session.scalars(select(SearchWord.word).where(SearchWord.start.in_(["alp", "zet"]))))
    assert found == {"alphaline", "zetaline"}


def test_words_of_what_was_never_committed_are_not_kept(archive: Archive) -> None:
    with archive.app.app_context():
        cast.make_source(db.session, "Alphaline Board")
        db.session.rollback()
        cast.make_source(db.session, "Zetaline Board")
        db.session.commit()
        assert db.session.get(SearchWord, "alphaline") is None
        assert db.session.get(SearchWord, "zetaline") is not None
