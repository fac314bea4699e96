"""Two people import or remove reviews at the same moment: each is there once or is gone, and neither sees a fault."""

from __future__ import annotations

from threading import Barrier, Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.cast import make_person
from tests.claimreviews.made import as_bytes, review
from verify.accounts.models import Person
from verify.claimreviews import actions, publisher_actions, taking_in
from verify.claimreviews.models import ClaimReview, Import, ReviewPublisher
from verify.claimreviews.reading import read
from verify.db import db, writing
from verify.permissions import Role

PEOPLE = 4


@pytest.mark.both_databases
def test_the_same_file_by_several_people_at_once(app: Flask) -> None:
    together, faults = Barrier(PEOPLE), list[Exception]()
    found = read(as_bytes(*(review(number) for number in range(40))))

    def bring_in(number: int) -> None:
        with app.app_context(), writing():
            try:
                together.wait(timeout=20)
                name = f"{number}.json"
                actions.import_file(
                    db.session, None, name=name, sha256="0" * 64, licence="unknown", reading=found
                )
                db.session.commit()
            except Exception as fault:
                faults.append(fault)
            finally:
                db.session.rollback()

    threads = [Thread(target=bring_in, args=[number]) for number in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    with app.app_context():
        assert db.session.scalar(select(func.count(ClaimReview.id))) == 40
        assert db.session.scalar(select(func.count(ReviewPublisher.id))) == 1
        counts = db.session.execute(select(func.sum(Import.new), func.sum(Import.known))).one()
        assert tuple(counts) == (40, 40 * (PEOPLE - 1))


@pytest.mark.both_databases
def test_what_comes_in_while_its_publisher_is_removed_goes_with_the_rest(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def bring_in(number: int) -> None:
        found = read(as_bytes(review(number)))
        actions.import_file(
            db.session, None, name="1.json", sha256="0" * 64, licence="unknown", reading=found
        )
        db.session.commit()

    def remove() -> None:
        with app.app_context(), writing():
            publisher = db.session.scalars(select(ReviewPublisher)).one()
            editor = db.session.get_one(Person, number_of_editor)
            publisher_actions.remove(db.session, editor, publisher, reason="It withdrew its licence.")
            db.session.commit()

    with app.app_context():
        number_of_editor = make_person(db.session, "Edda Editor", Role.EDITOR).id
        bring_in(1)
    look, removing = taking_in._publishers, Thread(target=remove)

    def look_and_be_slow(*asked: Any) -> Any:
        found = look(*asked)
        removing.start()
        removing.join(timeout=1)
        return found

    monkeypatch.setattr(taking_in, "_publishers", look_and_be_slow)
    with app.app_context(), writing():
        bring_in(2)
    removing.join()
    with app.app_context():
        assert db.session.scalar(select(func.count(ClaimReview.id))) == 0
