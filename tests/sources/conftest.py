"""The desk with a key to seal identities with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from tests.sources.sealing import KEY
from verify import create_app
from verify.config import Settings
from verify.db import db


@pytest.fixture
def keyed(settings: Settings) -> Iterator[Flask]:
    """The desk with a key to seal identities with."""
    app = create_app(replace(settings, identity_keys=(KEY,)))
    yield app
    with app.app_context():
        db.engine.dispose()
