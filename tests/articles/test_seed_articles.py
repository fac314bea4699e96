"""The desk's five seed articles, where they are present: each comes in, and the plain cases are found."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from tests.articles.test_ingest_takes_what_it_can import run
from verify.articles import lookups
from verify.articles.models import Article, Assertion
from verify.db import db

SHARED = Path(os.environ.get("VERIFY_SHARED", Path(__file__).parents[2].parent / "shared"))
SEEDS = sorted((SHARED / "seeds").glob("*.txt"))
pytestmark = pytest.mark.skipif(len(SEEDS) != 5, reason="the seed articles are not here")


def test_five_articles_come_in_with_their_assertions(app: Flask) -> None:
    result = run(app, *SEEDS)
    assert (result.exit_code, "5 of 5 files are in." in result.output) == (0, True)
    with app.app_context():
        for article, seed in zip(
            db.session.scalars(select(Article).order_by(Article.id)), SEEDS, strict=True
        ):
            version = lookups.frozen_text(db.session, None, article)
            assert version.text == seed.read_text("utf-8").replace("\r\n", "\n")
            found = lookups.assertions(db.session, None, version)
            assert len(found) >= 10
            listed = [line for line in result.output.splitlines() if line.startswith("  ")]
            for one in found:
                assert version.text[one.start : one.end].strip()
                assert any(f"{one.start}-{one.end}" in line and one.statement in line for line in listed)


def test_the_drones_and_the_seven_hundred_are_among_them(app: Flask) -> None:
    run(app, *SEEDS, "--quiet")
    with app.app_context():
        everything = list(db.session.scalars(select(Assertion)))
        drones = [one for one in everything if "drones" in one.statement]
        assert [hop.name for hop in drones[0].hops][-1:] == ["Republic TV"]
        hundreds = [one for one in everything if any(figure["value"] == 700 for figure in one.quantities)]
        assert hundreds
        assert all(one.hops for one in hundreds)
