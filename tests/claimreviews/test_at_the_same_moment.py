"""Two people import the same reviews at the same moment: each review is there once, and neither sees a fault."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.claimreviews.made import as_bytes, review
from verify.claimreviews import actions
from verify.claimreviews.models import ClaimReview, Import, ReviewPublisher
from verify.claimreviews.reading import read
from verify.db import db, writing

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
