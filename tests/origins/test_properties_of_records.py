"""What must hold for every count with evidence among its voices."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.origins.made import SOURCES, all_bounds, appearances, hop_of, many, materials, records
from verify.origins.material import Appearance, Material, Record, Source

NAMED = tuple(source for source in SOURCES if source.kind in ("person", "organisation"))


@many
@given(materials, records)
def test_a_second_record_of_one_source_raises_neither_bound(material: Material, first: Record) -> None:
    one = replace(material, records=(*material.records, replace(first, id="first")))
    both = replace(one, records=(*one.records, replace(first, id="second")))
    assert all_bounds(both) == all_bounds(one)


@many
@given(materials, appearances, st.sampled_from(NAMED))
def test_a_record_of_somebody_who_says_so_in_an_article_raises_neither_bound(
    material: Material, appearance: Appearance, source: Source
) -> None:
    speaking = replace(appearance, article="speaking", chain=(hop_of(source),))
    before = replace(material, appearances=(*material.appearances, speaking))
    record = Record("own", "evidence", hop_of(source), speaking.denies)
    after = replace(before, records=(*before.records, record))
    for one, other in zip(all_bounds(before), all_bounds(after), strict=True):
        assert other[0] <= one[0]
        assert other[1] <= one[1]


@many
@given(materials, records)
def test_a_record_never_lowers_the_upper_bound(material: Material, record: Record) -> None:
    more = replace(material, records=(*material.records, replace(record, id="more", content="")))
    for one, other in zip(all_bounds(material), all_bounds(more), strict=True):
        assert other[1] >= one[1]
