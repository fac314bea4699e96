"""Migrations go up, down and up, and end where the models are, with checks and triggers, on both databases."""

from __future__ import annotations

import re

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from verify import models
from verify.db import alembic_config, connect, downgrade, upgrade, writing

pytestmark = pytest.mark.both_databases
TRIGGERS = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": """
        SELECT t.tgname, pg_get_triggerdef(t.oid) || ' ' || p.prosrc FROM pg_trigger t
        JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal
    """,
}
CHECKS = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql IS NOT NULL",
    "postgresql": "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'c'",
}
INDEXES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
    "postgresql": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
}


def read(connection: Connection, queries: dict[str, str]) -> dict[str, str]:
    """What a catalogue holds, by name, without differences of spacing and quoting."""
    rows = connection.execute(text(queries[connection.dialect.name]))
    return {name: re.sub(r'[\s"]+', " ", str(definition)).strip() for name, definition in rows}


def checks(connection: Connection) -> dict[str, str]:
    """Every CHECK by its name; SQLite keeps them only in the text of the table."""
    if connection.dialect.name == "postgresql":
        return read(connection, CHECKS)
    found: dict[str, str] = {}
    for table, definition in read(connection, CHECKS).items():
        for name, condition in re.findall(r"CONSTRAINT (\w+) CHECK (\(.+?\))(?= *,| *\)$)", definition):
            found[f"{table}.{name}"] = condition
    return found


def test_migrations_go_up_down_and_up(empty_database_url: str) -> None:
    upgrade(empty_database_url)
    first = tables(empty_database_url)
    downgrade(empty_database_url)
    assert tables(empty_database_url) <= {"alembic_version"}
    assert leftovers(empty_database_url) == {}
    upgrade(empty_database_url)
    assert tables(empty_database_url) == first


def test_every_single_step_can_be_taken_back(empty_database_url: str) -> None:
    steps = [
        step.revision
        for step in ScriptDirectory.from_config(alembic_config(empty_database_url)).walk_revisions()
    ]
    for revision in reversed(steps):
        upgrade(empty_database_url, revision)
        downgrade(empty_database_url, "-1")
        upgrade(empty_database_url, revision)


def test_revisions_are_one_numbered_line(empty_database_url: str) -> None:
    steps = ScriptDirectory.from_config(alembic_config(empty_database_url)).walk_revisions()
    numbers = [step.revision for step in reversed(list(steps))]
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]


def test_migrations_end_where_the_models_are(database_url: str, empty_database_url: str) -> None:
    migrated, modelled = connect(database_url), connect(empty_database_url)
    try:
        with writing(), modelled.begin() as connection:
            models.metadata.create_all(connection)
        with migrated.connect() as one, modelled.connect() as other:
            context = MigrationContext.configure(
                one, opts={"compare_type": True, "include_object": not_search}
            )
            assert compare_metadata(context, models.metadata) == []
            assert checks(one) == checks(other)
            assert read(one, TRIGGERS) == read(other, TRIGGERS)
            assert read(one, TRIGGERS), "no trigger guards the tables"
            assert without_search(read(one, INDEXES)) == without_search(read(other, INDEXES))
    finally:
        migrated.dispose()
        modelled.dispose()


def not_search(thing: object, name: str | None, kind: str, *_rest: object) -> bool:
    """SQLite's full-text search keeps tables of its own, which no model describes."""
    return not (kind in {"table", "index"} and name and "_fts" in name)


def without_search(found: dict[str, str]) -> dict[str, str]:
    return {name: definition for name, definition in found.items() if name != "alembic_version_pkc"}


def tables(url: str) -> set[str]:
    engine = connect(url)
    try:
        return set(inspect(engine).get_table_names())
    finally:
        engine.dispose()


def leftovers(url: str) -> dict[str, str]:
    """Functions on PostgreSQL and triggers on either that a downgrade forgot."""
    engine = connect(url)
    try:
        with engine.connect() as connection:
            found = read(connection, TRIGGERS)
            if connection.dialect.name == "postgresql":
                functions = "SELECT proname, proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
                found |= read(connection, {"postgresql": functions})
            return found
    finally:
        engine.dispose()
