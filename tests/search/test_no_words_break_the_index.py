"""No words, signs or lengths break the index of either database: what is typed is looked for, or said to be odd."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.search.conftest import Archive
from verify.db import db
from verify.search import lookups
from verify.search.query import read

pytestmark = pytest.mark.both_databases
ODD = (
    "AND", "OR NOT", "NEAR(gates dam, 2)", "gates*", "^gates", "title:gates", "names : gates", '"gates', "gates'",
    "gates; DROP TABLE ticket", "' OR 1=1 --", "%", "_", "\\", "{title}: gates", "gates + dam", "<->", "!gates",
    "gates & !dam", "gates:*", "gates:A", "\x00", "x" * 10_000, "x " * 5_000, "²", "ß", "İstanbul", "آب", "水",
    "\N{GRINNING FACE}", "e\u0301", "\u202egates", "status:", "before:99999-01-01", "after:0000-00-00",
    "source:%", "source:'", 'source:""', "by:%", "by:_", "investigation:%", "in:claims,sources", "-in:claims",
    "-source:nobody", "-by:me", "has:verdict has:file", "gates -gates", "a b c d e f g h i j k l m n o p q r s t u v",
)  # fmt: skip


def test_odd_words_are_no_fault(archive: Archive) -> None:
    archive.open("The gates of the Orta dam were opened")
    visitor = archive.page("gates").visitor
    for typed in ODD:
        archive.finds(typed)
        assert visitor.get("/search", {"q": typed}).status == 200, typed


def test_any_text_can_be_looked_for(archive: Archive) -> None:
    archive.open("The gates of the Orta dam were opened")
    signs = st.text(alphabet="ab é-\"“”'*:()^{}|&!<>~+.,/\\%_\nØ١ب#@", max_size=60)
    fields = st.sampled_from(["", "status:open ", "source:x ", "-in:claims ", "by:me ", "before:2030 "])

    @settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(fields, signs | st.text(max_size=60))
    def look(field: str, typed: str) -> None:
        lookups.find(db.session, archive.person(db.session, "Nadia"), read(field + typed))

    with archive.app.app_context():
        look()


def test_case_accents_and_scripts_are_the_same_on_both_databases(archive: Archive) -> None:
    archive.take_in("Notes", "The gates of the dam were seen from the Café by Иван. آب")
    for typed in (
        "gates",
        "GATES",
        "gate",
        "Café",
        "cafe",
        "CAFÉ",
        "cafe\u0301",
        "“dam were”",
        "иван",
        "Иван",
        "آب",
    ):
        assert archive.titles(typed) == ["Notes"], typed


def test_what_stands_between_words_is_the_same_on_both_databases(archive: Archive) -> None:
    archive.take_in("Notes", "Gates 2.5/it's water-board@orta.example, Orta–Dam_3,500 O’Neill.")
    for typed in ('"gates 2 5"', "orta-dam", "water-board@orta.example", '"it s"', "3,500", "o'neill"):
        assert archive.titles(typed) == ["Notes"], typed
