"""How far the reading of a long text is can be asked, and asking changes nothing."""

from __future__ import annotations

import pytest

from tests.cast import ARTICLE
from verify.spotting import spot

LONG = "\n".join([ARTICLE] * 20)


def test_progress_only_grows_and_ends_at_the_whole() -> None:
    told: list[tuple[int, int]] = []
    found = spot(LONG, progress=lambda done, total: told.append((done, total)))
    assert found == spot(LONG)
    assert len({total for _, total in told}) == 1
    done = [one for one, _ in told]
    assert done == sorted(done)
    assert done[0] < 0.1 * told[0][1]
    assert done[-1] > 0.95 * told[0][1]


def test_who_is_told_may_end_the_reading() -> None:
    def enough(_done: int, _total: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        spot(LONG, progress=enough)
