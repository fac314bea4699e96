"""No page asks more than a handful of questions, none of them once a row, and each finds its rows by an index."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
from sqlalchemy import Engine

from tests.site.crawl import Seen
from verify import models
from verify.config import Settings
from verify.db import connect

pytestmark = pytest.mark.xdist_group("the walk")  # one process walks the desk for all of these

# Statements that one page may send, the session and the person included.
CEILING = 30
CEILINGS = {
    "tickets.show": 40, "tickets.index": 18, "articles.index": 12, "sources.index": 12, "reports.index": 12,
    "audit.log": 9, "accounts.people": 8, "publishing.front": 8,
}  # fmt: skip
ONCE_A_ROW = 4  # times that one and the same question may be asked
# Tables that stay small on any desk, or that are read from their end: a scan of them is no fault.
SMALL = {
    "investigation",
    "rubric",
    "rubric_version",
    "role_grant",
    "audit_head",
    "alembic_version",
    "found",
    "person",
    "claim_block",
}
SCAN = re.compile(r"^SCAN (?P<table>\w+)(?P<rest>.*)$")


def normal(statement: str) -> str:
    """A statement without the number of values in its lists."""
    return re.sub(r"\((\?, )*\?\)", "(?)", " ".join(statement.split()))


def test_no_page_asks_more_than_its_ceiling(seen: list[Seen]) -> None:
    asked: dict[str, int] = {}
    for one in seen:
        if one.page.status == 200:
            asked[one.endpoint] = max(asked.get(one.endpoint, 0), len(one.statements))
    over = {name: count for name, count in asked.items() if count > CEILINGS.get(name, CEILING)}
    assert not over, over


def test_no_page_asks_once_a_row(seen: list[Seen]) -> None:
    for one in seen:
        times = Counter(
            normal(statement) for statement, _ in one.statements if statement.lstrip().startswith("SELECT")
        )
        often = {statement: count for statement, count in times.items() if count > ONCE_A_ROW}
        assert not often, f"{one}: {often}"


def test_looking_changes_nothing(seen: list[Seen]) -> None:
    writes = re.compile(r"^\s*(INSERT|UPDATE|DELETE)\b(?!.*auth_session)", re.IGNORECASE | re.DOTALL)
    for one in seen:
        changing = [statement for statement, _ in one.statements if writes.match(statement)]
        assert not changing, f"{one}: {changing}"


def test_every_question_finds_its_rows_by_an_index(seen: list[Seen], demo_settings: Settings) -> None:
    engine = connect(demo_settings.database_url)
    scans: dict[str, str] = {}
    known: set[str] = set()
    try:
        for one in seen:
            for statement, parameters in one.statements:
                if statement.lstrip()[:6] in {"SELECT", "WITH R"} and normal(statement) not in known:
                    known.add(normal(statement))
                    for table in scanned(engine, statement, parameters):
                        scans[f"{one.endpoint}: {table}"] = normal(statement)[:400]
    finally:
        engine.dispose()
    assert not scans, "\n".join(f"{where}\n    {statement}" for where, statement in scans.items())


def scanned(engine: Engine, statement: str, parameters: Any) -> set[str]:
    """The tables that a query reads from end to end.

    One that walks a table or an index in the order it wants stops when its page is full, and is no such query.
    """
    if "WHERE 0 = 1" in statement:  # what this reader may not see is not even looked for
        return set()
    with engine.connect() as connection:
        plan = [
            str(row[-1]) for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]
    in_order = "LIMIT" in statement and not any("TEMP B-TREE FOR ORDER BY" in step for step in plan)
    aliases: dict[str, str] = {alias: table for table, alias in re.findall(r"\b(\w+) AS (\w+)\b", statement)}
    whole = [step for step in map(SCAN.match, plan) if step and "INDEX" not in step["rest"]]
    names = {aliases.get(str(step["table"]), str(step["table"])) for step in whole}
    return set() if in_order else names & (set(models.metadata.tables) - SMALL)
