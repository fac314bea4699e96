"""A record in evidence is an origin of its own, unless it leads back to somebody who counts already."""

from __future__ import annotations

from dataclasses import replace

from tests.origins.test_count import FRONT, MUJAHID, SOURCES, TALIBAN, TIES, bounds, hop, names, seen_in
from verify.origins.count import OriginCount, count_origins, read_origins
from verify.origins.map import EVIDENCE
from verify.origins.material import Appearance, Decision, Material, Record, Source, Tie
from verify.origins.sketch import map_of

ORBIT = Source("20", "Orbit Pictures", "media")
COURIER = Source("21", "Hill Courier", "outlet")
RESIDENT = Source("22", "A resident of Rokha", "anonymous")
NEIGHBOUR = Source("23", "A neighbour", "anonymous")
ALL = (*SOURCES, ORBIT, COURIER, RESIDENT, NEIGHBOUR)
SPOKEN = seen_in("AFP", hop("Zabihullah Mujahid"))
WITNESSES = seen_in("AP", hop("witnesses", "anonymous"))


def record(source: Source, number: int = 1, *, denies: bool = False) -> Record:
    whose, title = hop(source.name, source.kind, source=source.id), f"Picture {number}"
    return Record(str(number), f"evidence {number} (“{title}”)", whose, denies, title, number)


def count(*told: Appearance | Record, **more: object) -> OriginCount:
    return count_origins(material(*told, **more))


def material(*told: Appearance | Record, **more: object) -> Material:
    appearances = tuple(one for one in told if isinstance(one, Appearance))
    records = tuple(one for one in told if isinstance(one, Record))
    given = {"sources": ALL, "ties": TIES, **more}
    return Material(appearances, records=records, **given)  # type: ignore[arg-type]  # as Material


def reasons(found: OriginCount) -> list[str]:
    return [step.reason for step in found.steps]


def test_a_record_of_somebody_new_is_an_origin_of_its_own() -> None:
    found = count(SPOKEN, record(ORBIT))
    assert (bounds(found), names(found)) == ((2, 2), ["Taliban", "Orbit Pictures"])
    assert found.summary == "1 article and 1 piece of evidence → 2 origins (1 of 2 a party)"
    assert (
        "Evidence 1 (“Picture 1”) is the own record of Orbit Pictures, so the two count as one voice."
        in reasons(found)
    )
    assert "Evidence 1 (“Picture 1”) leads back to nobody else, so it is an origin of its own." in reasons(
        found
    )
    assert str(found.unstaked) == "1"


def test_two_records_of_one_source_are_one_origin() -> None:
    found = count(SPOKEN, record(ORBIT), record(ORBIT, 2))
    assert bounds(found) == (2, 2)
    assert "2 pieces of evidence lead back to Orbit Pictures, which counts once." in reasons(found)


def test_a_partys_own_document_is_still_the_party() -> None:
    for whose in (TALIBAN, MUJAHID):
        found = count(SPOKEN, record(whose))
        assert (bounds(found), names(found)) == ((1, 1), ["Taliban"])
        assert str(found.unstaked) == "0"
    alone = count(record(FRONT))
    assert bounds(alone) == (1, 1)
    assert alone.origins[0].party
    assert alone.summary == "1 piece of evidence → 1 origin (party)"


def test_a_record_of_whoever_an_article_cites_adds_no_origin() -> None:
    found = count(seen_in("AFP", hop("Orbit Pictures", "media", source=ORBIT.id)), record(ORBIT))
    assert bounds(found) == (1, 1)
    assert "1 article and 1 piece of evidence lead back to Orbit Pictures, which counts once." in reasons(
        found
    )


