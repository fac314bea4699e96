"""In the reading room people mark, mend, dismiss and restore; no machine ever changes what they decided."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from tests.articles.conftest import TakenIn
from tests.cast import ARTICLE, CLAIM, make_investigation, make_source
from tests.pages import Form, Page, Visitor
from verify.articles import actions, lookups
from verify.articles.models import ArticleVersion, Assertion, AssertionState, Ground
from verify.articles.wording import links_of
from verify.audit.models import AuditEntry
from verify.db import db
from verify.errors import Refused
from verify.sources.models import SourceKind

PASSAGE = "Mayor Tarik Onal said that nobody had been warned."


def assertions(app: Flask) -> list[Assertion]:
    with app.app_context():
        version = db.session.scalars(select(ArticleVersion).limit(1)).one()
        return list(lookups.assertions(db.session, None, version))


def logged(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.sequence)))


def marking(visitor: Visitor, article: int, passage: str = PASSAGE) -> Page:
    form = visitor.get(f"/articles/{article}").form("/assertions/new")
    return form.submit(passage=passage)


def mark(visitor: Visitor, article: int, **typed: str) -> Page:
    said = {"statement": "Nobody had been warned", "origin_name": "Tarik Onal", "cue": "said"} | typed
    return marking(visitor, article).form(button="Make the assertion").submit("Make the assertion", **said)


def test_typing_the_exact_passage_makes_an_assertion_by_hand(
    app: Flask, checker: Visitor, taken_in: TakenIn
) -> None:
    answer = mark(
        checker,
        taken_in(ARTICLE, spotted=False),
        through1_name="Orta Courier",
        through1_kind="outlet",
        origin_role="mayor",
        channel="press conference",
        caveat="His account could not be confirmed.",
    )
    assert "The assertion is in." in answer.text
    (one,) = assertions(app)
    assert ARTICLE[one.start : one.end] == PASSAGE
    assert [(hop.name, hop.kind, hop.role) for hop in one.hops] == [
        ("Orta Courier", SourceKind.OUTLET, ""),
        ("Tarik Onal", SourceKind.PERSON, "mayor"),
    ]
    assert (one.method, one.channel, one.cue) == ("by hand", "press conference", "said")
    assert logged(app)[-1] == "assertion.marked"
    for words in (
        "Tarik Onal",
        "press conference",
        "could not be confirmed",
        "A person, by hand",
        "Marked by hand by Nadia Rahimi",
    ):
        assert words in answer.text


def test_a_selection_becomes_the_passage_without_the_blanks_at_its_ends(
    checker: Visitor, taken_in: TakenIn
) -> None:
    article = taken_in(ARTICLE, spotted=False)
    start = ARTICLE.index(PASSAGE)
    page = checker.get(f"/articles/{article}/assertions/new?start={start - 1}&end={start + len(PASSAGE) + 1}")
    assert page.form(button="Make the assertion").fields()["passage"] == PASSAGE


def test_offsets_count_code_points_beyond_the_basic_plane(
    app: Flask, checker: Visitor, taken_in: TakenIn
) -> None:
    text = f"\U0001f30a\U0001f30a {ARTICLE}"
    mark(checker, taken_in(text, spotted=False))
    (one,) = assertions(app)
    assert text[one.start : one.end] == PASSAGE


def test_words_that_stand_twice_ask_which_place_is_meant(
    app: Flask, checker: Visitor, taken_in: TakenIn
) -> None:
    article = taken_in(f"{ARTICLE}\n\nOnce more: {PASSAGE}", spotted=False)
    page = marking(checker, article)
    assert "Which place do you mean?" in page.text
    links = page.select("//main//ol/li/a/@href")
    assert len(links) == 2
    chosen = checker.get(links[1]).form(button="Make the assertion")
    chosen.submit("Make the assertion", origin_name="Tarik Onal", statement="Nobody had been warned")
    (one,) = assertions(app)
    assert one.start > len(ARTICLE)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"passage": "Words that the article lacks."}, "do not stand in the article like this"),
        ({"passage": "  "}, "Please fill this in"),
        ({"statement": ""}, "Please fill this in"),
        ({"statement": "s" * 2_001}, "under 2,000 characters"),
        ({"origin_name": ""}, "Name who says so"),
        ({"origin_name": "", "through1_name": "Orta Courier"}, "not only through whom"),
        ({"mode": "own-voice"}, "nobody else speaks"),
        ({"mode": "shouted"}, "Choose one of those offered"),
        ({"origin_name": "n" * 201}, "under 200 characters"),
    ],
)
def test_a_refused_assertion_keeps_every_word(
    app: Flask, checker: Visitor, taken_in: TakenIn, typed: dict[str, str], sentence: str
) -> None:
    answer = mark(checker, taken_in(ARTICLE, spotted=False), cue="claimed", channel="radio", **typed)
    assert answer.status == 422
    assert sentence in answer.text
    fields = answer.form(button="Make the assertion").fields()
    assert (fields["cue"], fields["channel"]) == ("claimed", "radio")
    kept = {name: value for name, value in typed.items() if name != "mode"}
    assert {name: fields[name] for name in kept} == kept
    assert assertions(app) == []


def test_an_edited_assertion_keeps_its_history_in_the_log_and_what_the_form_does_not_show(
    app: Flask, checker: Visitor, taken_in: TakenIn
) -> None:
    article = taken_in(ARTICLE)
    one = next(one for one in assertions(app) if "gates" in one.statement and one.hops)
    form = checker.get(f"/articles/{article}/assertions/{one.id}/edit").form(button="Save the assertion")
    answer = form.submit("Save the assertion", statement="The gates were opened", channel="telephone")
    assert answer.status == 200
    after = next(other for other in assertions(app) if other.id == one.id)
    assert (after.statement, after.channel, after.edited) == ("The gates were opened", "telephone", True)
    assert (after.start, after.end, links_of(after)) == (one.start, one.end, links_of(one))
    assert "Edited by Nadia Rahimi" in answer.text
    assert logged(app)[-1] == "assertion.edited"


def test_a_passage_can_be_made_smaller(app: Flask, checker: Visitor, taken_in: TakenIn) -> None:
    article = taken_in(ARTICLE)
    one = next(one for one in assertions(app) if CLAIM in ARTICLE[one.start : one.end])
    form = checker.get(f"/articles/{article}/assertions/{one.id}/edit").form(button="Save the assertion")
    form.submit("Save the assertion", passage=CLAIM)
    after = next(other for other in assertions(app) if other.id == one.id)
    assert ARTICLE[after.start : after.end] == CLAIM


def test_two_who_edit_at_once_do_not_overwrite_each_other(
    app: Flask, checker: Visitor, taken_in: TakenIn
) -> None:
    article = taken_in(ARTICLE)
    one = assertions(app)[0]
    place = f"/articles/{article}/assertions/{one.id}/edit"
    first, second = (checker.get(place).form(button="Save the assertion") for _ in range(2))
    assert first.submit("Save the assertion", statement="First wording").status == 200
    answer = second.submit("Save the assertion", statement="Second wording")
    assert answer.status == 409
    assert "Somebody changed this assertion" in answer.text
    assert answer.form(button="Save the assertion").fields()["statement"] == "Second wording"
    assert assertions(app)[0].statement == "First wording"
    assert "First wording" in answer.text  # to compare with
    assert answer.form(button="Save the assertion").submit("Save the assertion").status == 200
    assert assertions(app)[0].statement == "Second wording"


def test_a_dismissal_needs_a_reason_and_can_be_taken_back(
    app: Flask, checker: Visitor, taken_in: TakenIn
) -> None:
    article = taken_in(ARTICLE)
    one = assertions(app)[0]
    form = checker.get(f"/articles/{article}").form(f"/assertions/{one.id}/dismiss")
    refused = form.submit(reason="  ")
    assert refused.status == 422
    assert "Say why" in refused.text
    dismissed = refused.form(f"/assertions/{one.id}/dismiss").submit(
        ground="said-elsewhere", reason="It is a headline, said again below."
    )
    assert "It is a headline, said again below." in dismissed.text
    assert assertions(app)[0].state is AssertionState.DISMISSED
    dismissed.form(f"/assertions/{one.id}/restore").submit()
    assert assertions(app)[0].state is AssertionState.SUGGESTED
    assert logged(app)[-2:] == ["assertion.dismissed", "assertion.restored"]


def test_a_reason_typed_for_one_that_was_dismissed_meanwhile_is_kept(
    app: Flask, checker: Visitor, taken_in: TakenIn
) -> None:
    article = taken_in(ARTICLE)
    one = assertions(app)[0]
    forms = [checker.get(f"/articles/{article}").form(f"/assertions/{one.id}/dismiss") for _ in range(2)]
    forms[0].submit(ground="not-a-claim", reason="First reason.")
    answer = forms[1].submit(ground="opinion", reason="Second reason.")
    assert answer.status == 409
    assert "Second reason." in answer.html
    assert assertions(app)[0].reason == "First reason."


def test_spotting_again_never_touches_what_people_decided(
    app: Flask, checker: Visitor, taken_in: TakenIn
) -> None:
    article = taken_in(ARTICLE)
    before = assertions(app)
    dismissed, edited = before[0], before[1]
    checker.get(f"/articles/{article}").form(f"/assertions/{dismissed.id}/dismiss").submit(
        ground="not-a-claim", reason="Not a claim."
    )
    place = f"/articles/{article}/assertions/{edited.id}/edit"
    checker.get(place).form(button="Save the assertion").submit(statement="As a person words it")
    answer = checker.get(f"/articles/{article}").form("/spot").submit()
    assert "Spotted anew" in answer.text
    after = assertions(app)
    assert [(one.start, one.end) for one in after] == [(one.start, one.end) for one in before]
    kept = {one.id: one for one in after}
    assert kept[dismissed.id].reason == "Not a claim."
    assert kept[edited.id].statement == "As a person words it"
    assert [one.id for one in after] == [one.id for one in before]  # what comes out the same keeps its number


def test_hops_lead_to_the_sources_that_go_by_their_names(
    app: Flask, checker: Visitor, taken_in: TakenIn
) -> None:
    with app.app_context():
        lale = make_source(db.session, "Lale Demir").id
        db.session.commit()
    article = taken_in(ARTICLE)
    origins = {one.hops[-1].source_id for one in assertions(app) if one.hops}
    assert lale in origins
    assert f"/sources/{lale}" in checker.get(f"/articles/{article}").html


def test_an_assertion_of_another_article_is_absent_from_here(
    app: Flask, checker: Visitor, taken_in: TakenIn
) -> None:
    taken_in(ARTICLE)
    other = taken_in("Another text says nothing.", spotted=False)
    one = assertions(app)[0]
    assert checker.get(f"/articles/{other}/assertions/{one.id}/edit").status == 404


def test_who_may_only_read_sees_the_cards_but_no_buttons(onlooker: Visitor, taken_in: TakenIn) -> None:
    page = onlooker.get(f"/articles/{taken_in(ARTICLE)}")
    assert page.select("//*[contains(@class, 'assertion-card')]")
    assert not page.select("//main//form[@method='post']")
    assert onlooker.get(f"/articles/{1}/assertions/new").status == 403


def test_a_filed_assertion_is_not_dismissed(app: Flask, taken_in: TakenIn) -> None:
    from tests.cast import make_person

    taken_in(ARTICLE)
    with app.app_context():
        person = make_person(db.session, "Nadia Rahimi")
        one = db.session.scalars(select(Assertion).limit(1)).one()
        actions.mark_filed(db.session, person, one)
        with pytest.raises(Refused, match="Take it out of the ticket first"):
            actions.dismiss(db.session, person, one, ground=Ground.OPINION)
        actions.unmark_filed(db.session, one)
        assert one.state is AssertionState.SUGGESTED


def test_a_card_leads_to_a_ticket_and_then_shows_it(app: Flask, checker: Visitor, taken_in: TakenIn) -> None:
    with app.app_context():
        make_investigation(db.session)
        db.session.commit()
    article = taken_in(ARTICLE)
    first, second = assertions(app)[:2]
    page = checker.get(f"/articles/{article}")
    (address,) = page.select(f"//article[@id='assertion-{first.id}']//a[@data-key='t']/@href")
    form = checker.get(address).form(button="Open")
    assert form.fields()["claim"].strip() == first.statement
    opened = form.submit("Open")
    assert opened.status == 200
    shown = checker.get(f"/articles/{article}")
    card = shown.select(f"//article[@id='assertion-{first.id}']")[0]
    reference = card.xpath(".//header//a[starts-with(@href, '/tickets/')]")[0].text
    filing = next(
        Form(shown, form)
        for form in shown.select("//form[contains(@action, '/tickets/appearances')]")
        if form.xpath(f".//input[@name='assertion'][@value='{second.id}']")
    )
    answer = filing.submit(reference=reference)
    assert answer.status == 200
    assert {one.state for one in assertions(app)[:2]} == {AssertionState.FILED}
    assert "2 filed" in checker.get(f"/articles/{article}").text
