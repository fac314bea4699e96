"""The small desk of the tickets' tests, with every claim of it in the index."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.matching.claims import MatchDesk


@pytest.fixture
def desk(app: Flask) -> MatchDesk:
    """Nadia, Omar, Lena and Tomas check; Ines edits; Rosa reads."""
    return MatchDesk(app)