def test_a_newsrooms_own_record_is_what_it_saw_itself() -> None:
    passed_on = seen_in("Hill Courier", hop("Zabihullah Mujahid"))
    found = count(passed_on, record(COURIER))
    assert (bounds(found), names(found)) == ((2, 2), ["Taliban", "Hill Courier as its own witness"])
    assert any("is the own record of Hill Courier" in reason for reason in reasons(found))
    staked = (replace(COURIER, party=True), *SOURCES)
    assert count(record(COURIER), sources=staked).origins[0].party


def test_a_record_that_refutes_is_an_origin_that_denies() -> None:
    found = count(SPOKEN, record(ORBIT, denies=True))
    assert bounds(found) == (1, 1)
    assert str(found.denied) == "1"
    assert found.summary == "1 article → 1 origin (party); denied by 1"


def test_somebody_whom_the_desk_does_not_name_may_be_one_of_a_newsrooms_witnesses() -> None:
    found = count(WITNESSES, record(RESIDENT))
    assert bounds(found) == (1, 2)
    assert any("may be A resident of Rokha" in reason for reason in reasons(found))
    assert bounds(count(WITNESSES, record(RESIDENT), record(NEIGHBOUR, 2))) == (2, 3)
    assert bounds(count(record(RESIDENT), record(NEIGHBOUR, 2))) == (2, 2)


def test_a_record_whose_source_is_not_reliable_is_no_certain_origin() -> None:
    forger = replace(ORBIT, discredited="reliability E since 1 May 2026: it sold two made-up pictures")
    found = count(SPOKEN, record(ORBIT), sources=(*SOURCES, forger))
    assert bounds(found) == (1, 2)
    assert any("is not held to be reliable: reliability E since 1 May 2026" in one for one in reasons(found))


def test_whose_record_it_is_can_be_cut() -> None:
    cut = Decision("cut", "made_by", "evidence:1", "source:20", "It is a still of a film.", "Nadia")
    found = count(SPOKEN, record(ORBIT), decisions=(cut,))
    assert bounds(found) == (1, 2)
    assert (
        "Nadia cut “evidence 1 (“Picture 1”) is the own record of Orbit Pictures”: It is a still of a film."
        in reasons(found)
    )
    assert any("Whose record evidence 1 (“Picture 1”) is, is not known" in one for one in reasons(found))


def test_a_record_that_was_made_from_anothers_word_leads_back_there() -> None:
    stated = Decision(
        "added", "heard_from", "evidence:1", "source:2", "It lists what the Taliban told it.", "Nadia"
    )
    found = count(SPOKEN, record(ORBIT), decisions=(stated,))
    assert bounds(found) == (1, 1)


def test_the_ties_of_whose_record_it_is_are_followed() -> None:
    owned = Tie("owned_by", ORBIT.id, TALIBAN.id)
    assert bounds(count(SPOKEN, record(ORBIT), ties=(*TIES, owned))) == (1, 1)


def test_the_map_draws_evidence_beside_the_articles() -> None:
    drawn = map_of(read_origins(material(SPOKEN, record(ORBIT), record(FRONT, 2, denies=True))))
    pieces = {node.name: (node.note, node.denies) for node in drawn.nodes if node.role == EVIDENCE}
    assert pieces == {"Picture 1": ("evidence 1", False), "Picture 2": ("evidence 2", True)}
    by_id = {node.id: node.name for node in drawn.nodes}
    lines = {(by_id[line.child], line.style, by_id[line.parent]) for line in drawn.edges}
    assert ("Picture 1", "record", "Orbit Pictures") in lines
    assert ("Picture 2", "record", "National Resistance Front") in lines


def test_one_file_put_in_twice_is_one_record_whoever_is_said_to_have_made_it() -> None:
    once, again = (replace(one, content="9f86d081") for one in (record(ORBIT), record(COURIER, 2)))
    found = count(once, again)
    assert bounds(found) == (1, 1)
    assert any(
        "(“Picture 2”) are the same file or page, so they count once." in one for one in reasons(found)
    )
    other = replace(again, content="60303ae2")
    assert bounds(count(once, other)) == (2, 2)
