"""What must hold for every count of origins, whatever the claim."""

from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from verify.origins.count import count_origins, read_origins
from verify.origins.graph import BOTH_WAYS, Key
from verify.origins.material import Appearance, Credit, Decision, Hop, Material, Shared, Source, Tie
from verify.origins.settle import what_would_settle

KINDS = ("person", "organisation", "outlet", "agency")
SOURCES = tuple(Source(str(n), f"Source {chr(97 + n) * 6}", KINDS[n % 4], party=n < 2) for n in range(12))
UNNAMED = (
    Hop("reports", "anonymous"),
    Hop("witnesses", "anonymous"),
    Hop("a source in Kabul", "anonymous"),
    Hop("Pictures on social media", "media"),
    Hop("Source bbbbbb officials", "organisation", terms="unnamed"),
    Hop("leaders of Source ffffff", "organisation", terms="unnamed"),
    Hop("a Source ffffff official", "person", terms="on condition of anonymity"),
    Hop("Quarry Union", "organisation"),
    Hop("Quarry Union officials", "organisation"),
    Hop("Fahim Dashti", "person"),
    Hop("Fahim Dashty", "person"),
)
STATEMENTS = (
    "",
    "The bridge over the northern river was closed to all traffic on Sunday",
    "The bridge over the northern river was closed to traffic on Sunday night",
    "Nobody may cross the bridge",
)
NEWSROOMS = tuple(source for source in SOURCES if source.kind in ("outlet", "agency"))


def hop_of(source: Source) -> Hop:
    return Hop(source.name, source.kind, source.id)


hops = st.sampled_from((*map(hop_of, SOURCES), *UNNAMED))
appearances = st.builds(
    Appearance,
    article=st.sampled_from([str(n) for n in range(8)]),
    outlet=st.sampled_from([hop_of(source) for source in NEWSROOMS]),
    chain=st.lists(hops, max_size=3).map(tuple),
    denies=st.booleans(),
    statement=st.sampled_from(STATEMENTS),
    cue=st.sampled_from(["said", "acknowledged", ""]),
)
ties = st.builds(
    Tie,
    kind=st.sampled_from(
        ["speaks_for", "member_of", "owned_by", "republishes", "same_family", "allied_with", "hostile_to"]
    ),
    source=st.sampled_from([source.id for source in SOURCES]),
    target=st.sampled_from([source.id for source in SOURCES]),
)
credits = st.builds(
    Credit,
    article=st.sampled_from([str(n) for n in range(8)]),
    name=st.just("credited"),
    source=st.sampled_from([source.id for source in NEWSROOMS]),
)
shared = st.builds(
    Shared,
    article=st.sampled_from([str(n) for n in range(8)]),
    other=st.sampled_from([str(n) for n in range(10)]),
    strength=st.sampled_from(["copy", "passage", "partly copied"]),
    printed_by=st.sampled_from([hop_of(source) for source in NEWSROOMS]),
    ordered=st.booleans(),
)
undecided = st.builds(
    Material,
    appearances=st.lists(appearances, max_size=9).map(tuple),
    sources=st.just(SOURCES),
    ties=st.lists(ties, max_size=6).map(tuple),
    credits=st.lists(credits, max_size=3).map(tuple),
    shared=st.lists(shared, max_size=4).map(tuple),
    claimant=st.sampled_from([None, "0", "4", "5"]),
)


def edges_of(material: Material) -> list[Key]:
    """Every edge that a person could decide about."""
    reading = read_origins(material)
    found = {
        edge.key
        for side in (reading.asserting, reading.denying)
        for edges in side.registry.graph.edges.values()
        for edge in edges.values()
        if edge.kind != "printed_in"
    }
    return sorted(found)


@st.composite
def decided(draw: st.DrawFn) -> Material:
    """Material with some edges already confirmed or cut."""
    material = draw(undecided)
    edges = edges_of(material)
    chosen = draw(st.lists(st.sampled_from(edges), unique=True, max_size=3)) if edges else []
    return replace(
        material,
        decisions=tuple(
            Decision(draw(st.sampled_from(["cut", "confirmed"])), *edge, "Seen") for edge in chosen
        ),
    )


def deciding(material: Material, data: st.DataObject, verdict: str) -> Material:
    """The same material with one more edge decided."""
    taken = {(one.kind, one.child, one.parent) for one in material.decisions}
    edges = [edge for edge in edges_of(material) if edge not in taken]
    assume(edges)
    edge = data.draw(st.sampled_from(edges))
    return replace(material, decisions=(*material.decisions, Decision(verdict, *edge, "Seen.", "Ayse Kara")))


materials = decided()
many = settings(max_examples=120, deadline=None)


def bounds(material: Material) -> tuple[int, int]:
    count = count_origins(material)
    return count.lower, count.upper


def all_bounds(material: Material) -> list[tuple[int, int]]:
    """The bounds of the count, of those without a stake, and of those who deny."""
    count = count_origins(material)
    kinds = (count, count.unstaked, count.denied)
    return [(one.lower, one.upper) for one in kinds]


def merged(material: Material, kept: str, gone: str) -> Material:
    """Return the material with one source merged into another."""

    def link(known: str | None) -> str | None:
        return kept if known == gone else known

    def relink(hop: Hop) -> Hop:
        return replace(hop, source=link(hop.source))

    both = [source for source in material.sources if source.id in (kept, gone)]
    party = any(source.party for source in both)
    names = tuple(source.name for source in both)
    return Material(
        tuple(
            replace(one, outlet=relink(one.outlet), chain=tuple(map(relink, one.chain)))
            for one in material.appearances
        ),
        tuple(
            replace(source, party=party, aliases=names) if source.id == kept else source
            for source in material.sources
            if source.id != gone
        ),
        tuple(Tie(tie.kind, link(tie.source) or "", link(tie.target) or "", tie.id) for tie in material.ties),
        tuple(replace(credit, source=link(credit.source)) for credit in material.credits),
        tuple(replace(one, printed_by=relink(one.printed_by)) for one in material.shared),
        claimant=link(material.claimant),
    )


@many
@given(materials)
def test_the_upper_bound_is_never_below_the_lower_and_the_list_agrees(material: Material) -> None:
    count = count_origins(material)
    assert 0 <= count.lower <= count.upper == len(count.origins)
    assert count.lower == sum(origin.certain for origin in count.origins)
    assert (count.upper > 0) == (count.articles > 0)


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
