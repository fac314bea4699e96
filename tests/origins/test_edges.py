"""Each edge of the graph: what makes it, what follows from it, and odd material that must not break the count."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.origins.test_count import FRONT, SOURCES, TALIBAN, TIES, bounds, hop, names, seen_in
from verify.origins.count import OriginCount, count_origins, read_origins
from verify.origins.material import Appearance, Credit, Decision, Material, Shared, Source, Tie
from verify.origins.settle import what_would_settle
from verify.origins.wordings import one_statement, same_statements, words_said

LONG = "The bridge over the northern river was closed to all traffic before noon on Sunday"
REWORDED = "The bridge over the northern river was closed to traffic before noon on Sunday, they wrote"


def count(*appearances: Appearance, sources: tuple[Source, ...] = SOURCES, **more: object) -> OriginCount:
    return count_origins(Material(appearances, sources, **{"ties": TIES, **more}))  # type: ignore[arg-type]  # as Material


def reasons(found: OriginCount) -> str:
    return " ".join(step.reason for step in found.steps)


def copied(article: str, other: str, strength: str = "copy", *, ordered: bool = True) -> Shared:
    return Shared(article, other, strength, hop(other, "outlet"), ordered)


def said(outlet: str, statement: str, *chain: object) -> Appearance:
    return replace(seen_in(outlet, *chain), statement=statement)  # type: ignore[arg-type]  # hops


def test_an_uncredited_copy_in_its_own_voice_adds_no_origin() -> None:
    articles = seen_in("A Post"), seen_in("B Post")
    assert bounds(count(*articles)) == (0, 2)
    found = count(*articles, shared=(copied("B Post", "A Post"),))
    assert bounds(found) == (0, 1)
    assert "B Post has this text from A Post, so it adds no origin." in reasons(found)


@pytest.mark.parametrize("strength", ["copy", "passage"])
def test_who_had_it_first_is_not_known_for_articles_of_one_day_or_without_dates(strength: str) -> None:
    found = count(
        seen_in("A Post"), seen_in("B Post"), shared=(copied("A Post", "B Post", strength, ordered=False),)
    )
    assert bounds(found) == (0, 1)
    assert "share this text" in reasons(found)
    assert "circle" not in {step.kind for step in found.steps}


def test_a_part_copied_elsewhere_in_the_text_bears_on_the_lower_bound_alone() -> None:
    witnesses = hop("witnesses", "anonymous")
    articles = seen_in("A Post", witnesses), seen_in("B Post", witnesses)
    found = count(*articles, shared=(copied("B Post", "A Post", "partly copied"),))
    assert bounds(found) == (1, 2)


def test_witnesses_of_a_copy_are_those_of_the_original() -> None:
    witnesses = hop("witnesses", "anonymous")
    articles = seen_in("A Post", witnesses), seen_in("B Post", witnesses)
    assert bounds(count(*articles)) == (1, 2)
    assert bounds(count(*articles, shared=(copied("B Post", "A Post"),))) == (1, 1)


def test_a_text_shared_with_an_article_outside_the_claim_joins_those_who_have_it() -> None:
    shared = (copied("A Post", "Wire"), copied("B Post", "Wire"))
    found = count(seen_in("A Post"), seen_in("B Post"), shared=shared)
    assert bounds(found) == (0, 1)
    assert names(found) == ["Wire"]


def test_an_original_that_nobody_names_is_told_and_adds_nothing() -> None:
    found = count(seen_in("A Post"), credits=(Credit("A Post", "", None, "republishes"),))
    assert bounds(found) == (0, 1)
    assert "A Post was adapted from an original that it does not name" in reasons(found)


def test_a_translation_credits_what_it_translates() -> None:
    found = count(
        seen_in("A Post"), seen_in("B Post"), credits=(Credit("B Post", "A Post", None, "translates"),)
    )
    assert bounds(found) == (0, 1)
    assert "B Post translates A Post" in reasons(found)


def test_papers_of_one_family_count_once_whichever_end_the_tie_was_stated_from() -> None:
    one, other = Source("11", "Paper 11", "outlet"), Source("12", "Paper 12", "outlet")
    for tie in (Tie("same_family", "11", "12"), Tie("same_family", "12", "11")):
        found = count(seen_in("Paper 11"), seen_in("Paper 12"), sources=(one, other), ties=(tie,))
        assert bounds(found) == (0, 1)
        assert "are of one family of publishers" in reasons(found)


def test_one_statement_in_nearly_the_same_words_counts_once() -> None:
    found = count(said("A Post", LONG), said("B Post", REWORDED))
    assert bounds(found) == (0, 1)
    assert "A Post and B Post give the same statement, so it counts once." in reasons(found)
    assert bounds(count(said("A Post", LONG), said("B Post", "Nobody may cross the bridge"))) == (0, 2)


def test_two_who_are_named_stay_apart_in_the_same_words() -> None:
    found = count(said("A Post", LONG, hop("Ayse Kara")), said("B Post", LONG, hop("Tarik Onal")))
    assert bounds(found) == (2, 2)


def test_who_is_not_named_follows_who_is_in_the_same_words_but_witnesses_stand() -> None:
    reports = hop("reports", "anonymous")
    found = count(said("A Post", LONG, reports), said("B Post", LONG, hop("Ayse Kara")))
    assert bounds(found) == (1, 1)
    witnesses = hop("witnesses", "anonymous")
    found = count(said("A Post", LONG, witnesses), said("B Post", LONG, hop("Ayse Kara")))
    assert bounds(found) == (2, 2)
    found = count(said("A Post", LONG, witnesses), said("B Post", LONG, hop("AP", "agency"), witnesses))
    assert bounds(found) == (1, 1)


def test_few_words_agree_by_chance() -> None:
    short = "The bridge was closed"
    assert same_statements([("a", short), ("b", short)]) == []
    assert not one_statement(words_said(short), words_said(short))


def test_a_discredited_source_is_no_certain_origin() -> None:
    liar = Source(
        "9", "Ayse Kara", "person", discredited="reliability E since 1 May 2026: she invented two letters"
    )
    found = count(seen_in("A Post", hop("Ayse Kara")), sources=(*SOURCES, liar))
    assert bounds(found) == (0, 1)
    assert "is not held to be reliable: reliability E since 1 May 2026: she invented two letters." in reasons(
        found
    )


def test_origins_without_a_stake_are_counted_beside_the_others() -> None:
    witness = seen_in("C Post", hop("residents", "anonymous"))
    found = count(
        seen_in("A Post", hop("Zabihullah Mujahid")), seen_in("B Post", hop("NRF", "organisation")), witness
    )
    assert bounds(found) == (3, 3)
    assert str(found.unstaked) == "1"


def test_who_is_tied_to_the_claimant_has_a_stake() -> None:
    chief, aide, ally = (Source(str(n), f"Speaker {chr(97 + n) * 4}", "person") for n in (20, 21, 22))
    ties = (Tie("member_of", "21", "20"), Tie("allied_with", "22", "20"))
    found = count(
        *(seen_in(f"Post {one.id}", hop(one.name, source=one.id)) for one in (chief, aide, ally)),
        sources=(chief, aide, ally), ties=ties, claimant="20",
    )  # fmt: skip
    assert str(found.unstaked) == "0"
    assert "is tied to Speaker uuuu, who made the claim, and has a stake in it." in reasons(found)


def test_a_party_that_admits_something_speaks_against_its_interest() -> None:
    admitted = replace(seen_in("A Post", hop("NRF", "organisation")), cue="acknowledged")
    assert "“acknowledged”: a statement against its own interest" in reasons(count(admitted))
    stranger = replace(seen_in("A Post", hop("Ayse Kara")), cue="acknowledged")
    assert not count(stranger).origins[0].concedes


def test_an_adversary_that_says_what_the_claimant_claims_speaks_against_its_interest() -> None:
    ties = (*TIES, Tie("hostile_to", FRONT.id, TALIBAN.id))
    both = seen_in("A Post", hop("Taliban", "organisation")), seen_in("B Post", hop("NRF", "organisation"))
    found = count(*both, ties=ties, claimant=TALIBAN.id)
    assert [origin.name for origin in found.origins if origin.concedes] == ["National Resistance Front"]
    assert "says what its adversary claims" in reasons(found)


def test_those_who_deny_have_bounds_of_their_own() -> None:
    found = count(
        seen_in("A Post", hop("Taliban", "organisation")),
        seen_in("B Post", hop("NRF", "organisation"), denies=True),
        seen_in("C Post", hop("reports", "anonymous"), denies=True),
    )
    assert str(found.denied) == "1–2"
    assert found.summary == "1 article → 1 origin (party); denied by 1–2 (1 of 2 a party)"


def test_what_people_told_apart_is_never_taken_for_one() -> None:
    articles = seen_in("A Post", hop("Abdul Wudod")), seen_in("B Post", hop("Abdul Wadod"))
    assert bounds(count(*articles)) == (1, 2)
    assert bounds(count(*articles, apart=(("name:abdul wadod", "name:abdul wudod"),))) == (2, 2)


@pytest.mark.parametrize("kind", ["owned_by", "same_family", "speaks_for", "member_of", "republishes"])
def test_circles_of_ties_and_ties_to_oneself_break_nothing(kind: str) -> None:
    papers = tuple(Source(str(n), f"Paper {n}", "outlet") for n in (11, 12, 13))
    ties = (Tie(kind, "11", "12"), Tie(kind, "12", "13"), Tie(kind, "13", "11"), Tie(kind, "11", "11"))
    found = count(*(seen_in(f"Paper {n}") for n in (11, 12, 13)), sources=papers, ties=ties)
    assert found.lower == 0
    assert 1 <= found.upper <= 3


def test_an_article_that_shares_text_with_itself_breaks_nothing() -> None:
    assert bounds(count(seen_in("A Post"), shared=(copied("A Post", "A Post"),))) == (0, 1)


def test_a_decision_about_an_edge_that_is_gone_changes_nothing() -> None:
    gone = Decision("cut", "speaks_for", "source:77", "source:78", "No.", "Nadia")
    both = seen_in("A Post", hop("Zabihullah Mujahid")), seen_in("B Post", hop("Bilal Karimi"))
    assert bounds(count(*both, decisions=(gone,))) == bounds(count(*both))


def test_a_step_that_was_cut_is_doubted_in_who_copies_the_article() -> None:
    articles = seen_in("A Post", hop("Ayse Kara")), seen_in("B Post", hop("Ayse Kara"))
    cut = Decision("cut", "heard_from", "article:A Post", "name:ayse kara", "She was abroad.", "Nadia")
    assert bounds(count(*articles, decisions=(cut,))) == (1, 2)
    found = count(*articles, decisions=(cut,), shared=(copied("B Post", "A Post"),))
    assert found.lower == 0


def test_what_would_settle_it_asks_for_what_narrows_most() -> None:
    material = Material(
        (seen_in("A Post", hop("Abdul Wudod")), seen_in("B Post", hop("Abdul Wadod"))), SOURCES
    )
    question = what_would_settle(read_origins(material).asserting)
    assert question is not None
    assert question.sentence.endswith("If so, the count is 1; if not, the count is 2.")
    settled = Material((seen_in("A Post", hop("Ayse Kara")),), SOURCES)
    assert what_would_settle(read_origins(settled).asserting) is None
