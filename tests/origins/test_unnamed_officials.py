"""Officials, leaders and sources of a body who are not named: the body stands behind them."""

from __future__ import annotations

from tests.origins.test_count import SOURCES, TIES, bounds, count, hop, names, seen_in
from verify.origins.count import count_origins
from verify.origins.material import Decision, Material, Source
from verify.sources.names import name_key


def test_unnamed_officials_add_no_origin_to_their_own_body() -> None:
    mujahid = seen_in("AFP", hop("Zabihullah Mujahid"))
    for officials in (
        hop("Taliban officials", "organisation"),
        hop("Taliban officials", "organisation", terms="unnamed"),
        hop("a Taliban official", terms="on condition of anonymity"),
        hop("sources in the Taliban", "anonymous"),
    ):
        result = count(seen_in("Straits Herald", officials), mujahid)
        assert (bounds(result), names(result)) == ((1, 1), ["Taliban"])
        (step,) = (one for one in result.steps if one.kind == "voice_of")
        assert step.reason.startswith(f"Taliban stands behind “{officials.name}” who spoke to Straits Herald")
        assert step.edge == (
            "voice_of",
            f"said:{name_key(officials.name)}@article:Straits Herald",
            "source:2",
        )


def test_a_body_that_speaks_through_officials_alone_is_the_origin() -> None:
    for phrase in ("Taliban officials", "leaders of the Taliban", "the Taliban’s head", "Taliban commanders"):
        result = count(
            seen_in("Straits Herald", hop(phrase, "organisation", terms="unnamed")),
            seen_in("AFP", hop(phrase, "organisation", terms="unnamed")),
        )
        assert (bounds(result), names(result)) == ((1, 1), ["Taliban"])
        assert result.origins[0].party


def test_officials_who_keep_their_names_back_are_no_certain_origin_and_never_two() -> None:
    for phrase in (
        "a Taliban official",
        "two Taliban officials",
        "members of the Taliban",
        "Taliban sources",
    ):
        alone = seen_in("AFP", hop(phrase, terms="unnamed"))
        assert bounds(count(alone)) == (0, 1)
        assert bounds(count(alone, seen_in("Reuters", hop(phrase, terms="unnamed")))) == (0, 1)
    secretly = hop("Taliban officials", terms="on condition of anonymity")
    assert bounds(count(seen_in("AFP", secretly))) == (0, 1)


def test_who_left_a_body_does_not_speak_for_it() -> None:
    for phrase in ("former Taliban officials", "a former official of the Taliban", "ex-Taliban commanders"):
        gone = seen_in("Reuters", hop(phrase, terms="unnamed"))
        assert bounds(count(gone, seen_in("AFP", hop("Zabihullah Mujahid")))) == (1, 2)


def test_officials_of_a_body_that_only_the_chains_name_are_known_for_its_own() -> None:
    body = seen_in("AFP", hop("Hill Council", "organisation"))
    officials = seen_in("Reuters", hop("Hill Council officials", "organisation", terms="unnamed"))
    assert bounds(count(officials)) == (0, 1)
    assert bounds(count(officials, body)) == (1, 1)


def test_officials_whose_step_was_cut_may_be_anybody() -> None:
    officials = hop("Taliban officials", "organisation", terms="unnamed")
    both = seen_in("AFP", officials), seen_in("Reuters", hop("Zabihullah Mujahid"))
    cut = Decision(
        "cut", "voice_of", "said:taliban officials@article:AFP", "source:2", "They were mutineers."
    )
    assert bounds(count_origins(Material(both, SOURCES, TIES, decisions=(cut,)))) == (1, 2)
    assert bounds(count_origins(Material(both[:1], SOURCES, TIES, decisions=(cut,)))) == (0, 1)


def test_the_officials_of_a_newsroom_are_its_own_sources_and_not_its_voice() -> None:
    wire = Source("9", "Wire", "agency")
    result = count_origins(Material((seen_in("AFP", hop("Wire sources", "anonymous")),), (wire,)))
    assert (bounds(result), names(result)) == ((0, 1), ["“Wire sources” who spoke to AFP"])


def test_the_office_that_a_text_gives_makes_its_holder_the_voice_of_the_body() -> None:
    front = seen_in("AFP", hop("NRF", "organisation"))
    for role in ("leader of the front", "NRF spokeswoman", "its chief", ""):
        found = count(front, seen_in("Reuters", hop("Ayse Kara", role=role, speaks_for="the NRF")))
        assert (bounds(found), names(found)) == ((1, 1), ["National Resistance Front"])
        (step,) = (one for one in found.steps if one.kind == "speaks_for")
        assert step.edge == ("speaks_for", "name:ayse kara", "source:1")
    engineer = seen_in("Reuters", hop("Ayse Kara", role="engineer", speaks_for="NRF"))
    assert bounds(count(front, engineer)) == (1, 2)
    for gone in (
        {"role": "former head", "speaks_for": "NRF"},
        {"role": "head", "speaks_for": "Hill Council"},
    ):
        assert bounds(count(front, seen_in("Reuters", hop("Ayse Kara", **gone)))) == (2, 2)
