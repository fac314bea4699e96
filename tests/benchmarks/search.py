"""How long a search takes on a large desk, and what its index weighs; to be run by hand.

    python -m tests.benchmarks.search [--tickets 10000] [--articles 5000] [--database sqlite] [--folder FOLDER]

Fills a desk with tickets (as `verify seed` does) and with articles of a synthetic archive of 60,000 words (see
synthetic.py), then asks each kind of search through the application, page and all, and beside it that of the queue,
which knows tickets alone. Prints the middle and the 95th percentile of wall time and of processor time (which other
work on the machine does not touch) in milliseconds. A desk on SQLite is kept in FOLDER for the next run.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import func, insert, select, text

from tests.benchmarks.synthetic import BLOCK, Archive
from tests.cast import sign_in
from tests.pages import Visitor
from tests.postgres import server
from verify import create_app
from verify.accounts.models import Person
from verify.articles.models import Article, ArticleVersion
from verify.articles.plaintext import sha256_of
from verify.config import Settings
from verify.db import db, now, upgrade
from verify.demo import prose, seed
from verify.demo.large import fill
from verify.search.vocabulary import learn_everything

SECRET = "only for measuring on this machine, and long enough"
ASKED = 40  # of each kind
THINGS = ("houses", "boats", "schools", "farms")


@contextmanager
def address_of(database: str, folder: Path) -> Iterator[str]:
    """Where the desk's database is: a file that stays, or a PostgreSQL server for this run."""
    if database == "sqlite":
        yield f"sqlite:///{folder / 'verify.sqlite'}"
        return
    with server() as address:
        yield address


def settings_for(address: str, folder: Path) -> Settings:
    """How the measured desk is set up."""
    return Settings(
        environment="development", secret_key=SECRET, database_url=address, data_dir=folder,
        base_url="http://localhost", desk_name="Measured desk",
    )  # fmt: skip


def filled(app: Flask, tickets: int, articles: int) -> None:
    """Tickets with all that hangs on them, then articles in made-up words."""
    with app.app_context():
        seed(db.session)
        db.session.commit()
        for _ in fill(db.session, tickets):
            pass
        began, archive = time.process_time(), Archive()
        for number in range(max(1, articles // BLOCK) if articles else 0):
            _take_in(archive, number)
        db.session.commit()
        entered = time.process_time() - began
        learn_everything(db.session.connection())
        db.session.execute(text("ANALYZE"))  # as the database does by itself after a while
        db.session.commit()
        print(f"{articles:,} articles entered in {entered:.1f} s of this process, their making included")


def _take_in(archive: Archive, number: int) -> None:
    texts = [archive.text(paragraphs) for paragraphs in archive.block(number)]
    first = (db.session.scalar(select(func.max(Article.id))) or 0) + 1
    version = (db.session.scalar(select(func.max(ArticleVersion.id))) or 0) + 1
    moment = now()
    db.session.execute(
        insert(Article),
        [
            {"id": first + at, "title": made.split(".")[0][:200], "language": "en", "taken_in_at": moment}
            for at, made in enumerate(texts)
        ],
    )
    db.session.execute(
        insert(ArticleVersion),
        [
            {
                "id": version + at, "article_id": first + at, "number": 1, "text": made, "length": len(made),
                "sha256": sha256_of(f"{number} {at} {made}"), "frozen_at": moment,
            }
            for at, made in enumerate(texts)
        ],
    )  # fmt: skip


def kinds(random: Random, words: list[str]) -> dict[str, Callable[[], str]]:
    """The addresses that are asked for, by name."""

    def some(least: int, most: int) -> str:
        return words[random.randint(least, most)]

    def find(**typed: str) -> str:
        return f"/search?{urlencode(typed)}"

    def place() -> str:
        return random.choice(prose.OUTLETS).split()[0]

    return {
        "queue, two words (tickets alone)": lambda: f"/queue?q={random.choice(THINGS)}+{place()}",
        "two words": lambda: find(q=f"{random.choice(THINGS)} {place()}"),
        "a word of a fifth of all claims": lambda: find(q=random.choice(THINGS)),
        "two words of the archive": lambda: find(q=f"{some(50, 2_000)} {some(50, 2_000)}"),
        "a phrase": lambda: find(q=f'"{some(20, 200)} {some(20, 200)}"'),
        "a misspelled word": lambda: find(q=f"{some(500, 9_000)}zz {place()}"),
        "source: and a word": lambda: find(q=f'source:"{random.choice(prose.PEOPLE)}" {random.choice(THINGS)}'),
        "fields alone": lambda: find(q=f"status:{random.choice(('open', 'published'))} -in:comments"),
        "a whole claim, and whether it is checked": lambda: find(q=prose.claim(random, random.randint(1, 9_999))),
    }  # fmt: skip


def measured(app: Flask, asked: dict[str, Callable[[], str]]) -> list[str]:
    """A row of the table for each kind."""
    with app.app_context():
        person = db.session.scalars(select(Person).order_by(Person.id)).first()
        assert person is not None
        visitor = sign_in(Visitor(app), person)
    rows = []
    for name, address in asked.items():
        wall, processor = [], []
        for at in range(ASKED + 3):
            wanted = address()
            began, used = time.perf_counter(), time.process_time()
            answer = visitor.client.get(wanted)
            assert answer.status_code in {200, 302}, wanted
            if at >= 3:  # the first few warm up what is kept
                wall.append((time.perf_counter() - began) * 1000)
                processor.append((time.process_time() - used) * 1000)
        cells = [f"{figure:.0f}" for times in (wall, processor) for figure in _middle_and_slow(times)]
        rows.append(f"| {name} | {' | '.join(cells)} |")
    return rows


def _middle_and_slow(times: list[float]) -> tuple[float, float]:
    ordered = sorted(times)
    return ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]


def weight(app: Flask) -> str:
    """What the index weighs beside the texts that it finds."""
    with app.app_context():

        def one(query: str) -> Any:
            return db.session.execute(text(query)).scalar()

        texts = one("SELECT sum(length(text)) FROM article_version")
        entries = one("SELECT count(*) FROM search_entry")
        on_sqlite = db.engine.dialect.name == "sqlite"
        index = one("SELECT sum(length(block)) FROM search_fts_data" if on_sqlite
                    else "SELECT pg_total_relation_size('search_fts')")  # fmt: skip
    return f"{entries:,} entries; texts of {texts / 1e6:.0f} MB, index of {index / 1e6:.0f} MB"


def main() -> None:
    """Reads the arguments, measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tickets", type=int, default=10_000)
    parser.add_argument("--articles", type=int, default=5_000)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "verify-search")
    options = parser.parse_args()
    folder: Path = options.folder / f"{options.tickets}-{options.articles}"
    folder.mkdir(parents=True, exist_ok=True)
    with address_of(options.database, folder) as address:
        fresh = options.database != "sqlite" or not (folder / "verify.sqlite").exists()
        upgrade(address)
        app = create_app(settings_for(address, folder))
        if fresh:
            filled(app, options.tickets, options.articles)
        print(weight(app))
        print("| search | median ms | p95 ms | cpu median | cpu p95 |\n| --- | --- | --- | --- | --- |")
        print("\n".join(measured(app, kinds(Random(1), Archive().words))))
        with app.app_context():
            db.engine.dispose()


if __name__ == "__main__":
    main()
