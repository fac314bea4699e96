"""One filled desk for all tests that only look at it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.conftest import Databases
from verify import create_app, demo
from verify.config import Settings
from verify.db import db
from verify.demo.large import fill

MANY = 60


@pytest.fixture(scope="package")
def filled(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The demo desk with sixty tickets more, made once."""
    address, remove = databases.sqlite()
    place: Path = tmp_path_factory.mktemp("demo")
    settings = Settings(
        environment="development",
        secret_key="a secret that only tests know, long enough",
        database_url=address,
        data_dir=place,
        base_url="http://localhost",
        desk_name="Demo desk",
        argon2_time=1,
        argon2_memory_kib=64,
    )
    app = create_app(settings)
    with app.app_context():
        demo.seed(db.session)
        db.session.commit()
        assert sum(fill(db.session, MANY)) == MANY
    yield app
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()
    remove()


@pytest.fixture
def desk(filled: Flask) -> Iterator[Session]:
    """A session on the filled desk; what a test changes is rolled back."""
    with filled.app_context():
        yield db.session
        db.session.rollback()
