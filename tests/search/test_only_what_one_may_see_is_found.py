"""Whatever somebody may not see is not found, not counted, not quoted and not suggested, as if it were not there."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import cast
from tests.grading.bench import at, dispute, fill, judged, lay_out, send, window
from tests.pages import Visitor
from tests.publishing.walk import graded
from tests.search.conftest import Archive
from tests.search.reviews import review_of_others
from tests.sources.sealing import SECRETS, sealed
from verify.accounts.models import Person
from verify.claimreviews.models import ReviewPublisher
from verify.db import db, now
from verify.errors import Missing
from verify.publishing import actions as publishing
from verify.search import lookups
from verify.search.models import SearchEntry, SearchWord
from verify.search.query import read
from verify.sources.merge_actions import merge_sources, split_back
from verify.sources.models import Source
from verify.tickets import actions as tickets
from verify.tickets import lookups as of_tickets
from verify.tickets.models import Comment, Ticket

pytestmark = pytest.mark.both_databases
HIDDEN = "Marmalade on the sluice, I would say"


def finds(session: Session, reader: Person, typed: str) -> lookups.Finds:
    return lookups.find(session, reader, read(typed))


def test_what_one_reviewer_writes_is_kept_from_the_other_and_from_nobody_else(app: Flask) -> None:
    with at(app, lay_out(app)) as bench:
        tickets.add_comment(db.session, bench.first, bench.ticket, body=HIDDEN)
        db.session.commit()
        for reader in (bench.first, bench.third, bench.opener, bench.editor):
            assert finds(db.session, reader, "marmalade").total == 1
        for typed in (
            "marmalade",
            "marm",
            '"marmalade on the sluice"',
            "sluice -gates",
            "by:ona in:comments",
        ):
            kept = finds(db.session, bench.second, typed)
            assert (kept.total, kept.best) == (0, []), typed
        everything = finds(db.session, bench.second, "after:2000")
        assert everything.total == finds(db.session, bench.third, "after:2000").total - 1


def test_once_both_reviews_are_in_the_discussion_is_found_by_all(app: Flask) -> None:
    with at(app, lay_out(app)) as bench:
        tickets.add_comment(db.session, bench.first, bench.ticket, body=HIDDEN)
        db.session.commit()
        assert finds(db.session, bench.second, "marmalade").total == 0
        dispute(db.session, bench)
        assert finds(db.session, bench.second, "marmalade").total == 1


def test_a_misspelled_word_never_leads_to_one_that_only_comments_hold(app: Flask) -> None:
    with at(app, lay_out(app)) as bench:
        tickets.add_comment(db.session, bench.first, bench.ticket, body=HIDDEN)
        db.session.commit()
        assert db.session.get(SearchWord, "marmalade") is None
        for typed in ("marmelade", "marmalad", "Marmalada"):
            found = finds(db.session, bench.second, typed)
            assert "marmalade" not in str(found.clauses), typed
            assert not found.total


def test_the_pages_of_the_other_reviewer_do_not_change_when_a_comment_comes(app: Flask) -> None:
    bench = lay_out(app)
    second = window(app, bench.second)
    asked = ("/search?q=sluice", "/search?q=gates", "/search?q=marmelade", f"/search?q=by:{bench.first.name}")
    before = [second.get(address).text for address in asked]
    with at(app, bench) as here:
        tickets.add_comment(db.session, here.first, here.ticket, body=f"{HIDDEN}: the gates")
        db.session.commit()
    assert [second.get(address).text for address in asked] == before


def test_search_and_the_ticket_keep_back_the_same_comments(app: Flask) -> None:
    with at(app, lay_out(app)) as bench:
        everybody = (bench.first, bench.second, bench.third, bench.opener, bench.editor)
        for number, author in enumerate(everybody):
            tickets.add_comment(db.session, author, bench.ticket, body=f"Word {number} from the gallery")
        db.session.commit()
        pair = of_tickets.assignments(db.session, bench.ticket)
        for reader in everybody:
            seen = {one.id for one in of_tickets.comments(db.session, reader, bench.ticket, pair)}
            kept = set(db.session.scalars(of_tickets.held_back(reader)))
            assert seen | kept == set(db.session.scalars(select(Comment.id)))
            assert not seen & kept
            found = {one.key for one in finds(db.session, reader, "gallery in:comments").best}
            assert found == seen


@pytest.mark.parametrize("button", ["Seal and send", "Save draft"])
def test_a_review_and_its_draft_are_found_by_nobody(app: Flask, button: str) -> None:
    bench = lay_out(app)
    words = "Nine gates and a rusted wheel"
    fill(
        window(app, bench.first).get(f"{bench.address}/review"), bench, button=button, rationale=words,
        rating="false", override_reason="A wheel cannot lie.",
    )  # fmt: skip
    with at(app, bench) as here:
        for reader in (here.first, here.second, here.opener, here.editor):
            assert not finds(db.session, reader, "rusted").total
            assert not finds(db.session, reader, "rating:false").total
        assert db.session.get(SearchWord, "rusted") is None


def test_a_rating_is_found_once_it_is_settled_and_not_before(app: Flask) -> None:
    with at(app, lay_out(app)) as bench:
        send(db.session, bench, bench.first, judged())
        assert not finds(db.session, bench.editor, "rating:unverified").total
        send(db.session, bench, bench.second, judged())
        assert finds(db.session, bench.editor, "rating:unverified in:claims").total == 1


def test_the_wording_of_a_verdict_is_found_once_it_is_published(app: Flask) -> None:
    with app.app_context():
        desk = graded(db.session)
        publishing.write_wording(
            db.session, desk.editor, desk.ticket, summary="Only a heron saw the gates open."
        )
        db.session.commit()
        for reader in (desk.editor, desk.opener):
            assert not finds(db.session, reader, "heron").total
        assert db.session.get(SearchWord, "heron") is None


def test_who_an_anonymous_source_is_stands_nowhere_in_the_index(keyed: Flask) -> None:
    with keyed.app_context():
        nadia, _ = sealed()
        db.session.commit()
        for secret in SECRETS:
            assert not finds(db.session, nadia, secret).total
        held = [str(row._mapping) for table in (SearchEntry, SearchWord) for row in
                db.session.execute(select(table.__table__))]  # fmt: skip
        assert not [secret for secret in SECRETS if secret.casefold() in " ".join(held).casefold()]


def test_a_source_that_went_up_in_another_is_found_there_and_comes_back_with_the_split(
    archive: Archive,
) -> None:
    with archive.session() as session:
        nadia = archive.person(session, "Nadia")
        one, other = (
            cast.make_source(session, "Water Board of Orta"),
            cast.make_source(session, "Orta Waters"),
        )
        merge_sources(session, nadia, one, other, reason="Both cards name the same board.")
        numbers = one.id, other.id
    assert [hit.key for hit in archive.hits('"water board" in:sources')] == [numbers[1]]
    with archive.session() as session:
        split_back(
            session,
            archive.person(session, "Nadia"),
            session.get_one(Source, numbers[0]),
            reason="Two boards.",
        )
    assert [hit.key for hit in archive.hits('"water board" in:sources')] == [numbers[0]]


def test_strangers_are_asked_to_sign_in_and_closed_accounts_find_nothing(archive: Archive) -> None:
    archive.open("The gates of Orta were opened")
    page = Visitor(archive.app).get("/search?q=gates")
    assert page.path == "/sign-in"
    assert "Orta" not in page.text
    with archive.session() as session:
        omar = archive.person(session, "Omar")
        omar.active = False
        session.flush()
        with pytest.raises(Missing):
            lookups.find(session, omar, read("gates"))


def test_a_reader_of_the_desk_finds_what_readers_see(archive: Archive) -> None:
    reference = archive.open("The gates of Orta were opened")
    assert [hit.reference for hit in archive.hits("gates in:claims", reader="Grace")] == [reference]
    assert archive.page(reference, reader="Grace").path == f"/tickets/{reference}"


def test_a_claim_that_was_reworded_is_not_found_by_what_it_said(archive: Archive) -> None:
    reference = archive.open("The mayor of Orta was bribed")
    with archive.session() as session:
        ticket = session.scalars(select(Ticket).where(Ticket.reference == reference)).one()
        ticket.claim = "The mayor of Orta was warned"
    assert archive.titles("bribed in:claims") == []
    assert archive.titles("warned in:claims") == ["The mayor of Orta was warned"]
    assert "bribed" not in archive.page("bribd in:claims").select("//main")[0].text_content()


def test_reviews_of_a_publisher_that_is_being_removed_are_absent(archive: Archive) -> None:
    with archive.session() as session:
        number = review_of_others(
            session, claim="Herons opened the sluice", publisher="Delta Facts"
        ).publisher_id
    assert archive.finds("herons").total == 1
    with archive.session() as session:
        publisher = session.get_one(ReviewPublisher, number)
        publisher.refused_at, publisher.refused_reason = now(), "It withdrew its licence."
    for typed in ("herons", "in:elsewhere", "after:2000"):
        assert not archive.finds(typed).total, typed
