"""The map: what the count followed, articles left, origins right, and no more than the eye can take in."""

from __future__ import annotations

import re
from itertools import pairwise
from time import process_time

import pytest
from lxml import etree

from tests.origins.test_count import SOURCES, TIES, hop, seen_in
from verify.origins.bundles import MOST, bundled
from verify.origins.count import read_origins
from verify.origins.layout import HEIGHT, laid_out
from verify.origins.map import ARTICLE, EVIDENCE, HOP, ORIGIN, Map, MapNode
from verify.origins.map_page import map_shown
from verify.origins.material import Appearance, Credit, Material, Shared
from verify.origins.sketch import map_of


def drawn(*appearances: Appearance, **more: object) -> Map:
    return map_of(read_origins(Material(appearances, SOURCES, TIES, **more)))  # type: ignore[arg-type]  # as Material


def names(found: Map, role: str) -> list[str]:
    return [node.name for node in found.nodes if node.role == role]


def sixty() -> list[Appearance]:
    """Sixty articles by seven ways."""
    ways = (
        (hop("AFP", "agency"), hop("Zabihullah Mujahid")),
        (hop("Bilal Karimi"),),
        (hop("reports", "anonymous"),),
        (),
        (hop("AP", "agency"), hop("witnesses", "anonymous")),
        (hop("Star TV", "outlet"),),
        (hop("local media", "organisation"),),
    )
    return [seen_in(f"Daily {n}", *ways[n % 7], article=str(n)) for n in range(60)]


def test_three_articles_are_drawn_one_by_one() -> None:
    found = drawn(
        seen_in("A Post", hop("Zabihullah Mujahid")),
        seen_in("B Post", hop("AFP", "agency"), hop("Bilal Karimi")),
        seen_in("C Post", hop("NRF", "organisation"), denies=True),
    )
    assert names(found, ARTICLE) == ["A Post", "B Post", "C Post"]
    assert names(found, ORIGIN) == ["Taliban", "National Resistance Front"]
    assert set(names(found, HOP)) == {"Zabihullah Mujahid", "AFP", "Bilal Karimi"}
    assert [edge.denies for edge in found.edges if edge.child == "article:C Post"] == [True]


def test_a_copy_is_drawn_beside_what_it_copies() -> None:
    copy = Shared("B Post", "A Post", "copy", hop("A Post", "outlet"))
    found = drawn(seen_in("A Post"), seen_in("B Post"), shared=(copy,))
    assert ("article:B Post", "article:A Post", "shares") in {
        (edge.child, edge.parent, edge.style) for edge in found.edges
    }


def test_sixty_articles_are_bundled_by_the_way_they_lead() -> None:
    found = drawn(*sixty())
    assert len([node for node in found.nodes if node.role == ARTICLE]) <= MOST
    assert sum(node.articles for node in found.nodes if node.role == ARTICLE) == 60
    assert len(found.edges) <= 40


def test_every_origin_of_the_count_is_on_the_map() -> None:
    appearances = [
        seen_in(f"Daily {n}", hop(f"Speaker {chr(97 + n) * 5}"), article=str(n)) for n in range(10)
    ]
    reading = read_origins(Material(tuple(appearances), SOURCES, TIES))
    found = map_of(reading)
    assert names(found, ORIGIN) == [origin.name for origin in reading.count.origins]


@pytest.mark.parametrize("many", [1, 3, 12, 13, 60, 200])
def test_no_two_nodes_overlap_and_every_line_begins_and_ends_at_one(many: int) -> None:
    appearances = [
        seen_in(
            f"Daily {n}",
            hop(f"Agency {n % 5}", "agency"),
            hop(f"Speaker {chr(97 + n % 11) * 5}"),
            article=str(n),
        )
        for n in range(many)
    ]
    drawing = laid_out(drawn(*appearances, credits=(Credit("0", "Agency 1"),)))
    by_column: dict[int, list[int]] = {}
    for placed in drawing.nodes:
        by_column.setdefault(placed.x, []).append(placed.y)
        assert 0 <= placed.y <= drawing.height - HEIGHT
    for column in by_column.values():
        column.sort()
        assert all(low + HEIGHT <= high for low, high in pairwise(column))
    assert all(line.path.startswith("M") for line in drawing.lines)


def test_the_drawing_holds_no_style_and_no_script_and_escapes_what_articles_say() -> None:
    shown = map_shown(drawn(seen_in('<script>alert("x")</script> & Post', hop("Bilal <b>Karimi</b>"))))
    assert shown is not None
    svg = str(shown["svg"])
    assert "<script" not in svg
    assert "<b>" not in svg
    assert not re.search(r"\sstyle=|<style|\son\w+=", svg)
    etree.fromstring(svg)


def test_a_map_without_links_is_one_picture_and_with_links_each_node_is_reached_by_keyboard() -> None:
    found = drawn(seen_in("A Post", hop("Bilal Karimi")))
    plain, linked = map_shown(found), map_shown(found, links={"article:A Post": "/articles/1"})
    assert plain is not None
    assert linked is not None
    assert 'role="img"' in plain["svg"]
    assert "<a " not in plain["svg"]
    assert 'role="img"' not in linked["svg"]
    assert '<a href="/articles/1"' in linked["svg"]


def test_the_table_has_what_the_map_has() -> None:
    found = drawn(*sixty())
    shown = map_shown(found)
    assert shown is not None
    assert len(shown["rows"]) == len(found.edges)
    assert map_shown(Map()) is None


def test_the_order_of_input_does_not_change_the_map() -> None:
    appearances = sixty()[:20]
    there, back = drawn(*appearances), drawn(*reversed(appearances))
    assert {edge.parent for edge in there.edges} == {edge.parent for edge in back.edges}
    assert names(there, ORIGIN) == names(back, ORIGIN)


def test_five_hundred_appearances_are_counted_and_drawn_while_the_page_loads() -> None:
    speakers = [hop(f"Speaker number {chr(97 + n % 26)}{n}") for n in range(120)]
    articles = [
        seen_in(f"Paper {n % 90}", hop(f"Agency {n % 7}", "agency"), speakers[n % 120], article=str(n))
        for n in range(500)
    ]
    spent = []
    for _ in range(3):
        started = process_time()
        assert map_shown(drawn(*articles)) is not None
        spent.append(process_time() - started)
    assert min(spent) < 0.3


def test_evidence_beyond_what_a_map_shows_is_one_box_without_a_count_of_origins() -> None:
    pieces = tuple(MapNode(f"evidence:{n}", f"Picture {n}", EVIDENCE) for n in range(MOST + 5))
    folded = [node for node in bundled(Map(pieces, ())).nodes if node.id.startswith("more:")]
    assert [(node.name, node.note) for node in folded] == [("6 more pieces of evidence", "")]
