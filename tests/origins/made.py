"""Made-up material for counts of origins, of every kind that a desk may have."""

from dataclasses import replace

from hypothesis import assume, settings
from hypothesis import strategies as st

from verify.origins.count import count_origins, read_origins
from verify.origins.graph import Key
from verify.origins.material import Appearance, Credit, Decision, Hop, Material, Record, Shared, Source, Tie

KINDS = ("person", "organisation", "outlet", "agency")
SOURCES = tuple(
    Source(
        str(n),
        f"Source {chr(97 + n) * 6}",
        KINDS[n % 4] if n < 12 else ("anonymous", "document")[n % 2],
        party=n < 2,
    )
    for n in range(16)
)
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
    Hop("Mina Sahil", "person", role="spokeswoman", speaks_for="Source bbbbbb"),
    Hop("Source aaaaaa", "person", "0", role="its former head", speaks_for="Source ffffff"),
    Hop("Source eeeeee", "person", "4", role="engineer", speaks_for="Source ffffff"),
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
records = st.builds(
    Record,
    id=st.sampled_from([str(n) for n in range(5)]),
    name=st.just("evidence"),
    source=st.sampled_from([hop_of(source) for source in SOURCES]),
    denies=st.booleans(),
    content=st.sampled_from(["", "", "page", "file"]),
)
undecided = st.builds(
    Material,
    appearances=st.lists(appearances, max_size=9).map(tuple),
    sources=st.just(SOURCES),
    ties=st.lists(ties, max_size=6).map(tuple),
    credits=st.lists(credits, max_size=3).map(tuple),
    shared=st.lists(shared, max_size=4).map(tuple),
    records=st.lists(records, max_size=3, unique_by=lambda one: one.id).map(tuple),
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
        records=tuple(replace(one, source=relink(one.source)) for one in material.records),
    )
