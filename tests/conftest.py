"""What every test can ask for: a database of its own, the application on it, and a visitor to walk it."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, create_engine, make_url, text

from tests.pages import Visitor
from tests.postgres import server
from verify import create_app
from verify.config import Settings
from verify.db import db, upgrade

APART = {"browser": "needs Chromium", "benchmarks": "measures, and takes minutes"}
KINDS = ("sqlite", "postgresql")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Which database the tests run on."""
    parser.addoption("--database", choices=KINDS, default="sqlite", help="the database that tests run on")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out the tests that need more than this machine surely has, unless they are asked for by name."""
    if collection_path.name not in APART or collection_path.parent != Path(__file__).parent:
        return None
    asked = any(collection_path.name in Path(argument.split("::")[0]).parts for argument in config.args)
    return None if asked else True


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test on the chosen database, or on those that it asks for by a mark."""
    if "database" in metafunc.fixturenames:
        kinds = [metafunc.config.getoption("--database")]
        if metafunc.definition.get_closest_marker("both_databases") and kinds == ["sqlite"]:
            kinds = list(KINDS)
        if metafunc.definition.get_closest_marker("postgresql"):
            kinds = ["postgresql"]
        metafunc.parametrize("database", kinds, indirect=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL, leave out what asks for no database, or for SQLite: it ran before, and would do the same."""
    if config.getoption("--database") == "postgresql":
        asking = [
            one
            for one in items
            if "database" in getattr(one, "fixturenames", ()) and one.get_closest_marker("sqlite") is None
        ]
        config.hook.pytest_deselected(items=[one for one in items if one not in asking])
        items[:] = asking


@pytest.fixture(autouse=True, scope="session")
def _this_machine_only() -> Iterator[None]:
    """No test reaches beyond this machine: a connection elsewhere, or a question for a name, is an error."""
    connect, resolve = socket.socket.connect, socket.getaddrinfo

    def refuse_others(host: object) -> None:
        if str(host) not in {"127.0.0.1", "::1", "localhost", "None", ""}:
            raise AssertionError(f"a test reached for {host}")

    def guarded_connect(self: socket.socket, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6}:
            refuse_others(address[0])
        connect(self, address)

    def guarded_resolve(host: Any, *arguments: Any, **options: Any) -> Any:
        refuse_others(host)
        return resolve(host, *arguments, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket, "getaddrinfo", guarded_resolve)
        yield


class Databases:
    """Hands out databases, each a copy of one that was migrated once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.stack = ExitStack()
        self.numbers = count(1)
        self._postgres: Engine | None = None

    def sqlite(self, *, migrated: bool = True, name: str = "") -> tuple[str, Callable[[], None]]:
        """A SQLite file, and what removes it; one with a name takes the place of the one that had it."""
        template, place = self.folder / "template.sqlite", self.folder / (name or str(next(self.numbers)))
        if migrated and not template.exists():
            upgrade(f"sqlite:///{template}")
        place.mkdir()
        if migrated:
            shutil.copy(template, place / "desk.sqlite")
        return f"sqlite:///{place / 'desk.sqlite'}", lambda: shutil.rmtree(place)

    def postgresql(self, *, migrated: bool = True, name: str = "") -> tuple[str, Callable[[], None]]:
        """A PostgreSQL database, and what drops it; one with a name takes the place of the one that had it."""
        if self._postgres is None:
            address = self.stack.enter_context(server())
            self._postgres = create_engine(address, isolation_level="AUTOCOMMIT")
            self.stack.callback(self._postgres.dispose)
            self._run("CREATE DATABASE template_desk")
            upgrade(self._address("template_desk"))
        name = name or f"desk_{next(self.numbers)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {'template_desk' if migrated else 'template0'}")
        return self._address(name), lambda: self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def _run(self, statement: str) -> None:
        assert self._postgres is not None
        with self._postgres.connect() as connection:
            connection.execute(text(statement))

    def _address(self, name: str) -> str:
        assert self._postgres is not None
        return make_url(self._postgres.url).set(database=name).render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def databases() -> Iterator[Databases]:
    """The source of databases; in memory where the machine allows, since nobody will miss them."""
    memory = Path("/dev/shm")
    place = memory if os.access(memory, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="verify-tests-", dir=place) as folder:
        source = Databases(Path(folder))
        with source.stack:
            yield source


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    """The kind of database this test runs on: sqlite or postgresql."""
    return str(request.param)


@pytest.fixture
def empty_database_url(databases: Databases, database: str) -> Iterator[str]:
    """A database without a single table."""
    address, remove = getattr(databases, database)(migrated=False)
    yield address
    remove()


@pytest.fixture
def database_url(databases: Databases, database: str) -> Iterator[str]:
    """A fresh, migrated database of this test's own; its address is the same for every test of a process."""
    address, remove = getattr(databases, database)(name="tests")
    yield address
    remove()


@pytest.fixture
def settings(database_url: str, databases: Databases) -> Iterator[Settings]:
    """Settings of a development desk whose passwords are cheap to hash, with an empty data folder."""
    data_dir = databases.folder / "data"
    data_dir.mkdir()
    yield Settings(
        environment="development",
        secret_key="a secret that only tests know, long enough",
        database_url=database_url,
        data_dir=data_dir,
        base_url="http://localhost",
        desk_name="Test desk",
        argon2_time=1,
        argon2_memory_kib=64,
    )
    shutil.rmtree(data_dir)


@pytest.fixture(scope="session")
def applications() -> Callable[[Settings], Flask]:
    """The application for some settings, made once: it keeps nothing from one test to the next but compiled pages."""
    return cache(create_app)


@pytest.fixture
def app(settings: Settings, applications: Callable[[Settings], Flask]) -> Iterator[Flask]:
    """The application on a fresh database."""
    app = applications(settings)
    yield app
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    """A person's browser without JavaScript, not signed in."""
    return Visitor(app)
