"""Chromium, the demo desk that listens, and a fresh desk for tests that change something."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, sync_playwright

from tests.browser.live import CHROMIUM, serving
from tests.browser.screens import Screen, Walk, walk
from verify import create_app, demo
from verify.config import Settings
from verify.db import db, upgrade


@dataclass(frozen=True)
class Desk:
    """A desk that listens, with the demo's people and work; tests on it only look."""

    app: Flask
    address: str

    def email(self, role: str) -> str:
        """Somebody of the demo desk who holds this role."""
        return next(email for _, roles, email, _ in demo.SIGN_INS if role in roles)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium: the machine's own, or playwright's where there is none."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def desk() -> Iterator[Desk]:
    """The demo desk, served for the whole run."""
    with tempfile.TemporaryDirectory(prefix="verify-browser-") as folder:
        place = Path(folder)
        settings = Settings(
            environment="development",
            secret_key="a secret that only tests know, long enough",
            database_url=f"sqlite:///{place / 'desk.sqlite'}",
            data_dir=place,
            base_url="http://localhost",
            desk_name="Demo desk",
            argon2_time=1,
            argon2_memory_kib=64,
        )
        upgrade(settings.database_url)
        app = create_app(settings)
        with app.app_context():
            demo.seed(db.session)
            db.session.commit()
        with serving(app) as address:
            yield Desk(app, address)
        with app.app_context():
            for engine in db.engines.values():
                engine.dispose()


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Where this test's own fresh desk listens."""
    with serving(app) as address:
        yield address


@pytest.fixture(scope="session")
def walks(desk: Desk) -> list[Walk]:
    """What the public and everybody of the demo desk finds by following links; who may do most on a ticket first."""
    people = sorted(demo.SIGN_INS, key=lambda sign_in: "checker" not in sign_in[1])
    return [walk(desk.app, email) for email in (None, *(email for _, _, email, _ in people))]


@pytest.fixture(scope="session")
def screens(walks: list[Walk]) -> list[Screen]:
    """Every screen once: the first person who can see an address looks at it."""
    first: dict[str, Screen] = {}
    for screen in (screen for found in walks for screen in found.screens):
        first.setdefault(screen.address, screen)
    return list(first.values())
