"""The fewest nodes behind every voice, against trying all choices."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from verify.origins.cover import fewest, matched

NODES = "abcdefgh"
behind = st.dictionaries(
    st.sampled_from([f"voice {n}" for n in range(9)]),
    st.frozensets(st.sampled_from(NODES), min_size=1, max_size=4),
)


def by_trying_all(sets: list[frozenset[str]]) -> int:
    for size in range(len(NODES) + 1):
        for choice in combinations(NODES, size):
            if all(one & set(choice) for one in sets):
                return size
    raise AssertionError("every set has a node")


@given(behind)
def test_no_smaller_choice_accounts_for_every_voice(voices: dict[str, frozenset[str]]) -> None:
    chosen = fewest(voices)
    assert all(one & set(chosen) for one in voices.values())
    assert len(chosen) == len(set(chosen)) == by_trying_all(list(voices.values()))


def test_a_hard_case_of_many_voices_still_ends() -> None:
    voices = {
        f"v{n}": frozenset({f"n{n * 7 % 40}", f"n{n * 11 % 40}", f"n{n * 13 % 40}"}) for n in range(300)
    }
    chosen = fewest(voices)
    assert all(one & set(chosen) for one in voices.values())


def test_everybody_who_can_have_a_partner_of_their_own_gets_one() -> None:
    partners = matched({"a": ["1"], "b": ["1", "2"], "c": ["2", "3"]})
    assert partners == {"1": "a", "2": "b", "3": "c"}
