"""The index rests on this: two texts that share thirteen words in a row share a fingerprint."""

from __future__ import annotations

import subprocess
import sys

from hypothesis import given, settings
from hypothesis import strategies as st

from verify.reuse.alignment import shared_runs
from verify.reuse.fingerprints import SURE, fingerprints
from verify.reuse.words import words_of

vocabulary = st.sampled_from([f"w{number}" for number in range(60)])
texts = st.lists(vocabulary, max_size=60)


@given(texts, texts, st.lists(st.integers(0, 10_000), min_size=SURE, max_size=SURE), texts, texts)
@settings(max_examples=60, deadline=None)
def test_a_shared_passage_of_thirteen_words_is_never_missed(
    before: list[str], after: list[str], passage: list[int], others: list[str], last: list[str]
) -> None:
    shared = [f"p{number}" for number in passage]
    assert fingerprints([*before, *shared, *after]) & fingerprints([*others, *shared, *last])


@given(texts, texts)
@settings(max_examples=100, deadline=None)
def test_shared_runs_read_alike_and_use_no_word_twice(one: list[str], other: list[str]) -> None:
    runs = shared_runs(one, other)
    for run in runs:
        assert one[run.a : run.a + run.many] == other[run.b : run.b + run.many]
    for side in (0, 1):
        used = [run[side] + at for run in runs for at in range(run.many)]
        assert len(used) == len(set(used))


def test_fingerprints_are_the_same_in_every_process() -> None:
    text = (
        "The ferry to the islands was late again because the captain waited for the brass band to come aboard"
    )
    code = f"from verify.reuse import read; print(sorted(read({text!r}).fingerprints))"
    seen = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    }
    assert seen == {f"{sorted(fingerprints(words_of(text).forms))}\n".encode()}


def test_case_accents_and_punctuation_do_not_hide_a_passage() -> None:
    one = words_of("The CAFÉ’s owner, Zoe\u0308 Meier, «left» the co\u00adoperative").forms
    assert one == words_of("the cafe owner zoë meier left the cooperative").forms


def test_scripts_without_spaces_are_compared_by_character() -> None:
    assert shared_runs(words_of("洪水冲毁了哈罗桥").forms, words_of("昨夜洪水冲毁了哈罗").forms)[0].many == 7
