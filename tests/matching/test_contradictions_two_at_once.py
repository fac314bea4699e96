"""Two people at the same moment: one does it, the other is told in words; nothing is done twice, nothing breaks."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select

from tests.grading.bench import judged
from tests.matching.claims import DENIED, GATES, HOUSES, MatchDesk
from tests.pages import Form
from verify.db import db, writing
from verify.grading.actions import submit_review
from verify.matching import contradiction_actions as actions
from verify.matching.contradiction_models import CombinedCheck, Contradiction, Standing

pytestmark = pytest.mark.both_databases


def at_once(*acts: Callable[[], int]) -> list[int]:
    """What each act answers when all begin at the same moment, in order of their numbers."""
    ready, answers = Barrier(len(acts)), []

    def begin(act: Callable[[], int]) -> None:
        ready.wait()
        answers.append(act())

    hands = [Thread(target=begin, args=(act,)) for act in acts]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    return sorted(answers)


def press(form: Form, **typed: str) -> Callable[[], int]:
    """Sending a form that was filled before."""
    fields = form.fields()
    for name, value in typed.items():
        fields[name] = value
    return lambda: form.page.visitor.client.post(form.address, data=fields).status_code


def a_pair(desk: MatchDesk) -> str:
    desk.ticket_for(GATES)
    second = desk.ticket_for(DENIED)
    with desk.session() as session:
        return f"/tickets/{second}/contradictions/{session.scalars(select(Contradiction.id)).one()}"


def test_one_confirms_and_one_refuses(desk: MatchDesk) -> None:
    address = a_pair(desk)
    forms = [desk.browser(who).get(address).form(button="Decide") for who in ("Omar", "Lena")]
    answers = at_once(
        press(forms[0], verdict="confirmed"), press(forms[1], verdict="refused", reason="Two dams.")
    )
    assert answers == [303, 409]


def test_two_put_the_same_pair_into_one_check(desk: MatchDesk) -> None:
    address = a_pair(desk)
    desk.browser("Omar").get(address).form(button="Decide").submit(verdict="confirmed")
    forms = [desk.browser(who).get(address).form_to("/together") for who in ("Omar", "Lena")]
    assert at_once(*(press(form, reason="One night.") for form in forms)) == [303, 409]
    with desk.session() as session:
        assert session.scalar(select(func.count()).select_from(CombinedCheck)) == 1


def test_two_state_the_same_pair_from_both_ends(desk: MatchDesk) -> None:
    first, second = desk.ticket_for(GATES), desk.ticket_for(HOUSES)
    forms = [
        press(desk.browser(who).get(f"/tickets/{here}/contradictions/new").form_to("/new"), other=there, reason="Dry.")
        for who, here, there in (("Omar", first, second), ("Lena", second, first))
    ]  # fmt: skip
    assert set(at_once(*forms)) <= {303, 409, 422}
    with desk.session() as session:
        assert session.scalars(select(Contradiction.standing)).one() is Standing.CONFIRMED


def test_the_last_two_reviews_of_two_claims_open_both(desk: MatchDesk) -> None:
    first, second = desk.ticket_for(GATES), desk.ticket_for(DENIED)
    with desk.session() as session:
        nadia, pair = desk.person(session, "Nadia"), session.scalars(select(Contradiction)).one()
        actions.decide(session, nadia, pair, verdict=Standing.CONFIRMED, reason="")
        actions.check_together(session, nadia, pair, reason="One night.")
    for reference in (first, second):
        desk.assign(reference, "Omar", "Lena")

    def review(who: str, reference: str) -> Callable[[], int]:
        def send() -> int:
            with desk.app.app_context(), writing():
                person, ticket = desk.person(db.session, who), desk.ticket(db.session, reference)
                submit_review(db.session, person, ticket, judged(), found_nothing=True)
                db.session.commit()
            return 1

        return send

    review("Omar", first)()
    review("Lena", second)()
    assert at_once(review("Omar", second), review("Lena", first)) == [1, 1]
    assert (desk.status(first), desk.status(second)) == ("graded", "graded")
