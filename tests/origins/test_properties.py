"""What must hold for every count of origins, whatever the claim."""

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.origins.made import (
    NEWSROOMS,
    SOURCES,
    all_bounds,
    bounds,
    deciding,
    hop_of,
    many,
    materials,
    merged,
)
from verify.origins.count import count_origins, read_origins
from verify.origins.graph import BOTH_WAYS
from verify.origins.material import Credit, Decision, Material, Shared, Source
from verify.origins.settle import what_would_settle


@many
@given(materials)
def test_the_upper_bound_is_never_below_the_lower_and_the_list_agrees(material: Material) -> None:
    count = count_origins(material)
    assert 0 <= count.lower <= count.upper == len(count.origins)
    assert count.lower == sum(origin.certain for origin in count.origins)
    assert (count.upper > 0) == (count.articles + count.records > 0)


@many
@given(materials, st.randoms(use_true_random=False))
def test_the_order_of_input_does_not_matter(material: Material, random: object) -> None:
    def shuffled(rows: tuple[object, ...]) -> tuple[object, ...]:
        return tuple(random.sample(rows, len(rows)))  # type: ignore[attr-defined]  # hypothesis' Random

    rows = {name: shuffled(rows) for name, rows in vars(material).items() if isinstance(rows, tuple)}
    other = replace(material, **rows)  # type: ignore[arg-type]  # the same rows
    assert count_origins(material) == count_origins(other)


@many
@given(materials, st.data())
def test_a_copy_never_raises_the_lower_bound(material: Material, data: st.DataObject) -> None:
    assume(material.appearances)
    original = data.draw(st.sampled_from(material.appearances))
    copier = data.draw(st.sampled_from([hop_of(source) for source in NEWSROOMS]))
    citing = (original.outlet, *original.chain)
    chain = data.draw(st.sampled_from([original.chain, citing]))
    copy = replace(original, article="copy", outlet=copier, chain=chain)
    with_copy = replace(material, appearances=(*material.appearances, copy))
    if copier != original.outlet and data.draw(st.booleans()):
        credit = Credit("copy", original.outlet.name, original.outlet.source)
        with_copy = replace(with_copy, credits=(*material.credits, credit))
    else:
        text = Shared("copy", original.article, "copy", original.outlet)
        with_copy = replace(with_copy, shared=(*material.shared, text))
    for before, after in zip(all_bounds(material), all_bounds(with_copy), strict=True):
        assert after[0] <= before[0]


@many
@given(materials, st.sampled_from(SOURCES), st.data())
def test_merging_two_sources_never_raises_either_bound(
    material: Material, kept: Source, data: st.DataObject
) -> None:
    alike = [source for source in SOURCES if source.kind == kept.kind and source != kept]
    gone = data.draw(st.sampled_from(alike))
    assume(not material.decisions)  # what was decided about one of the two names no edge of the merged one
    for before, after in zip(
        all_bounds(material), all_bounds(merged(material, kept.id, gone.id)), strict=True
    ):
        assert after[0] <= before[0]
        assert after[1] <= before[1]


@many
@given(materials, st.data())
def test_cutting_an_edge_never_lowers_the_upper_bound(material: Material, data: st.DataObject) -> None:
    assume(material.ties or material.credits)
    cut = data.draw(st.sampled_from([*material.ties, *material.credits]))
    less = replace(
        material,
        ties=tuple(tie for tie in material.ties if tie != cut),
        credits=tuple(credit for credit in material.credits if credit != cut),
    )
    for before, after in zip(all_bounds(material), all_bounds(less), strict=True):
        assert after[1] >= before[1]


@many
@given(materials, st.data())
def test_an_edge_that_a_person_cuts_never_lowers_the_upper_bound(
    material: Material, data: st.DataObject
) -> None:
    less = deciding(material, data, "cut")
    for before, after in zip(all_bounds(material), all_bounds(less), strict=True):
        assert after[1] >= before[1]


@many
@given(materials, st.data())
def test_an_edge_that_a_person_confirms_never_widens_the_interval(
    material: Material, data: st.DataObject
) -> None:
    confirmed = deciding(material, data, "confirmed")
    before, after = bounds(material), bounds(confirmed)
    assert after[0] == before[0]
    assert after[1] <= before[1]


@many
@given(materials, st.data())
def test_an_edge_that_a_person_adds_never_raises_either_bound(
    material: Material, data: st.DataObject
) -> None:
    graph = read_origins(material).asserting.registry.graph
    nodes = sorted(node for node in graph.names if not node.startswith("unheard:"))
    child, parent = data.draw(st.sampled_from(nodes)), data.draw(st.sampled_from(nodes))
    kind = data.draw(st.sampled_from(["copies", "translates", "same_statement", "heard_from"]))
    added = Decision("added", kind, *(sorted((child, parent)) if kind in BOTH_WAYS else (child, parent)))
    assume((kind, added.child, added.parent) not in {(d.kind, d.child, d.parent) for d in material.decisions})
    for before, after in zip(
        all_bounds(material),
        all_bounds(replace(material, decisions=(*material.decisions, added))),
        strict=True,
    ):
        assert after[0] <= before[0]
        assert after[1] <= before[1]


@many
@given(materials)
def test_those_without_a_stake_are_some_of_all(material: Material) -> None:
    count = count_origins(material)
    assert 0 <= count.unstaked.lower <= count.unstaked.upper <= count.upper
    assert count.unstaked.lower <= count.lower
    assert count.denied.upper == len(count.denials)
    assert count.denied.lower == sum(origin.certain for origin in count.denials)


@many
@given(materials)
def test_what_would_settle_it_narrows_the_interval_as_it_says(material: Material) -> None:
    reading = read_origins(material)
    question = what_would_settle(reading.asserting)
    if question is None:
        return
    assert question.narrows(reading.asserting.bounds)[0] > 0
    assert "?" in question.sentence
    if question.edge is not None:
        for verdict, expected in (("confirmed", question.if_so), ("cut", question.if_not)):
            answered = (*material.decisions, Decision(verdict, *question.edge))
            lower, upper = bounds(replace(material, decisions=answered))
            assert (lower, upper) == (expected.lower, expected.upper) or verdict == "cut"


@many
@given(materials)
def test_every_reason_is_a_sentence_and_said_once(material: Material) -> None:
    steps = count_origins(material).steps
    assert len({(step.kind, step.reason, step.tie, step.edge) for step in steps}) == len(steps)
    assert all(step.reason.endswith(".") for step in steps)
