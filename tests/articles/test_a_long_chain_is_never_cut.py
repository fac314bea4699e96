"""The form of an assertion shows a whole chain, or refuses to save it; it never drops a hop."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.articles.conftest import TakenIn
from tests.articles.test_people_decide_on_assertions import assertions
from tests.cast import ARTICLE
from tests.pages import Visitor
from verify.articles.models import Assertion
from verify.articles.wording import Link, hops_for
from verify.db import db
from verify.sources.models import SourceKind


def lengthen(app: Flask, assertion: int, hops: int) -> list[str]:
    """Give an assertion a chain of this many hops, nearest the reader first; their names."""
    names = [f"Relay {number}" for number in range(1, hops + 1)]
    with app.app_context():
        one = db.session.get_one(Assertion, assertion)
        one.hops.clear()
        db.session.flush()
        links = [Link(name, SourceKind.AGENCY, role="relays", terms="on the record") for name in names]
        one.hops.extend(hops_for(links, {}))
        db.session.commit()
    return names


@pytest.mark.parametrize("hops", [1, 4, 5, 6])
def test_saving_another_word_keeps_every_hop_of_a_long_chain(
    app: Flask, checker: Visitor, taken_in: TakenIn, hops: int
) -> None:
    article = taken_in(ARTICLE)
    one = assertions(app)[0]
    names = lengthen(app, one.id, hops)
    form = checker.get(f"/articles/{article}/assertions/{one.id}/edit").form(button="Save the assertion")
    answer = form.submit("Save the assertion", statement="Somebody relays it", mode="indirect")
    assert answer.status == 200
    kept = next(other for other in assertions(app) if other.id == one.id)
    assert kept.statement == "Somebody relays it"
    assert [(hop.name, hop.role, hop.terms) for hop in kept.hops] == [
        (name, "relays", "on the record") for name in names
    ]


def test_a_chain_longer_than_the_form_is_refused_and_not_cut(
    app: Flask, checker: Visitor, taken_in: TakenIn
) -> None:
    article = taken_in(ARTICLE)
    one = assertions(app)[0]
    names = lengthen(app, one.id, 8)
    form = checker.get(f"/articles/{article}/assertions/{one.id}/edit").form(button="Save the assertion")
    answer = form.submit("Save the assertion", statement="Somebody relays it", mode="indirect")
    assert answer.status == 422
    assert "8 hops and the form shows 6" in answer.text
    assert [hop.name for other in assertions(app) if other.id == one.id for hop in other.hops] == names
