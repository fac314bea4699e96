"""The reading room shows the frozen text and nothing else, however assertions overlap in it."""

from hypothesis import given
from hypothesis import strategies as st

from verify.articles.passages import Covered, overlap, paragraphs, parts_of, places_of, trimmed

TEXTS = st.text(alphabet="aé\u202e\U0001f600 \n.ق", min_size=1, max_size=60)


@st.composite
def covered_texts(draw: st.DrawFn) -> tuple[str, list[Covered]]:
    text = draw(TEXTS)
    edges = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(edges, edges), max_size=6))
    spans = [(min(a, b), max(a, b)) for a, b in pairs if a != b]
    return text, [Covered(number, start, end) for number, (start, end) in enumerate(spans, 1)]


@given(covered_texts())
def test_runs_read_back_as_the_text_at_their_offsets(drawn: tuple[str, list[Covered]]) -> None:
    text, spans = drawn
    for paragraph in paragraphs(text, spans):
        assert "".join(run.text for run in paragraph.runs) == text[paragraph.start : paragraph.end]
        for run in paragraph.runs:
            assert text[run.start : run.start + len(run.text)] == run.text
            inside = [s.number for s in spans if s.start <= run.start and s.end >= run.start + len(run.text)]
            assert sorted(run.covers) == inside


@given(covered_texts())
def test_nothing_but_blank_lines_is_left_out(drawn: tuple[str, list[Covered]]) -> None:
    text, spans = drawn
    kept = {place for paragraph in paragraphs(text, spans) for place in range(paragraph.start, paragraph.end)}
    assert not "".join(text[place] for place in range(len(text)) if place not in kept).strip()


@given(covered_texts())
def test_each_assertion_has_one_card(drawn: tuple[str, list[Covered]]) -> None:
    text, spans = drawn
    laid_out = paragraphs(text, spans)
    cards = [number for paragraph in laid_out for number in paragraph.numbers]
    assert sorted(cards) == ([span.number for span in spans] if laid_out else [])


def test_overlapping_assertions_split_the_text_into_runs() -> None:
    (paragraph,) = paragraphs("abcdef", [Covered(1, 0, 4), Covered(2, 2, 6)])
    assert [(run.text, run.covers, run.begins) for run in paragraph.runs] == [
        ("ab", (1,), (1,)),
        ("cd", (1, 2), (2,)),
        ("ef", (2,), ()),
    ]


def test_a_passage_is_found_wherever_it_stands_whatever_its_line_breaks() -> None:
    text = "He said no.\nShe said\nno too. He said no."
    assert [(place.start, place.end) for place in places_of(text, "said no")] == [(3, 10), (16, 23), (32, 39)]
    assert places_of(text, "  ") == []
    assert places_of(text, "(") == []


def test_a_place_is_shown_among_whole_words_and_says_where_the_text_goes_on() -> None:
    text = "They " + "walked on " * 10 + "and SAID NO, and " + "walked on " * 10 + "home"
    (place,) = places_of(text, "SAID NO,")
    assert place.before == "… on " + "walked on " * 5 + "and "
    assert place.after == " and " + "walked on " * 5 + "…"
    (only,) = places_of("He said no.", "said")
    assert (only.before, only.after) == ("He ", " no.")


def test_blanks_at_the_ends_of_a_selection_are_left_out() -> None:
    assert trimmed("a  word  b", 1, 9) == (3, 7)


def test_overlap_is_measured_on_both_spans() -> None:
    assert overlap((0, 10), (0, 10)) == 1.0
    assert overlap((0, 10), (5, 15)) == 1 / 3
    assert overlap((0, 5), (5, 9)) == 0.0


@given(TEXTS, st.integers(1, 20))
def test_a_long_text_is_read_in_parts_that_leave_nothing_out(text: str, size: int) -> None:
    parts = parts_of(text, size)
    assert "".join(text[start:end] for start, end in parts) == text
    assert all(end - start <= size for start, end in parts)
