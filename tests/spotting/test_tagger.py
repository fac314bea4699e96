"""The trained tagger: what it adds to the rules, and that the desk works without it."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verify.spotting import checkworthiness, find, method, spot
from verify.spotting.roles import CONTENT, SOURCE, _best_rows
from verify.spotting.tagger import ARTIFACT, LONGEST, Tagger, load
from verify.spotting.wordpieces import WINDOW, Vocabulary

PIECES = ["The mayor said", "“", "”", "it rained.", "\n", "é", "U.S.", "'", "12,5", "ß", "🌧", " "]
UNHEARD = (
    "The harbour has been closed since Monday. The mayor bemoaned how little warning the port had been given. "
    "Rain is forecast."
)


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    found = load()
    assert found is not None, "The trained part ships with the product and loads in the tests."
    return found


def test_what_ships_is_what_the_card_names_and_stays_small() -> None:
    card = json.loads((ARTIFACT / "tagger.json").read_text(encoding="utf-8"))
    for name, wanted in card["sha256"].items():
        assert hashlib.sha256((ARTIFACT / name).read_bytes()).hexdigest() == wanted, name
    assert sum(path.stat().st_size for path in ARTIFACT.iterdir()) <= 30 * 1024 * 1024


def _python(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_tagger_loads_without_a_training_framework_or_the_web() -> None:
    code = (
        "import sys; from verify.spotting import spot; spot('The mayor said it had rained.');"
        "print(sorted({'torch', 'onnx', 'flask', 'sqlalchemy'} & set(sys.modules)))"
    )
    assert _python(code) == "[]"


def test_without_its_runtime_the_rules_work_alone_and_say_so() -> None:
    code = (
        "import sys; sys.modules['onnxruntime'] = None;"
        "from verify.spotting import method, spot; found = spot('The mayor said it had rained.');"
        "print(method(), found[0].chain[-1].name, found[0].method, found[0].check_worthiness > 0)"
    )
    assert _python(code).split(maxsplit=1)[0].startswith("rules/")
    assert "rules True" in _python(code)


@pytest.mark.parametrize("damage", ["cut short", "a card of something else", "no file"])
def test_a_damaged_tagger_is_not_read_and_the_rules_work_alone(tmp_path: Path, damage: str) -> None:
    for path in ARTIFACT.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    if damage == "cut short":
        (tmp_path / "tagger.onnx").write_bytes((ARTIFACT / "tagger.onnx").read_bytes()[:5000])
    elif damage == "no file":
        (tmp_path / "roles.npz").unlink()
    else:
        (tmp_path / "tagger.json").write_text("{}")
    assert load(tmp_path) is None


def test_the_tagger_hears_what_the_rules_do_not_and_each_says_which_part_found_it() -> None:
    alone = spot(UNHEARD, trained=False)
    together = spot(UNHEARD)
    assert not any(one.chain for one in alone)
    (heard,) = [one for one in together if one.chain]
    assert (heard.method, heard.chain[-1].name) == ("tagger", "The mayor")
    assert [UNHEARD[slice(*span)] for span in heard.content] == ["how little warning the port had been given"]
    assert {one.method for one in together} == {"rules", "tagger"}
    assert method().startswith("rules+tagger/")


def test_what_somebody_believes_is_told_from_what_they_say() -> None:
    (found,) = spot("The harbour master is convinced that the port had been given no warning.")
    assert (found.cue, found.cue_type, found.polarity) == ("is convinced", "belief", "asserts")
    assert found.statement == "The port had been given no warning"


def test_where_the_rules_hear_somebody_the_tagger_changes_nothing() -> None:
    text = "Colonel Ruiz said on Friday that the bridge had been blown up. “We saw it fall,” said Ana Paz, a farmer.\n"
    alone, together = spot(text, trained=False), spot(text)
    assert [(one.start, one.end, one.chain, one.mode, one.cue, one.content) for one in alone] == [
        (one.start, one.end, one.chain, one.mode, one.cue, one.content) for one in together
    ]


@pytest.mark.parametrize("cue", ["declined to say", "did not say", "refused to discuss"])
def test_silence_is_not_a_statement(cue: str) -> None:
    text = f"The ministry {cue} whether the second convoy had reached the town before dark.\n"
    assert all(one.method == "rules" for one in spot(text))


def test_who_in_a_relative_clause_is_nobody_to_look_for() -> None:
    text = (
        "General Ruiz, who proclaimed himself head of the council after the vote, left the town on Monday.\n"
    )
    assert all(hop.written != "who" for one in spot(text) for hop in one.chain)


@pytest.mark.parametrize("marks", ["“”", '""', "‘’", "«»"])
def test_every_style_of_quotation_mark_reads_alike(tagger: Tagger, marks: str) -> None:
    text = f"{marks[0]}The dam will hold until spring,{marks[1]} the engineer told reporters on Tuesday."
    (found,) = tagger.read(text).tagged
    assert text[slice(*found.source[0])] == "the engineer"
    assert "The dam will hold until spring" in text[slice(*found.content[0])]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["The mayor said", "“", "”", "it rained.", "\n", "é", "U.S.", "'", "12,5", "ß", "🌧", " "]
        )
    )
)
def test_spans_stand_in_the_text_in_order_and_apart(pieces: list[str]) -> None:
    text = " ".join(pieces)
    for one in find(text).attributions:
        for spans in (one.source, one.cue, one.content):
            assert all(0 <= start < end <= len(text) for start, end in spans)
            assert all(left[1] <= right[0] for left, right in pairwise(spans))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=400))
def test_windows_hold_every_word_once_and_no_more_than_fits(text: str) -> None:
    windows = list(Vocabulary(ARTIFACT / "vocabulary.txt").windows(text))
    words = [word for window in windows for word in window]
    assert all(left.end <= right.start for left, right in pairwise(words))
    assert all(sum(len(word.pieces) for word in window) <= WINDOW for window in windows)
    assert "".join(text[word.start : word.end] for word in words) == re.sub(r"\s+", "", text)


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 12), st.integers(0, 2**32 - 1))
def test_tags_that_go_on_follow_the_tag_that_began(length: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(3, length, 5)).astype(np.float32)
    for row in _best_rows(scores).tolist():
        for before, after in pairwise([0, *row]):
            assert after not in (SOURCE + 1, CONTENT + 1) or before in (after, after - 1)


def test_a_text_as_long_as_a_book_is_left_to_the_rules(tagger: Tagger) -> None:
    text = "The mayor bemoaned how little warning the port had been given. " * (LONGEST // 10)
    assert tagger.read(text).tagged == []


def test_figures_are_worth_checking_more_than_thanks(tagger: Tagger) -> None:
    figures, thanks = tagger.worth(
        [
            "Unemployment fell from 9.1 percent to 5.2 percent in four years.",
            "Thank you all for coming tonight.",
        ]
    )
    assert figures > 0.5 > thanks
    assert [
        chosen for _, chosen in checkworthiness.rank(["", "Exports doubled in 2019 to 4 billion dollars."])
    ] == [
        False,
        True,
    ]


def test_a_learnt_judgement_is_among_the_reasons() -> None:
    (found,) = spot("Unemployment fell from 9.1 percent to 5.2 percent between 2010 and 2016.")
    assert "reads like sentences that people chose to check" in found.reasons
