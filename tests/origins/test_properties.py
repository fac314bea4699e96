"""What must hold for every count of origins, whatever the claim."""

from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from verify.origins.count import OriginCount, count_origins
from verify.origins.material import Appearance, Credit, Hop, Material, Source, Tie

KINDS = ("person", "organisation", "outlet", "agency")
SOURCES = tuple(Source(str(n), f"Source {chr(97 + n) * 6}", KINDS[n % 4], party=n < 2) for n in range(12))
UNNAMED = (
    Hop("reports", "anonymous"),
    Hop("witnesses", "anonymous"),
    Hop("a source in Kabul", "anonymous"),
    Hop("Pictures on social media", "media"),
    Hop("Fahim Dashti", "person"),
    Hop("Fahim Dashty", "person"),
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
)
ties = st.builds(
    Tie,
    kind=st.sampled_from(["speaks_for", "member_of", "owned_by", "republishes"]),
    source=st.sampled_from([source.id for source in SOURCES]),
    target=st.sampled_from([source.id for source in SOURCES]),
)
credits = st.builds(
    Credit,
    article=st.sampled_from([str(n) for n in range(8)]),
    name=st.just("credited"),
    source=st.sampled_from([source.id for source in NEWSROOMS]),
)
materials = st.builds(
    Material,
    appearances=st.lists(appearances, max_size=9).map(tuple),
    sources=st.just(SOURCES),
    ties=st.lists(ties, max_size=6).map(tuple),
    credits=st.lists(credits, max_size=3).map(tuple),
)
many = settings(max_examples=150, deadline=None)


def bounds(material: Material) -> tuple[int, int]:
    count = count_origins(material)
    return count.lower, count.upper


def merged(material: Material, kept: str, gone: str) -> Material:
    """Return the material with one source merged into another."""

    def link(known: str | None) -> str | None:
        return kept if known == gone else known

    def relink(hop: Hop) -> Hop:
        return replace(hop, source=link(hop.source))

    return Material(
        tuple(
            replace(one, outlet=relink(one.outlet), chain=tuple(map(relink, one.chain)))
            for one in material.appearances
        ),
        tuple(source for source in material.sources if source.id != gone),
        tuple(Tie(tie.kind, link(tie.source) or "", link(tie.target) or "", tie.id) for tie in material.ties),
        tuple(replace(credit, source=link(credit.source)) for credit in material.credits),
    )


def consistent(count: OriginCount) -> bool:
    return (
        0 <= count.lower <= count.upper == len(count.origins)
        and count.lower == sum(origin.certain for origin in count.origins)
        and (count.upper > 0) == (count.articles > 0)
    )


@many
@given(materials)
def test_the_upper_bound_is_never_below_the_lower_and_the_list_agrees(material: Material) -> None:
    assert consistent(count_origins(material))


@many
@given(materials, st.randoms(use_true_random=False))
def test_the_order_of_input_does_not_matter(material: Material, random: object) -> None:
    def shuffled(rows: tuple[object, ...]) -> tuple[object, ...]:
        return tuple(random.sample(rows, len(rows)))  # type: ignore[attr-defined]  # hypothesis' Random

    other = Material(*(shuffled(rows) for rows in vars(material).values()))  # type: ignore[arg-type]  # same rows
    assert count_origins(material) == count_origins(other)


@many
@given(materials, st.data())
def test_a_copy_never_raises_the_lower_bound(material: Material, data: st.DataObject) -> None:
    assume(material.appearances)
    original = data.draw(st.sampled_from(material.appearances))
    copier = data.draw(st.sampled_from([hop_of(source) for source in NEWSROOMS]))
    citing = (original.outlet, *original.chain)
    chain = data.draw(st.sampled_from([original.chain, citing]))
    copy = Appearance("copy", copier, chain, original.denies)
    credit = Credit("copy", original.outlet.name, original.outlet.source)
    with_copy = replace(
        material, appearances=(*material.appearances, copy), credits=(*material.credits, credit)
    )
    assert bounds(with_copy)[0] <= bounds(material)[0]


@many
@given(materials, st.sampled_from(SOURCES), st.data())
def test_merging_two_sources_never_raises_either_bound(
    material: Material, kept: Source, data: st.DataObject
) -> None:
    alike = [source for source in SOURCES if source.kind == kept.kind and source != kept]
    gone = data.draw(st.sampled_from(alike))
    before, after = bounds(material), bounds(merged(material, kept.id, gone.id))
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
    assert bounds(less)[1] >= bounds(material)[1]


@many
@given(materials)
def test_every_reason_is_a_sentence_and_said_once(material: Material) -> None:
    steps = count_origins(material).steps
    assert len({(step.kind, step.reason, step.tie) for step in steps}) == len(steps)
    assert all(step.reason.endswith(".") for step in steps)
