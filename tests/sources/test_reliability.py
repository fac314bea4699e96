"""Reliability is judged from a day on, with a reason; what held stays on record, and F is no judgement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from tests.cast import make_person, make_source, sign_in
from tests.meeting import at_once
from tests.pages import Visitor
from verify.accounts.models import Person
from verify.db import db, now
from verify.errors import Forbidden, Missing, Refused
from verify.grading import rubric
from verify.permissions import Role
from verify.sources.chart import chart
from verify.sources.models import Source, SourceReliability
from verify.sources.reliability import MEANINGS, Reliability, height
from verify.sources.reliability_actions import judge, take_judgement_back
from verify.sources.reliability_lookups import judgement_by_id, judgements_of, reliability_on, stretches
from verify.sources.signals import registry_changed

R = Reliability
BECAUSE = "Three corrections in a year, each within a day."


def judged(actor: Person, source: Source, grade: Reliability, since: str) -> SourceReliability:
    return judge(db.session, actor, source, grade=grade, since=date.fromisoformat(since), reason=BECAUSE)


def on(source: Source, day: str) -> str | None:
    found = reliability_on(db.session, [source.id], date.fromisoformat(day)).get(source.id)
    return found.grade.value if found else None


def test_what_held_on_a_day_is_known_whenever_it_was_judged(app: Flask) -> None:
    with app.app_context():
        nadia, source = make_person(db.session, "Nadia Rahimi"), make_source(db.session, "Orta Courier")
        judged(nadia, source, R.C, "2021-06-01")
        judged(nadia, source, R.E, "2022-01-01")
        judged(nadia, source, R.B, "2020-01-01")  # judged last, for the longest ago
        days = ("2019-12-31", "2020-01-01", "2021-05-31", "2021-06-01", "2021-12-31", "2022-01-01")
        assert [on(source, day) for day in days] == [None, "B", "B", "C", "C", "E"]


def test_of_two_judgements_from_one_day_the_later_one_holds(app: Flask) -> None:
    with app.app_context():
        nadia, source = make_person(db.session, "Nadia Rahimi"), make_source(db.session, "Orta Courier")
        judged(nadia, source, R.A, "2021-06-01")
        judged(nadia, source, R.D, "2021-06-01")
        assert on(source, "2021-06-01") == "D"
        assert [one.grade for one in stretches(judgements_of(db.session, source))] == [R.D]


def test_a_judgement_taken_back_leaves_what_held_before(app: Flask) -> None:
    with app.app_context():
        nadia, source = make_person(db.session, "Nadia Rahimi"), make_source(db.session, "Orta Courier")
        judged(nadia, source, R.B, "2020-01-01")
        wrong = judged(nadia, source, R.E, "2021-01-01")
        with pytest.raises(Refused, match="Say why the judgement does not hold"):
            take_judgement_back(db.session, nadia, source, wrong, reason=" ")
        take_judgement_back(db.session, nadia, source, wrong, reason="It was another paper.")
        assert on(source, "2021-06-01") == "B"
        with pytest.raises(Refused, match="taken back already"):
            take_judgement_back(db.session, nadia, source, wrong, reason="Again.")
        assert len(judgements_of(db.session, source)) == 2


def test_a_judgement_needs_a_reason_and_no_day_to_come(app: Flask) -> None:
    with app.app_context():
        nadia, source = make_person(db.session, "Nadia Rahimi"), make_source(db.session, "Orta Courier")
        tomorrow = now().date() + timedelta(days=1)
        with pytest.raises(Refused, match="a day to come") as refused:
            judge(db.session, nadia, source, grade=R.A, since=tomorrow, reason=BECAUSE)
        assert refused.value.field == "since"
        with pytest.raises(Refused, match="Say what this rests on"):
            judge(db.session, nadia, source, grade=R.A, since=None, reason="\n")
        rosa = make_person(db.session, "Rosa Klein", Role.READER)
        with pytest.raises(Forbidden):
            judge(db.session, rosa, source, grade=R.A, since=None, reason=BECAUSE)
        assert judge(db.session, nadia, source, grade=R.F, since=None, reason=BECAUSE).since == now().date()
        with pytest.raises(Missing):
            judgement_by_id(db.session, source, 99)


def test_the_database_keeps_judgements_as_they_were_made(app: Flask) -> None:
    with app.app_context():
        nadia, source = make_person(db.session, "Nadia Rahimi"), make_source(db.session, "Orta Courier")
        kept = judged(nadia, source, R.B, "2020-01-01").id
        db.session.commit()
        for change in ("grade", "reason", "delete"):
            one = db.session.get_one(SourceReliability, kept)
            if change == "grade":
                one.grade = R.A
            elif change == "reason":
                one.reason = "Something else."
            else:
                db.session.delete(one)
            with pytest.raises(IntegrityError):
                db.session.flush()
            db.session.rollback()


def test_f_stands_beside_the_scale_and_never_at_its_end() -> None:
    assert height(R.F) is None
    assert [height(grade) for grade in "ABCDE" for grade in [R(grade)]] == [5, 4, 3, 2, 1]
    assert "worst" in MEANINGS[R.F][1]
    assert rubric.RELIABILITY["F"].label == MEANINGS[R.F][0] == "cannot be judged"


def test_the_drawing_leaves_a_gap_where_nothing_could_be_judged(app: Flask) -> None:
    with app.app_context():
        nadia, source = make_person(db.session, "Nadia Rahimi"), make_source(db.session, "Orta Courier")
        judged(nadia, source, R.A, "2021-01-01")
        assert chart(stretches(judgements_of(db.session, source)), date(2021, 12, 31)) is None
        judged(nadia, source, R.F, "2021-04-01")
        judged(nadia, source, R.E, "2021-07-01")
        judged(nadia, source, R.D, "2021-10-01")
        drawn = chart(stretches(judgements_of(db.session, source)), date(2021, 12, 31))
    assert drawn is not None
    assert [bar.top for bar in drawn.bars] == [10, None, 90, 70]
    assert [step[1:] for step in drawn.steps] == [(90, 70)]
    assert drawn.bars[-1].left + drawn.bars[-1].width == 1000


def test_whoever_depends_on_the_registry_hears_of_it(app: Flask) -> None:
    told: list[list[int]] = []

    def listen(source_ids: Sequence[int], **_: object) -> None:
        told.append(list(source_ids))

    with app.app_context(), registry_changed.connected_to(listen):
        nadia, source = make_person(db.session, "Nadia Rahimi"), make_source(db.session, "Orta Courier")
        one = judged(nadia, source, R.E, "2021-01-01")
        take_judgement_back(db.session, nadia, source, one, reason="It was another paper.")
        assert told == [[source.id]] * 2


def test_a_source_is_judged_and_the_judgement_taken_back_in_the_browser(app: Flask) -> None:
    with app.app_context():
        nadia, source = make_person(db.session, "Nadia Rahimi"), make_source(db.session, "Orta Courier")
        db.session.commit()
        visitor, address = sign_in(Visitor(app), nadia), f"/sources/{source.id}"
    assert "That is no bad mark" in visitor.get(address).text
    page = visitor.get(address).get_link("Judge its reliability").form("/reliability/new").submit(reason="x")
    assert page.status == 422
    assert "F is for “cannot be judged”" in page.text
    page = page.form("/reliability/new").submit(grade="F", since="2021-01-01", reason="New to the desk.")
    assert "cannot be judged" in page.text
    page = visitor.get(f"{address}/reliability/new")
    page = page.form("/reliability/new").submit(grade="B", since="2021-06-01", reason=BECAUSE)
    assert page.select("//*[contains(@class, 'course__gap')]")
    assert "B usually reliable" in visitor.get("/sources").text.replace("Busually", "B usually")
    form = next(one for one in page.tree.forms if one.get("action", "").endswith("/end"))
    assert form is not None
    refused = page.visitor.get(address)
    ends = [one for one in refused.tree.forms if one.get("action", "").endswith("/end")]
    assert len(ends) == 2


@pytest.mark.postgresql
def test_two_who_take_a_judgement_back_at_once_are_told_so(app: Flask) -> None:
    with app.app_context():
        nadia, source = make_person(db.session, "Nadia Rahimi"), make_source(db.session, "Orta Courier")
        number, address = judged(nadia, source, R.D, "2021-06-01").id, f"/sources/{source.id}"
        people = [
            sign_in(Visitor(app), person) for person in (nadia, make_person(db.session, "Omar Haidari"))
        ]
    forms = [person.get(address).form(f"/reliability/{number}/end") for person in people]
    answers = at_once(*(partial(form.submit, reason="It was another outlet.") for form in forms))
    (late,) = (answer for answer in answers if answer.status == 422)
    assert "This judgement was taken back already." in late.text


def test_the_same_judgement_is_made_once_and_another_letter_or_day_is_another(app: Flask) -> None:
    with app.app_context():
        nadia, source = make_person(db.session, "Nadia Rahimi"), make_source(db.session, "Orta Courier")
        first = judged(nadia, source, R.E, "2021-06-01")
        with pytest.raises(
            Refused, match="Orta Courier was judged E from 2021-06-01 already by Nadia Rahimi: “Three"
        ):
            judged(nadia, source, R.E, "2021-06-01")
        judged(nadia, source, R.E, "2021-09-01")
        judged(nadia, source, R.D, "2021-06-01")
        take_judgement_back(db.session, nadia, source, first, reason="Another outlet was meant.")
        judged(nadia, source, R.E, "2021-06-01")
        assert on(source, "2021-06-01") == "E"


@pytest.mark.postgresql
def test_a_source_is_discredited_once_by_two_at_the_same_moment(app: Flask) -> None:
    with app.app_context():
        nadia, source = make_person(db.session, "Nadia Rahimi"), make_source(db.session, "Orta Courier")
        address = f"/sources/{source.id}/reliability/new"
        people = [
            sign_in(Visitor(app), person) for person in (nadia, make_person(db.session, "Omar Haidari"))
        ]
    forms = [person.get(address).form("/new") for person in people]
    answers = at_once(*(partial(form.submit, grade="E", reason=BECAUSE) for form in forms))
    (late,) = (answer for answer in answers if answer.status == 422)
    assert "Orta Courier was judged E from" in late.text
