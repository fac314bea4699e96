"""Ties say where they are known from, and cannot contradict each other."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cast import make_person, make_source, sign_in, take_in
from tests.meeting import at_once
from tests.pages import Visitor
from verify.accounts.models import Person
from verify.audit.models import AuditEntry
from verify.db import db
from verify.errors import Refused
from verify.sources.actions import describe_source
from verify.sources.models import Source, SourceKind, SourceTie, TieKind
from verify.sources.tie_actions import Statement, close_tie, end_tie, state_tie
from verify.sources.tie_lookups import parties_on, ties_on

KNOWN = "https://board.example/about"


def state(actor: Person, one: Source, kind: TieKind, other: Source | None, **more: Any) -> SourceTie:
    words: dict[str, Any] = {"known_from": KNOWN} | more
    return state_tie(db.session, actor, one, Statement(kind=kind, other=other, **words))


def three() -> tuple[Person, Source, Source, Source]:
    nadia = make_person(db.session, "Nadia Rahimi")
    return nadia, *(make_source(db.session, name) for name in ("Courier", "Holding", "Family"))  # type: ignore[return-value]  # three of them


def test_a_tie_needs_where_it_is_known_from(app: Flask) -> None:
    with app.app_context():
        nadia, one, other, _ = three()
        with pytest.raises(Refused, match="Say where this tie is known from") as refused:
            state(nadia, one, TieKind.SPEAKS_FOR, other, known_from="  ")
        assert refused.value.field == "known_from"


def test_a_source_is_never_tied_to_itself(app: Flask) -> None:
    with app.app_context():
        nadia, one, _, _ = three()
        with pytest.raises(Refused, match="Courier cannot be tied to itself"):
            state(nadia, one, TieKind.ALLIED_WITH, one)


def test_the_same_tie_is_stated_once_for_a_period(app: Flask) -> None:
    with app.app_context():
        nadia, one, other, _ = three()
        state(nadia, one, TieKind.OWNED_BY, other, until=date(2020, 12, 31))
        state(nadia, one, TieKind.OWNED_BY, other, since=date(2021, 1, 1))
        with pytest.raises(Refused, match=r"This is stated already: Courier is owned by Holding\."):
            state(nadia, one, TieKind.OWNED_BY, other, since=date(2020, 6, 1))


def test_friend_and_foe_at_once_is_a_contradiction(app: Flask) -> None:
    with app.app_context():
        nadia, one, other, _ = three()
        state(nadia, one, TieKind.HOSTILE_TO, other)
        for kind in (TieKind.ALLIED_WITH, TieKind.SPEAKS_FOR, TieKind.MEMBER_OF):
            with pytest.raises(Refused, match="This contradicts another tie"):
                state(nadia, other, kind, one)
        with pytest.raises(Refused, match="This is stated already"):
            state(nadia, other, TieKind.HOSTILE_TO, one)


@pytest.mark.parametrize("kind", [TieKind.OWNED_BY, TieKind.SPEAKS_FOR, TieKind.MEMBER_OF])
def test_owning_speaking_and_belonging_never_go_in_a_circle(app: Flask, kind: TieKind) -> None:
    with app.app_context():
        nadia, one, two, three_ = three()
        state(nadia, one, kind, two)
        state(nadia, two, kind, three_)
        with pytest.raises(Refused, match="This would make a circle") as refused:
            state(nadia, three_, kind, one)
        assert refused.value.field == "other"


def test_a_party_names_its_event_and_is_stated_once(app: Flask) -> None:
    with app.app_context():
        nadia, one, other, _ = three()
        with pytest.raises(Refused, match="Name the event"):
            state(nadia, one, TieKind.PARTY_TO, None)
        with pytest.raises(Refused, match="cannot be seen"):
            state(nadia, one, TieKind.PARTY_TO, None, event="The \u202eflood")
        with pytest.raises(Refused, match="party to an event, not to Holding") as refused:
            state(nadia, one, TieKind.PARTY_TO, other, event="The flood")
        assert refused.value.field == "other"
        with pytest.raises(Refused, match="Empty this field") as refused:
            state(nadia, one, TieKind.ALLIED_WITH, other, event="The flood")
        assert refused.value.field == "event"
        state(nadia, one, TieKind.PARTY_TO, None, event="The flood")
        with pytest.raises(Refused, match="This is stated already: Courier is a party to The flood"):
            state(nadia, one, TieKind.PARTY_TO, None, event="the  FLOOD")


def test_a_tie_cannot_end_before_it_begins(app: Flask) -> None:
    with app.app_context():
        nadia, one, other, _ = three()
        with pytest.raises(Refused, match="end before it begins"):
            state(nadia, one, TieKind.ALLIED_WITH, other, since=date(2021, 2, 1), until=date(2021, 1, 1))


def test_a_tie_that_was_taken_back_stays_on_the_card_and_may_be_stated_anew(app: Flask) -> None:
    with app.app_context():
        nadia, one, other, _ = three()
        tie = state(nadia, one, TieKind.SPEAKS_FOR, other)
        with pytest.raises(Refused, match="Say why"):
            end_tie(db.session, nadia, one, tie, reason=" ")
        end_tie(db.session, nadia, one, tie, reason="He was dismissed in May.")
        with pytest.raises(Refused, match="taken back already"):
            end_tie(db.session, nadia, one, tie, reason="Again.")
        state(nadia, one, TieKind.SPEAKS_FOR, other)
        db.session.commit()
        page = sign_in(Visitor(app), nadia).get(f"/sources/{one.id}")
    assert "He was dismissed in May." in page.text
    assert "Taken back (1)" in page.text


def test_a_tie_is_stated_and_taken_back_in_the_browser(app: Flask) -> None:
    with app.app_context():
        nadia, one, *_ = three()
        db.session.commit()
        visitor, address = sign_in(Visitor(app), nadia), f"/sources/{one.id}"
    empty = visitor.get(f"{address}/ties/new").form("/ties/new")
    page = empty.submit(kind="owned_by", other="Holdings", known_from="The company register")
    assert page.status == 422
    assert "No source goes by “Holdings”. Do you mean Holding?" in page.text
    page = page.form("/ties/new").submit(other="holding")
    assert "The tie is stated" in page.text
    assert "is owned by Holding" in page.text
    page = page.form("/end").submit(reason="Sold to its staff.")
    assert "Sold to its staff." in page.text


def test_taking_a_tie_back_without_a_reason_shows_the_card_again(app: Flask) -> None:
    with app.app_context():
        nadia, one, other, _ = three()
        state(nadia, one, TieKind.OWNED_BY, other)
        db.session.commit()
        visitor, address = sign_in(Visitor(app), nadia), f"/sources/{one.id}"
    page = visitor.get(address).form("/end").submit(reason="  ")
    assert page.status == 422
    assert "is owned by Holding" in page.text


def test_a_tie_that_ended_holds_until_its_last_day(app: Flask) -> None:
    with app.app_context():
        nadia, one, other, _ = three()
        tie = state(nadia, one, TieKind.SPEAKS_FOR, other, since=date(2020, 1, 1))
        with pytest.raises(Refused, match="end before it began") as refused:
            close_tie(db.session, nadia, one, tie, until=date(2019, 12, 31), reason="Dismissed.")
        assert refused.value.field == "until"
        close_tie(db.session, nadia, one, tie, until=date(2021, 5, 31), reason="Dismissed.")
        assert [
            day for day in (date(2021, 5, 31), date(2021, 6, 1)) if ties_on(db.session, [one.id], day)
        ] == [date(2021, 5, 31)]
        assert ties_on(db.session, [other.id]) == [tie]
        with pytest.raises(Refused, match="ended on 2021-05-31 already"):
            close_tie(db.session, nadia, one, tie, until=date(2021, 7, 1), reason="Dismissed.")
        state(nadia, one, TieKind.HOSTILE_TO, other, since=date(2021, 6, 1))  # no contradiction any more


def test_owners_may_change_places_one_after_the_other(app: Flask) -> None:
    with app.app_context():
        nadia, one, other, third = three()
        state(nadia, one, TieKind.OWNED_BY, other, until=date(2010, 12, 31))
        state(nadia, other, TieKind.OWNED_BY, third, since=date(2005, 1, 1))
        state(nadia, third, TieKind.OWNED_BY, one, since=date(2011, 1, 1))
        with pytest.raises(
            Refused, match=r"through others.* Courier is owned by Holding\. Holding is owned by Family\."
        ):
            state(nadia, third, TieKind.OWNED_BY, one, since=date(2008, 1, 1), until=date(2009, 1, 1))


def test_a_family_of_publishers_reads_the_same_from_both_ends(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        one, other = (make_source(db.session, name, SourceKind.OUTLET) for name in ("Courier", "Post"))
        tie = state(nadia, one, TieKind.SAME_FAMILY, other)
        with pytest.raises(Refused, match="stated already"):
            state(nadia, other, TieKind.SAME_FAMILY, one)
        with pytest.raises(Refused, match="contradicts another tie"):
            state(nadia, other, TieKind.HOSTILE_TO, one)
        with pytest.raises(Refused, match="Publishers form a family, and Lale Demir is none"):
            state(nadia, one, TieKind.SAME_FAMILY, make_source(db.session, "Lale Demir"))
        assert ties_on(db.session, [other.id]) == [tie]


def test_parties_are_told_for_a_day(app: Flask) -> None:
    with app.app_context():
        nadia, one, other, _ = three()
        state(nadia, one, TieKind.PARTY_TO, None, event="The flood", since=date(2021, 1, 1))
        state(nadia, one, TieKind.PARTY_TO, None, event="The tender", until=date(2020, 12, 31))
        state(nadia, one, TieKind.ALLIED_WITH, other)
        assert parties_on(db.session, [one.id, other.id], date(2021, 3, 1)) == {one.id: ["The flood"]}
        assert parties_on(db.session, [one.id]) == {one.id: ["The flood", "The tender"]}


def test_a_tie_is_read_from_the_card_it_stands_on(app: Flask) -> None:
    with app.app_context():
        nadia, one, other, _ = three()
        state(nadia, one, TieKind.OWNED_BY, other, since=date(2020, 1, 1))
        state(nadia, one, TieKind.SPEAKS_FOR, other, until=date(2020, 1, 1))
        db.session.commit()
        visitor = sign_in(Visitor(app), nadia)
        here, there = f"/sources/{one.id}", f"/sources/{other.id}"
    assert "is owned by Holding since 1 January 2020" in visitor.get(here).text
    page = visitor.get(there)
    assert "owns Courier since 1 January 2020" in page.text
    assert "is spoken for by Courier (not today)" in page.text


def test_a_tie_known_from_an_article_of_the_desk_leads_there(app: Flask) -> None:
    with app.app_context():
        nadia, one, _, _ = three()
        article = take_in(db.session, nadia)
        db.session.commit()
        visitor, address, number = sign_in(Visitor(app), nadia), f"/sources/{one.id}/ties/new", article.id
    form = visitor.get(address).form("/ties/new")
    page = form.submit(
        kind="owned_by", other="Holding", known_from=f"http://localhost/articles/{number}", since="2020-01-01"
    )
    assert page.get_link(f"article {number} of this desk").path == f"/articles/{number}"
    page = page.form("/end").submit(until="2021-01-01", reason="Sold to its staff.")
    assert "The tie held until 1 January 2021" in page.text
    assert "1 January 2020 to 1 January 2021" in page.text
    assert "ended on 1 January 2021: Courier is owned by Holding" in page.text


@pytest.mark.postgresql
def test_two_who_take_a_tie_back_at_once_do_not_overwrite_each_other(app: Flask) -> None:
    with app.app_context():
        nadia, one, other, _ = three()
        tie = state(nadia, one, TieKind.OWNED_BY, other).id
        address = f"/sources/{one.id}"
        people = [
            sign_in(Visitor(app), person) for person in (nadia, make_person(db.session, "Omar Haidari"))
        ]
    forms = [person.get(address).form(f"/ties/{tie}/end") for person in people]
    answers = at_once(*(partial(form.submit, reason=f"Reason {at}.") for at, form in enumerate(forms)))
    (late,) = (at for at, answer in enumerate(answers) if answer.status == 422)
    assert "This tie was taken back already." in answers[late].text
    with app.app_context():
        assert db.session.get_one(SourceTie, tie).ended_reason == f"Reason {1 - late}."
        assert list(db.session.scalars(select(AuditEntry.action))).count("source.tie_ended") == 1


def test_a_page_that_still_shows_a_tie_is_told_that_it_was_taken_back(app: Flask) -> None:
    with app.app_context():
        nadia, one, other, _ = three()
        tie = state(nadia, one, TieKind.OWNED_BY, other).id
        address = f"/sources/{one.id}"
        visitor = sign_in(Visitor(app), nadia)
    first, second = (visitor.get(address).form(f"/ties/{tie}/end") for _ in range(2))
    assert first.submit(reason="A mix-up.").status == 200
    late = second.submit(reason="It never held.")
    assert late.status == 422
    assert "This tie was taken back already." in late.text


@pytest.mark.postgresql
def test_two_ties_stated_at_once_close_no_circle(app: Flask) -> None:
    with app.app_context():
        nadia, one, two, three_ = three()
        four = make_source(db.session, "Trust")
        state(nadia, one, TieKind.OWNED_BY, two)
        state(nadia, three_, TieKind.OWNED_BY, four)
        ends = [(f"/sources/{two.id}/ties/new", three_.name), (f"/sources/{four.id}/ties/new", one.name)]
        people = [
            sign_in(Visitor(app), person) for person in (nadia, make_person(db.session, "Omar Haidari"))
        ]
    forms = [person.get(page).form("/ties/new") for person, (page, _) in zip(people, ends, strict=True)]
    said = {"kind": "owned_by", "known_from": KNOWN}
    answers = at_once(
        *(partial(form.submit, other=other, **said) for form, (_, other) in zip(forms, ends, strict=True))
    )
    (late,) = (answer for answer in answers if answer.status == 422)
    assert "This would make a circle" in late.text


def test_a_publisher_of_a_family_does_not_become_a_person(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        one, other = (make_source(db.session, name, SourceKind.OUTLET) for name in ("Courier", "Post"))
        state(nadia, one, TieKind.SAME_FAMILY, other)
        said: dict[str, Any] = {"name": other.name, "note": "", "version": other.version}
        with pytest.raises(
            Refused, match=r"Courier is of one family of publishers with Post\. Take that tie back"
        ):
            describe_source(db.session, nadia, other, kind=SourceKind.PERSON, **said)
        assert (
            describe_source(db.session, nadia, other, kind=SourceKind.AGENCY, **said).kind
            is SourceKind.AGENCY
        )
