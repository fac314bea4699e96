"""What a new article shares with the archive is found at intake, kept exactly, and shown with who had it first."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.articles.conftest import TakenIn
from tests.cast import forget_shared_text
from tests.pages import Visitor
from verify.articles import shared_text, shared_text_index
from verify.articles.models import ArticleVersion
from verify.articles.shared_text_models import Fingerprinting, SharedText, TextFingerprint
from verify.db import db
from verify.reuse import Kind, Strength

STORY = (
    "The dam above Harrow Bridge gave way shortly after midnight, sending a wall of mud through the lower town. "
    "Rescue teams from three neighbouring districts reached the square at dawn and began to dig with their hands. "
    "By noon they had pulled eleven people alive out of the cellar of the old post office."
)
OTHER = (
    "A burst reservoir flooded parts of Harrow Bridge overnight. Firefighters were still searching cellars on Tuesday. "
    "The mayor toured the wreckage in rubber boots and promised that every household would be compensated."
)
QUOTED = (
    "“Nobody in the valley will be left without a roof before the first snow has fallen,” Edda Lorne said."
)


def version_of(article_id: int) -> ArticleVersion:
    return db.session.scalars(select(ArticleVersion).where(ArticleVersion.article_id == article_id)).one()


def test_an_article_that_tells_anothers_story_is_found_at_intake(app: Flask, taken_in: TakenIn) -> None:
    first = taken_in(f"{STORY} The river is still rising.", spotted=False)
    taken_in(f"{OTHER}", spotted=False)
    second = taken_in(f"Mud buries a town\n\n{STORY} Schools stay closed.", spotted=False)
    with app.app_context():
        one, other = version_of(first), version_of(second)
        found = shared_text.pair_strength(db.session, other, one)
        assert found.strength is Strength.COPY
        assert found.share > 0.7
        for passage in shared_text.shared_passages(db.session, one):
            assert passage.other_version == other.id
            assert one.text[slice(*passage.a_span)] == other.text[slice(*passage.b_span)]
        assert db.session.scalar(select(func.count()).select_from(SharedText)) == 1


def test_a_common_quotation_is_kept_as_one_and_makes_no_copy(app: Flask, taken_in: TakenIn) -> None:
    one = taken_in(f"{STORY}\n\n{QUOTED}", spotted=False)
    other = taken_in(f"{OTHER}\n\n{QUOTED}", spotted=False)
    with app.app_context():
        found = shared_text.pair_strength(db.session, version_of(one), version_of(other))
        assert found.strength is Strength.SAME_STATEMENT
        kinds = {passage.kind for passage in shared_text.shared_passages(db.session, version_of(other))}
        assert kinds == {Kind.QUOTATION}


def test_articles_that_share_nothing_are_independent(app: Flask, taken_in: TakenIn) -> None:
    one, other = taken_in(STORY, spotted=False), taken_in(OTHER, spotted=False)
    with app.app_context():
        found = shared_text.pair_strength(db.session, version_of(one), version_of(other))
        assert found == shared_text.PairStrength(Strength.INDEPENDENT)


@pytest.mark.parametrize(
    ("mine", "theirs", "first", "sure", "said"),
    [
        (date(2021, 9, 6), date(2021, 9, 4), "theirs", True, "Published 2 days earlier"),
        (date(2021, 9, 4), date(2021, 9, 5), "mine", True, "Published a day earlier"),
        (date(2021, 9, 6), date(2021, 9, 6), "mine", False, "Both are dated 6 September 2021"),
        (None, date(2021, 9, 6), "mine", False, "One of them is not dated"),
        (None, None, "mine", False, "Neither is dated"),
    ],
)
def test_who_had_it_first_goes_by_publication_and_only_then_by_intake(
    app: Flask, taken_in: TakenIn, mine: date | None, theirs: date | None, first: str, sure: bool, said: str
) -> None:
    one = taken_in(f"{STORY} One.", spotted=False, published_on=mine)
    other = taken_in(f"{STORY} Two.", spotted=False, published_on=theirs)
    with app.app_context():
        a, b = version_of(one), version_of(other)
        found = shared_text.pair_strength(db.session, a, b)
        assert (found.first, found.sure) == ({"mine": a.id, "theirs": b.id}[first], sure)
        assert said in found.why_first


def test_two_texts_of_one_moment_without_dates_have_no_first(app: Flask, taken_in: TakenIn) -> None:
    with app.app_context():
        moment = db.session.scalar(
            select(ArticleVersion.frozen_at).where(
                ArticleVersion.article_id == taken_in(STORY, spotted=False)
            )
        )
        assert moment is not None
        one, other = shared_text.Dated(1, None, moment), shared_text.Dated(2, None, moment)
        first, why, sure = shared_text.who_was_first(one, other)
    assert (first, sure) == (None, False)
    assert "same moment" in why


def test_what_very_many_texts_hold_takes_no_more_room_in_the_index(
    app: Flask, taken_in: TakenIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_text_index, "CAP", 3)
    footer = (
        "The Harrow Courier belongs to its readers and has reported from the valley without fear since 1911."
    )
    for number in range(6):
        told = " ".join(
            f"Gate {number * 50 + at} of weir {at * 7 + number} held firm at dawn." for at in range(12)
        )
        taken_in(f"{told}\n\n{footer}", spotted=False)
    with app.app_context():
        held = select(func.count()).select_from(TextFingerprint).group_by(TextFingerprint.hash)
        assert max(db.session.scalars(held)) == 3
        last = db.session.scalar(select(func.max(ArticleVersion.id)))
        assert not [
            row
            for row in db.session.scalars(select(SharedText).where(SharedText.b_id == last))
            if row.strength in (Strength.COPY, Strength.PARTLY_COPIED)
        ]


def test_old_articles_are_fingerprinted_by_a_command_once(app: Flask, taken_in: TakenIn) -> None:
    one, other = taken_in(f"{STORY} One.", spotted=False), taken_in(f"{STORY} Two.", spotted=False)
    with app.app_context():
        forget_shared_text(db.session)
        db.session.commit()
    runner = app.test_cli_runner()
    from verify.articles.shared_text_commands import fingerprint

    assert "2 texts" in runner.invoke(fingerprint).output
    with app.app_context():
        assert (
            shared_text.pair_strength(db.session, version_of(one), version_of(other)).strength
            is Strength.COPY
        )
    assert "Every text is in the index" in runner.invoke(fingerprint).output
    assert "2 texts" in runner.invoke(fingerprint, ["--again"]).output
    with app.app_context():
        assert (
            shared_text.pair_strength(db.session, version_of(one), version_of(other)).strength
            is Strength.COPY
        )
        assert db.session.scalar(select(func.count()).select_from(Fingerprinting)) == 2


def test_the_reading_room_shows_both_texts_side_by_side(taken_in: TakenIn, onlooker: Visitor) -> None:
    one = taken_in(f"{STORY} One.", spotted=False, title="Dam breaks", published_on=date(2021, 9, 4))
    other = taken_in(f"{STORY} Two.", spotted=False, title="Mud in town", published_on=date(2021, 9, 6))
    room = onlooker.get(f"/articles/{other}")
    assert room.status == 200
    assert "Text shared with other articles" in room.text
    assert "The other had it first" in room.text
    beside = onlooker.get(str(room.select("//a[contains(@href, '/shared/')]/@href")[0]))
    assert "Dam breaks" in beside.text
    assert beside.text.count("sending a wall of mud through the lower town") == 2
    turned = onlooker.get(str(beside.select("//a[contains(@href, '/shared/')]/@href")[-1]))
    assert "This article had it first" in turned.text
    assert onlooker.get(f"/articles/{one}/shared/{2**40}").status == 404
    assert onlooker.get(f"/articles/{one}/shared/{one}").status == 404
