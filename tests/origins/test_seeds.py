"""The articles that the desk was given, read together: each expectation of them, where they are at hand."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest

from tests.origins.test_panjshir import SOURCES, TIES
from verify import spotting
from verify.origins.analyse import Analysis, Claim, Document, analyse
from verify.origins.count import OriginCount, count_origins
from verify.origins.credits import credit_lines
from verify.origins.material import Appearance, Credit, Hop, Material
from verify.reuse import Kind, Strength

SHARED = Path(os.environ.get("VERIFY_SHARED") or Path(__file__).parents[2].parent / "shared")
SEEDS = sorted((SHARED / "seeds").glob("*.txt"))
pytestmark = pytest.mark.skipif(not SEEDS, reason="the articles are not in this checkout")
FIRST, SECOND, THIRD, FOURTH, FIFTH = range(5)


@cache
def together() -> Analysis:
    return analyse([Document(path.name, path.read_text(encoding="utf-8")) for path in SEEDS])


def claim_with(*words: str) -> Claim:
    """The claim of most articles that has a member with all of these words."""
    found = [
        claim
        for claim in together().claims
        if any(
            all(word.casefold() in together().assertions[one].spotted.statement.casefold() for word in words)
            for one in claim.members
        )
    ]
    return max(found, key=lambda claim: len(claim.articles))


def counted(*words: str) -> OriginCount:
    """Count, with a registry, the origins of every assertion that holds all of these words."""
    found, credits = [], []
    for path in SEEDS:
        text = path.read_text(encoding="utf-8")
        credits += [Credit(path.stem, line.name, None, line.how) for line in credit_lines(text)]
        for one in spotting.spot(text):
            if all(word in one.statement for word in words):
                chain = tuple(Hop(hop.name, hop.kind, role=hop.role, terms=hop.terms) for hop in one.chain)
                outlet = Hop(f"Outlet {path.stem}", "outlet")
                denies = one.polarity == "denies"
                found.append(Appearance(path.stem, outlet, chain, denies, one.statement, one.cue or ""))
    return count_origins(Material(tuple(found), SOURCES, TIES, tuple(credits)))


def certain(count: OriginCount) -> list[tuple[str, bool]]:
    return [(origin.name, origin.party) for origin in count.origins if origin.certain]


def test_the_pictures_at_the_gate_are_one_origin_in_two_articles() -> None:
    claim = claim_with("gate of the Panjshir provincial")
    assert claim.articles == (FIRST, THIRD)
    assert (claim.reading.count.lower, claim.reading.count.upper) == (1, 1)


def test_the_spokesmans_death_leads_back_to_his_front_alone() -> None:
    claim = claim_with("Wudod Zara")
    assert claim.articles == (FIRST, SECOND, THIRD, FOURTH)
    assert certain(claim.reading.count) == [("National Resistance Front", True)]
    (other,) = [origin for origin in claim.reading.count.origins if not origin.certain]
    assert other.name.startswith("“reports”")  # in the second article, which names nobody: 0 to 1


def test_the_eight_districts_are_one_agencys_witnesses_once() -> None:
    claim = claim_with("eight districts", "thousands")
    assert claim.articles == (THIRD, FOURTH)
    assert (claim.reading.count.lower, claim.reading.count.upper) == (1, 1)
    assert claim.reading.count.origins[0].name == "Unnamed witnesses who spoke to Associated Press"


def test_the_drones_come_from_one_broadcaster_with_a_stake() -> None:
    assert [origin.name for origin in claim_with("drones").reading.count.origins] == ["Republic TV"]
    sources = tuple(source for source in SOURCES if source.id != "star")
    assert (counted("drones").lower, counted("drones").upper) == (1, 1)
    hop = Hop("Republic TV", "outlet", "republic")
    state = type(SOURCES[0])("republic", "Republic TV", "outlet", party=True)
    material = Material((Appearance("one", Hop("Daily", "outlet"), (hop,)),), (*sources, state))
    assert count_origins(material).summary == "1 article → 1 origin (party)"
    assert str(count_origins(material).unstaked) == "0"


def test_the_seven_hundred_come_from_one_party() -> None:
    for count in (claim_with("700").reading.count, counted("700 Taliban fighters")):
        assert (count.lower, count.upper) == (1, 1)
        assert certain(count) == [("National Resistance Front", True)]
        assert str(count.unstaked) == "0"


def test_control_of_the_valley_is_asserted_by_one_and_denied_by_one_both_parties() -> None:
    claim = claim_with("complete", "control")
    assert claim.articles == (FIRST, SECOND, THIRD, FOURTH, FIFTH)
    count = claim.reading.count
    assert (count.lower, count.upper) == (1, 1)
    assert certain(count) == [("Taliban", True)]
    assert "Zabihullah Mujahid speaks for Taliban, so the two count as one voice." in [
        step.reason for step in count.steps
    ]
    assert (count.denied.lower, count.denied.upper) == (1, 1)
    assert [(origin.name, origin.party) for origin in count.denials] == [("National Resistance Front", True)]
    assert str(count.unstaked) == "0"


def test_leaders_of_the_resistance_who_deny_are_the_front_itself() -> None:
    said = {n for n, one in enumerate(together().assertions) if "upper hand" in one.spotted.statement}
    (denial,) = [claim for claim in together().claims if said & {*claim.members, *claim.denied_by}]
    count = denial.reading.count
    origins = count.denials if said & {*denial.denied_by} else count.origins
    assert [(origin.name, origin.party) for origin in origins] == [("National Resistance Front", True)]


def test_the_first_and_the_third_article_share_their_text() -> None:
    (comparison,) = [found for a, b, found in together().pairs if (a, b) == (FIRST, THIRD)]
    assert comparison.strength is Strength.PARTLY_COPIED
    assert sum(passage.kind is Kind.NARRATIVE for passage in comparison.passages) >= 5


def test_translated_statements_of_one_spokesman_are_one_statement_and_no_copy() -> None:
    claim = claim_with("full assurance")
    assert claim.articles == (THIRD, FOURTH)
    assert (claim.reading.count.lower, claim.reading.count.upper) == (1, 1)
    (comparison,) = [found for a, b, found in together().pairs if (a, b) == (THIRD, FOURTH)]
    assert comparison.strength is Strength.SAME_STATEMENT
    victory = claim_with("quagmire of war")
    assert certain(victory.reading.count) == [("Taliban", True)]


def test_an_acknowledged_loss_is_a_statement_against_interest() -> None:
    count = counted("battlefield losses")
    assert any(origin.concedes for origin in count.origins)
    (step,) = [step for step in count.steps if step.kind == "against_interest"]
    assert "against its own interest" in step.reason


def test_the_adapted_article_and_the_agencys_article_say_so() -> None:
    third, fifth = (credit_lines(SEEDS[one].read_text(encoding="utf-8")) for one in (THIRD, FIFTH))
    assert [(line.name, line.how) for line in third] == [("", "republishes")]
    assert [(line.name, line.how) for line in fifth] == [("Reuters", "credits")]
