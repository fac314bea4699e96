"""The discussion: who is named finds it in the queue until they have seen it; reviewers are kept apart."""

from __future__ import annotations

import pytest

from tests.tickets.conftest import Desk
from verify.audit.models import AuditEntry
from verify.tickets.discussion import named_in
from verify.tickets.models import Mention


def comment(desk: Desk, by: str, reference: str, body: str, mention: list[str] | None = None) -> None:
    page = desk.browser(by).get(f"/tickets/{reference}").form("/comment").submit(body=body, mention=mention)
    assert page.status == 200, page.text


def mentions(desk: Desk, first_name: str) -> bool:
    return bool(desk.browser(first_name).get("/queue").select("//tbody[@id='waiting-mentions']"))


def test_a_mention_waits_in_the_queue_until_it_is_seen(desk: Desk) -> None:
    reference = desk.open()
    comment(desk, "Nadia", reference, "@Omar, is this your village?")
    assert mentions(desk, "Omar")
    page = desk.browser("Omar").get(f"/tickets/{reference}")
    assert mentions(desk, "Omar"), "opening a page changes nothing"
    page.form("/mentions").submit()
    assert not mentions(desk, "Omar")


def test_answering_takes_the_mention_out_of_the_queue(desk: Desk) -> None:
    reference = desk.open()
    comment(desk, "Nadia", reference, "@Omar Haidari please look")
    comment(desk, "Omar", reference, "I have.")
    assert not mentions(desk, "Omar")


def test_people_are_picked_from_a_list_too(desk: Desk) -> None:
    reference = desk.open()
    comment(desk, "Nadia", reference, "Please look.", mention=[str(desk.ids["Lena"])])
    assert mentions(desk, "Lena")
    assert not mentions(desk, "Omar")


def test_a_mention_is_not_a_word_within_another(desk: Desk) -> None:
    with desk.session() as session:
        people = [desk.person(session, name) for name in ("Nadia", "Omar", "Lena")]
        assert [one.name for one in named_in("@Lenara and x@omar.example", people)] == ["Omar Haidari"]
        assert [one.name for one in named_in("(@nadia rahimi), @LENA!", people)] == [
            "Nadia Rahimi",
            "Lena Vogt",
        ]


def test_nobody_is_mentioned_to_themselves_or_twice(desk: Desk) -> None:
    reference = desk.open()
    comment(desk, "Omar", reference, "@Omar @Lena @Lena", mention=[str(desk.ids["Lena"])])
    with desk.session() as session:
        assert [one.person_id for one in session.query(Mention)] == [desk.ids["Lena"]]


def test_the_two_reviewers_see_none_of_each_others_words_before_the_reviews_open(desk: Desk) -> None:
    reference = desk.open()
    comment(desk, "Omar", reference, "Before the review: the film is on the site.")
    desk.assign(reference, "Omar", "Lena")
    comment(desk, "Omar", reference, "Sourcing looks like a two to me.")
    lena = desk.browser("Lena").get(f"/tickets/{reference}")
    assert "Before the review" in lena.text
    assert "looks like a two" not in lena.text
    for other in ("Omar", "Nadia", "Tomas"):
        assert "looks like a two" in desk.browser(other).get(f"/tickets/{reference}").text


def test_a_reviewer_may_not_call_the_other_into_the_discussion(desk: Desk) -> None:
    reference = desk.open()
    desk.assign(reference, "Omar", "Lena")
    page = (
        desk.browser("Omar")
        .get(f"/tickets/{reference}")
        .form("/comment")
        .submit(body="@Lena what do you give?")
    )
    assert page.status == 422
    assert page.form("/comment").fields()["body"] == "@Lena what do you give?"
    assert not mentions(desk, "Lena")


@pytest.mark.parametrize("body", ["", "   \n ", "x" * 5001])
def test_an_empty_or_endless_comment_is_refused_and_kept(desk: Desk, body: str) -> None:
    reference = desk.open()
    page = desk.browser("Omar").get(f"/tickets/{reference}").form("/comment").submit(body=body)
    assert page.status == 422
    assert page.form("/comment").fields()["body"] == body


def test_words_and_controls_of_a_comment_are_shown_not_obeyed(desk: Desk) -> None:
    reference = desk.open()
    comment(desk, "Omar", reference, "<script>alert(1)</script> \u202eevil")
    page = desk.browser("Nadia").get(f"/tickets/{reference}")
    assert "<script>alert" not in page.html
    assert "U+202E" in page.text


def test_seen_mentions_are_logged_once_and_only_where_there_were_any(desk: Desk) -> None:
    reference = desk.open()
    comment(desk, "Nadia", reference, "@Omar look")
    form = desk.browser("Omar").get(f"/tickets/{reference}").form("/mentions")
    form.submit()
    form.submit()
    with desk.session() as session:
        assert session.query(AuditEntry).filter_by(action="ticket.mentions_seen").count() == 1
