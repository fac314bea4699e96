"""A watched or published claim that comes in again is logged once, told to who watches, and confirmed by people."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from tests.matching.claims import DENIED, GATES, GATES_AGAIN, HOUSES, OTHER, MatchDesk
from verify.articles import actions as articles
from verify.articles.actions import Description
from verify.articles.models import Assertion, Polarity
from verify.jobs import worker
from verify.jobs.models import Job
from verify.matching import looking, sightings
from verify.matching.models import Notice, Sighting, Watch


def sighted(desk: MatchDesk) -> list[Sighting]:
    with desk.session() as session:
        found = list(session.scalars(select(Sighting).order_by(Sighting.id)))
        session.expunge_all()
        return found


def test_a_published_claim_that_comes_in_again_stands_on_its_ticket(desk: MatchDesk) -> None:
    reference = desk.publish(GATES)
    assert desk.comes_in(GATES_AGAIN) == 1
    page = desk.page("Rosa", f"/tickets/{reference}")
    assert "Seen again on 8 May 2024 in Evening Bell" in page.text
    assert "said by Lale Demir" in page.text
    assert "Nobody has confirmed it yet." in page.text
    (one,) = sighted(desk)
    assert one.method == "similarity/1"
    assert one.score >= 0.8
    assert any(reason.startswith("same names") for reason in one.why)


def test_what_comes_in_is_logged_once_however_often_it_is_looked_through(desk: MatchDesk) -> None:
    desk.publish(GATES)
    desk.comes_in(GATES_AGAIN)
    with desk.session() as session:
        version = session.scalars(select(Assertion).order_by(Assertion.id.desc())).first()
        assert version is not None
        assert sightings.look_and_log(session, version.version_id) == []
    assert len(sighted(desk)) == 1


def test_what_is_not_like_enough_or_denies_it_is_no_sighting(desk: MatchDesk) -> None:
    desk.publish(GATES)
    assert desk.comes_in(OTHER) == 0
    assert desk.comes_in("The gates of the town hall in Orta were painted on Tuesday") == 0
    assert desk.comes_in(DENIED) == 0
    with desk.session() as session:
        session.execute(update(Assertion).values(polarity=Polarity.DENIES))
        number = session.scalars(select(Assertion).where(Assertion.statement == OTHER)).one().version_id
        assert looking.look(session, number) == []


def test_a_claim_that_nobody_watches_and_that_is_not_public_is_left_alone(desk: MatchDesk) -> None:
    desk.ticket_for(GATES)
    assert desk.comes_in(GATES_AGAIN) == 0


def test_who_watches_a_ticket_finds_it_in_the_queue_until_they_have_seen_it(desk: MatchDesk) -> None:
    reference = desk.ticket_for(GATES)
    page = desk.page("Rosa", f"/tickets/{reference}").form("/watch").submit()
    assert "You watch this claim" in page.text
    assert desk.comes_in(GATES_AGAIN) == 1
    assert "Claims you watch, seen again" in desk.page("Rosa", "/queue").text
    assert "Claims you watch, seen again" not in desk.page("Omar", "/queue").text
    seen = desk.page("Rosa", f"/tickets/{reference}").form("/sightings/seen").submit()
    assert "out of your queue" in seen.text
    assert "Claims you watch, seen again" not in desk.page("Rosa", "/queue").text
    assert "Evening Bell" in desk.page("Rosa", f"/tickets/{reference}").text


def test_a_watch_in_ones_own_words_brings_what_is_like_it(desk: MatchDesk) -> None:
    listed = desk.page("Rosa", "/watch-list").form("/watch-list").submit(wording=HOUSES)
    assert "You are told when it comes in." in listed.text
    assert desk.comes_in("Forty houses in Orta's lower town stand under water") == 1
    assert "1 new" in desk.page("Rosa", "/queue").text
    page = desk.page("Rosa", "/watch-list")
    assert "Evening Bell" in page.text
    assert "1 new" in page.form("/end").page.text
    assert "1 new" not in page.form("/seen").submit().text
    assert "Evening Bell" not in desk.page("Omar", "/watch-list").text


@pytest.mark.parametrize("wording", ["", "   ", "Orta", "\u202e\u200b", "x" * 501])
def test_a_watch_that_would_match_anything_is_refused_with_what_was_typed(
    desk: MatchDesk, wording: str
) -> None:
    page = desk.page("Rosa", "/watch-list").form("/watch-list").submit(wording=wording)
    assert page.status == 422
    assert page.form("/watch-list").fields()["wording"].strip() == wording.strip()
    with desk.session() as session:
        assert session.scalar(select(Watch.id)) is None


def test_nobody_watches_the_same_twice(desk: MatchDesk) -> None:
    reference = desk.ticket_for(GATES)
    first, second = (desk.page("Rosa", f"/tickets/{reference}").form("/watch") for _ in range(2))
    first.submit()
    assert second.submit().status == 409
    desk.page("Rosa", "/watch-list").form("/watch-list").submit(wording=HOUSES)
    again = desk.page("Rosa", "/watch-list").form("/watch-list").submit(wording=HOUSES.upper())
    assert again.status == 409


def test_who_stopped_watching_is_told_no_more(desk: MatchDesk) -> None:
    reference = desk.ticket_for(GATES)
    desk.page("Rosa", f"/tickets/{reference}").form("/watch").submit()
    desk.page("Rosa", f"/tickets/{reference}").form("/watch/end").submit()
    desk.page("Rosa", "/watch-list").form("/watch-list").submit(wording=HOUSES)
    desk.page("Rosa", "/watch-list").form("/end").submit()
    assert desk.comes_in(GATES_AGAIN) == 0
    assert desk.comes_in(HOUSES) == 0


def test_nobody_ends_or_sees_for_somebody_else(desk: MatchDesk) -> None:
    desk.page("Rosa", "/watch-list").form("/watch-list").submit(wording=HOUSES)
    page = desk.page("Omar", "/watch-list")
    token = page.form("/watch-list").fields()["csrf_token"]
    with desk.session() as session:
        number = session.scalars(select(Watch.id)).one()
    for act in ("end", "seen"):
        assert desk.browser("Omar").post(f"/watch-list/{number}/{act}", {"csrf_token": token}).status == 404


def test_the_public_page_counts_only_what_a_person_confirmed(desk: MatchDesk) -> None:
    reference = desk.publish(GATES)
    desk.comes_in(GATES_AGAIN)
    public = f"/verdicts/{reference}"
    assert "Evening Bell" not in desk.page("Omar", public).text
    ticket = desk.page("Omar", f"/tickets/{reference}")
    forms = [one for one in ticket.tree.forms if dict(one.form_values()).get("say") == "seen"]
    desk.browser("Omar").post(forms[0].get("action"), dict(forms[0].form_values()))
    shown = desk.page("Omar", public)
    assert "Seen again in 1 article" in shown.text
    assert "Evening Bell" in shown.text
    assert "8 May 2024" in shown.text
    assert "Lale Demir" not in " ".join(
        one.text_content() for one in shown.select("//section[@id='seen-again']")
    )
    undo = desk.page("Omar", f"/tickets/{reference}").get_link("Look, or take it back")
    undo.form("/undo").submit("Take it back")
    assert "Evening Bell" not in desk.page("Omar", public).text
    assert "Confirm: it is this claim" in desk.page("Omar", f"/tickets/{reference}").text


def test_an_article_that_comes_in_is_looked_through_in_the_background_when_somebody_waits(
    desk: MatchDesk,
) -> None:
    text = f"Flood at Orta\n\n{GATES_AGAIN}, said Lale Demir, a spokeswoman for the water board.\n"
    with desk.session() as session:
        articles.take_in(session, None, text=text + "First.\n", described=Description("Before"))
        assert session.scalar(select(Job.id)) is None
    reference = desk.publish(GATES)
    with desk.session() as session:
        described = Description("After", outlet="Evening Bell", published_on=date(2024, 5, 9))
        articles.take_in(session, None, text=text + "Second.\n", described=described)
        assert session.scalars(select(Job.kind)).one() == "look_for_claims"
    worker_of(desk)
    assert "Seen again on 9 May 2024 in Evening Bell" in desk.page("Rosa", f"/tickets/{reference}").text
    with desk.session() as session:
        assert session.scalars(select(Job.told)).one() == "1 sighting."


def worker_of(desk: MatchDesk) -> None:
    with desk.app.app_context():
        worker.run_pending()


def test_merging_takes_watches_and_sightings_along(desk: MatchDesk) -> None:
    one, other = desk.ticket_for(GATES), desk.ticket_for(GATES_AGAIN, by="Omar")
    for name in ("Rosa", "Lena"):
        desk.page(name, f"/tickets/{one}").form("/watch").submit()
    desk.page("Lena", f"/tickets/{other}").form("/watch").submit()
    desk.comes_in(GATES)
    merge = desk.page("Tomas", f"/tickets/{one}/change?do=merge").form("/merge")
    assert merge.submit(into=other, reason="The same.").status == 200
    page = desk.page("Rosa", f"/tickets/{other}")
    assert "You watch this claim" in page.text
    assert "Evening Bell" in page.text
    with desk.session() as session:
        standing = select(Watch).where(Watch.ended_at.is_(None))
        assert len(session.scalars(standing).all()) == 2


def test_what_a_merged_ticket_brought_is_seen_on_the_ticket_that_took_it_in(desk: MatchDesk) -> None:
    one, other = desk.ticket_for(GATES), desk.ticket_for(GATES_AGAIN, by="Omar")
    desk.page("Rosa", f"/tickets/{one}").form("/watch").submit()
    desk.page("Lena", f"/tickets/{other}").form("/watch").submit()
    desk.comes_in(GATES)
    assert len(sighted(desk)) == 2
    merge = desk.page("Tomas", f"/tickets/{one}/change?do=merge").form("/merge")
    assert merge.submit(into=other, reason="The same.").status == 200
    assert "Claims you watch, seen again" in desk.page("Rosa", "/queue").text
    desk.page("Rosa", f"/tickets/{other}").form("/sightings/seen").submit()
    assert "Claims you watch, seen again" not in desk.page("Rosa", "/queue").text


def test_the_database_keeps_sightings_as_they_were_seen(desk: MatchDesk) -> None:
    desk.publish(GATES)
    desk.comes_in(GATES_AGAIN)
    for statement in (
        update(Sighting).values(statement="Something else"),
        update(Sighting).values(score=1.0),
    ):
        with pytest.raises(DBAPIError), desk.session() as session:
            session.execute(statement)
    (one,) = sighted(desk)
    twice = Sighting(ticket_id=one.ticket_id, article_id=one.article_id, assertion=one.assertion, statement="x",
                     score=0.9, none=0.1, method="x", sighted_at=one.sighted_at)  # fmt: skip
    with pytest.raises(DBAPIError), desk.session() as session:
        session.add(twice)
    with desk.session() as session:
        assert session.scalar(select(Notice.sighting_id)) is None
