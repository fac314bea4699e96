"""What the machine suggested, what a person made of it, and why, stay beside each other and can be taken back."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from tests.articles.conftest import TakenIn
from tests.cast import ARTICLE
from tests.pages import Page, Visitor
from verify.articles.models import Act, Assertion, AssertionState, Decision, Ground, Polarity
from verify.articles.wording import as_words
from verify.audit.models import AuditEntry, AuditPayload
from verify.db import db


def attributed(app: Flask) -> Assertion:
    """The first assertion that somebody made."""
    with app.app_context():
        return next(one for one in db.session.scalars(select(Assertion).order_by(Assertion.id)) if one.hops)


def again(app: Flask, one: Assertion) -> Assertion:
    with app.app_context():
        found = db.session.get_one(Assertion, one.id)
        assert as_words(found)
        return found


def words_of(app: Flask, one: Assertion) -> dict[str, object]:
    with app.app_context():
        return as_words(db.session.get_one(Assertion, one.id))


def edit(visitor: Visitor, article: int, one: Assertion, **typed: str) -> Page:
    page = visitor.get(f"/articles/{article}/assertions/{one.id}/edit")
    return page.form(button="Save the assertion").submit("Save the assertion", **typed)


def dismiss(visitor: Visitor, article: int, one: Assertion, query: str = "", **typed: str) -> Page:
    return visitor.get(f"/articles/{article}{query}").form_to(f"/assertions/{one.id}/dismiss").submit(**typed)


def decisions(app: Flask) -> list[Decision]:
    with app.app_context():
        return list(db.session.scalars(select(Decision).order_by(Decision.id)))


def test_an_edit_keeps_what_was_suggested_beside_it_with_who_and_why(
    app: Flask, checker: Visitor, taken_in: TakenIn
) -> None:
    article, one = taken_in(ARTICLE), attributed(app)
    page = edit(checker, article, one, statement="As a person words it", why="The spotter cut it short.")
    card = page.select(f"//article[@id='assertion-{one.id}']")[0]
    assert [" ".join(was.text_content().split()) for was in card.xpath(".//del")] == [one.statement]
    assert [" ".join(now.text_content().split()) for now in card.xpath(".//ins")] == ["As a person words it"]
    said = " ".join(card.text_content().split())
    assert "Edited by Nadia Rahimi" in said
    assert "The spotter cut it short." in said
    (kept,) = decisions(app)
    assert (kept.act, kept.reason) == (Act.EDITED, "The spotter cut it short.")
    assert kept.changes == {"statement": [one.statement, "As a person words it"]}


def test_two_edits_keep_the_first_wording_as_the_suggested_one(
    app: Flask, checker: Visitor, taken_in: TakenIn
) -> None:
    article, one = taken_in(ARTICLE), attributed(app)
    edit(checker, article, one, statement="Once")
    edit(checker, article, one, statement="Twice")
    suggested = again(app, one).suggested
    assert suggested is not None
    assert suggested["statement"] == one.statement
    assert [kept.changes["statement"][1] for kept in decisions(app)] == ["Once", "Twice"]


def test_an_edit_taken_back_stands_exactly_as_it_was_suggested(
    app: Flask, checker: Visitor, taken_in: TakenIn
) -> None:
    article, one = taken_in(ARTICLE), attributed(app)
    before = words_of(app, one)
    page = edit(
        checker, article, one, statement="Otherwise", origin_name="Somebody else", origin_terms="unnamed",
        polarity="cannot confirm", cue_type="belief", mode="direct", origin_speaks_for="Orta Council",
        passage=ARTICLE[one.start : one.end - 5],
    )  # fmt: skip
    changed = again(app, one)
    assert (changed.polarity, changed.end) == (Polarity.CANNOT_CONFIRM, one.end - 5)
    for words in ("Somebody else", "unnamed", "for Orta Council", "cannot confirm it", "belief"):
        assert words in page.text
    page.form_to(f"/assertions/{one.id}/undo-edit").submit()
    assert words_of(app, one) == before
    after = again(app, one)
    assert after.suggested is None
    assert after.edited, "a person looked at it, so spotting anew leaves it alone"
    assert [kept.act for kept in decisions(app)] == [Act.EDITED, Act.EDIT_UNDONE]


def test_an_edit_is_taken_back_once(app: Flask, checker: Visitor, taken_in: TakenIn) -> None:
    article, one = taken_in(ARTICLE), attributed(app)
    edit(checker, article, one, statement="Otherwise")
    forms = [checker.get(f"/articles/{article}").form_to(f"/assertions/{one.id}/undo-edit") for _ in range(2)]
    assert forms[0].submit().status == 200
    refused = forms[1].submit()
    assert refused.status == 409
    assert "Somebody changed this assertion" in refused.text


def test_words_typed_back_by_hand_are_no_edit_any_more(
    app: Flask, checker: Visitor, taken_in: TakenIn
) -> None:
    article, one = taken_in(ARTICLE), attributed(app)
    edit(checker, article, one, statement="Otherwise")
    edit(checker, article, one, statement=one.statement)
    assert again(app, one).suggested is None


def test_a_dismissal_names_a_reason_of_the_list_and_keeps_the_persons_words(
    app: Flask, checker: Visitor, taken_in: TakenIn
) -> None:
    article, one = taken_in(ARTICLE), attributed(app)
    page = dismiss(checker, article, one, ground="wrong-speaker", reason="It was the governor.")
    assert "The wrong speaker, or none found: It was the governor." in page.text
    after = again(app, one)
    assert (after.ground, after.reason) == (Ground.WRONG_SPEAKER, "It was the governor.")
    page.form_to(f"/assertions/{one.id}/restore").submit()
    after = again(app, one)
    assert (after.state, after.ground, after.reason) == (AssertionState.SUGGESTED, None, "")
    assert [kept.act for kept in decisions(app)] == [Act.DISMISSED, Act.RESTORED]
    said = checker.get(f"/articles/{article}").text
    assert "Dismissed by Nadia Rahimi" in said, "the history tells of a dismissal that was taken back"
    assert "It was the governor." in said


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"ground": "", "reason": "Words alone."}, "Say why, so that nobody has to wonder later."),
        ({"ground": "other", "reason": " "}, "Say in a few words what the reason is."),
        ({"ground": "because"}, "Choose one of those offered"),
        ({"ground": "other", "reason": "x" * 501}, "under 500 characters"),
    ],
)
def test_a_dismissal_without_a_reason_comes_back_with_what_was_typed(
    app: Flask, checker: Visitor, taken_in: TakenIn, typed: dict[str, str], sentence: str
) -> None:
    article, one = taken_in(ARTICLE), attributed(app)
    page = dismiss(checker, article, one, **typed)
    assert page.status == 422
    assert sentence in page.text
    fields = page.form_to(f"/assertions/{one.id}/dismiss").fields()
    assert fields["reason"] == typed.get("reason", "")
    assert again(app, one).state is AssertionState.SUGGESTED
    assert decisions(app) == []


def test_the_log_tells_each_decision_with_its_reason(app: Flask, checker: Visitor, taken_in: TakenIn) -> None:
    article, one = taken_in(ARTICLE), attributed(app)
    edit(checker, article, one, statement="Otherwise", why="It was cut short.")
    checker.get(f"/articles/{article}").form_to(f"/assertions/{one.id}/undo-edit").submit()
    dismiss(checker, article, one, ground="opinion")
    with app.app_context():
        asked = select(AuditEntry.action, AuditPayload.payload).join(
            AuditPayload, AuditPayload.sequence == AuditEntry.sequence
        )
        told: dict[str, str] = {}
        for action, payload in db.session.execute(asked.order_by(AuditEntry.sequence)):
            told[action] = payload
    assert "It was cut short." in told["assertion.edited"]
    assert "Otherwise" in told["assertion.edit_undone"]
    assert '"opinion"' in told["assertion.dismissed"]


def test_no_one_rewrites_the_history_of_an_assertion(app: Flask, checker: Visitor, taken_in: TakenIn) -> None:
    article, one = taken_in(ARTICLE), attributed(app)
    dismiss(checker, article, one, ground="opinion")
    for statement in ("UPDATE decision SET reason = 'x'", "DELETE FROM decision"):
        with app.app_context(), pytest.raises(DBAPIError, match="never"):
            db.session.execute(text(statement))
