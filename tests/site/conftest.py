"""The demo desk, made once, and a copy of it for every test that changes something."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import Databases
from tests.site.crawl import Seen, crawl
from verify import create_app
from verify.config import Settings
from verify.db import db
from verify.demo.desk import SIGN_INS, seed


@pytest.fixture(scope="session")
def demo_settings(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a desk that holds the demo data, on SQLite."""
    address, _ = databases.sqlite()
    folder = tmp_path_factory.mktemp("demo")
    settings = Settings(
        environment="development", secret_key="a secret that only tests know, long enough", database_url=address,
        data_dir=folder, base_url="http://localhost", desk_name="Demo desk", argon2_time=1, argon2_memory_kib=64,
    )  # fmt: skip
    app = create_app(settings)
    with app.app_context():
        seed(db.session)
        db.session.commit()
        db.engine.dispose()
    return settings


@pytest.fixture
def demo_copy(demo_settings: Settings, tmp_path: Path) -> Iterator[Callable[[], Flask]]:
    """Makes the application on a fresh copy of the demo desk, as often as it is called."""
    apps: list[Flask] = []

    def copy() -> Flask:
        place = tmp_path / f"copy-{len(apps)}.sqlite"
        shutil.copy(demo_settings.database_url.removeprefix("sqlite:///"), place)
        apps.append(create_app(replace(demo_settings, database_url=f"sqlite:///{place}")))
        return apps[-1]

    yield copy
    for app in apps:
        with app.app_context():
            db.engine.dispose()


@pytest.fixture(scope="session")
def seen(demo_settings: Settings) -> Iterator[list[Seen]]:
    """Every kind of page that the demo's people and strangers reach by links, with what each asked the database."""
    app = create_app(demo_settings)
    yield crawl(app, [None, *(email for _, _, email, _ in SIGN_INS)])
    with app.app_context():
        db.engine.dispose()
