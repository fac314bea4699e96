"""The floor to measure against: bare Flask and raw sqlite3 on the same rows, with no rules, forms, log or layout.

Served by gunicorn like the desk. FLOOR_DATABASE names a copy of the desk's database.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import sqlite3
import tempfile
import threading
from html import escape
from typing import Any

from flask import Flask, Response, redirect, request

try:
    import pysqlite3 as engine  # the desk's own SQLite
except ImportError:
    engine = sqlite3

app = Flask(__name__)
_local = threading.local()
LIST = (
    "SELECT reference, claim, claimant, status, rating, articles, origins_lower, origins_upper FROM ticket "
    "WHERE status = ? ORDER BY updated_at DESC, id DESC LIMIT 50"
)
SEARCH = (
    "SELECT ticket.reference, ticket.claim, ticket.claimant, status, rating, articles, origins_lower, origins_upper "
    "FROM ticket_fts JOIN ticket ON ticket.id = ticket_fts.rowid WHERE ticket_fts MATCH ? "
    "ORDER BY ticket_fts.rowid DESC LIMIT 50"
)
PARTS = (
    "SELECT a.title, substr(v.text, s.start_at + 1, s.end_at - s.start_at), h.name FROM appearance p "
    "JOIN assertion s ON s.id = p.assertion_id JOIN article_version v ON v.id = s.version_id "
    "JOIN article a ON a.id = v.article_id JOIN hop h ON h.assertion_id = s.id WHERE p.ticket_id = ?",
    "SELECT number, title, note FROM evidence WHERE ticket_id = ?",
    "SELECT body, name FROM comment JOIN person ON person.id = author_id WHERE ticket_id = ? ORDER BY comment.id DESC "
    "LIMIT 50",
    "SELECT action, new_value, happened_at FROM ticket_event WHERE ticket_id = ? ORDER BY id DESC LIMIT 50",
)


def database() -> Any:
    """This thread's connection."""
    if not hasattr(_local, "connection"):
        _local.connection = engine.connect(os.environ["FLOOR_DATABASE"], isolation_level=None, timeout=30)
        _local.connection.execute("PRAGMA journal_mode=WAL")
        _local.connection.execute("PRAGMA synchronous=FULL")
    return _local.connection


def _table(rows: list[Any]) -> str:
    lines = ("<tr>" + "".join(f"<td>{escape(str(cell))}" for cell in row) for row in rows)
    return f"<!doctype html><table>{''.join(lines)}</table>"


@app.get("/queue")
def listed() -> str:
    """The list, by status or by words."""
    if words := request.args.get("q"):
        return _table(database().execute(SEARCH, (words,)).fetchall())
    return _table(database().execute(LIST, (request.args["status"],)).fetchall())


@app.get("/tickets/<reference>")
def shown(reference: str) -> str:
    """One ticket with its appearances, evidence, discussion and history."""
    ticket = database().execute("SELECT * FROM ticket WHERE reference = ?", (reference,)).fetchone()
    return _table([ticket]) + "".join(
        _table(database().execute(part, (ticket[0],)).fetchall()) for part in PARTS
    )


@app.post("/tickets/<reference>/comment")
def comment(reference: str) -> Any:
    """A comment, committed."""
    connection = database()
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(
        "INSERT INTO comment (ticket_id, author_id, body, written_at) "
        "SELECT id, 1, ?, datetime('now') FROM ticket WHERE reference = ?",
        (request.form["body"], reference),
    )
    connection.execute("COMMIT")
    return redirect(f"/tickets/{reference}", 303)


@app.post("/reports")
def export() -> Response:
    """The published verdicts of an investigation as CSV, stored under a hash like the desk's."""
    rows = database().execute(
        "SELECT content FROM verdict JOIN verdict_version ON verdict_id = verdict.id WHERE investigation = ?",
        (request.form["investigation"],),
    )
    out = io.StringIO()
    writer = csv.writer(out)
    for (content,) in rows:
        verdict = json.loads(content)
        writer.writerow([verdict[key] for key in ("reference", "claim", "rating", "summary", "confidence")])
    raw = out.getvalue().encode()
    with tempfile.NamedTemporaryFile(dir=os.path.dirname(os.environ["FLOOR_DATABASE"])) as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    return Response(hashlib.sha256(raw).hexdigest(), 303, {"Location": "/reports"})
