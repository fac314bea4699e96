"""How the search for shared text does in a large archive, to be run by hand.

    python -m tests.benchmarks.reuse_archive [--articles 100000] [--database sqlite postgresql] [--folder FOLDER]

Fills a desk of its own with a synthetic archive (see synthetic.py), then takes in articles that are new, partly taken
from it or wholly taken from it, as the desk does. Prints the size of the index, how long looking one article up takes
(fingerprints, index, and comparing the likeliest texts word by word; nothing is written), what is found, and how many
articles a second come in, comparing and committing included, spotting not. Needs 7 GB of disk for a million articles on
SQLite and 16 GB on PostgreSQL, which is the tests' own and runs without fsync.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import Engine, make_url, text
from sqlalchemy.orm import Session

from tests.benchmarks.synthetic import BLOCK, Archive, Numbers
from tests.postgres import server
from verify import models
from verify.articles import actions, shared_text
from verify.articles import shared_text_index as index
from verify.db import connect, now, upgrade
from verify.reuse import Strength, compare, read

NEWCOMERS = 300
ARTICLE = (
    "id", "title", "byline", "language", "url", "published_on", "taken_in_at",
)  # fmt: skip
VERSION = (
    "id", "article_id", "number", "text", "sha256", "length", "media_type", "file_name", "intake_notes", "frozen_at",
)  # fmt: skip
INDEXED = ("version_id", "method", "narrative_words", "done_at")


class Rows:
    """Writes rows by the thousand, by each database's own fast way."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.sqlite = engine.dialect.name == "sqlite"

    def write(self, table: str, columns: tuple[str, ...], rows: Iterator[tuple[Any, ...]]) -> None:
        """Write rows in one transaction."""
        names = ", ".join(columns)
        with self.engine.begin() as connection:
            raw: Any = connection.connection.driver_connection
            if self.sqlite:
                places = ", ".join("?" * len(columns))
                raw.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", rows)
                return
            with raw.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)


def fill(engine: Engine, archive: Archive, articles: int) -> int:
    """Write the archive: articles, texts, and at the end the index in its own order; return the size of that."""
    rows, moment = (
        Rows(engine),
        str(now().replace(tzinfo=None if engine.dialect.name == "sqlite" else now().tzinfo)),
    )
    hashes: list[Numbers] = []
    owners: list[Numbers] = []
    for number in range(articles // BLOCK):
        made = archive.made(number)
        first = number * BLOCK + 1
        rows.write("article", ARTICLE, (
            (first + at, f"Article {first + at}", "", "en", "", f"2021-{1 + at % 12:02}-{1 + at % 28:02}", moment)
            for at in range(BLOCK)
        ))  # fmt: skip
        rows.write("article_version", VERSION, (
            (first + at, first + at, 1, said, f"{first + at:064x}", len(said), "text/plain", "", "[]", moment)
            for at, said in enumerate(made.texts)
        ))  # fmt: skip
        rows.write(
            "fingerprinting", INDEXED, ((first + at, shared_text.METHOD, 400, moment) for at in range(BLOCK))
        )
        hashes.append(made.hashes)
        owners.append((made.owners + first).astype(np.int32))
        if number % 100 == 99:
            print(f"  {first + BLOCK - 1:,} articles written", flush=True)
    before = size_of(engine)
    write_index(rows, np.concatenate(hashes), np.concatenate(owners))
    settle(engine)
    return size_of(engine) - before


def write_index(rows: Rows, hashes: Numbers, owners: Numbers) -> None:
    """Write the fingerprints in order, of each as many as the desk keeps."""
    order = np.argsort(hashes, kind="stable")
    hashes, owners = hashes[order], owners[order]
    starts = np.r_[0, np.flatnonzero(np.diff(hashes)) + 1]
    place = np.arange(len(hashes)) - np.repeat(starts, np.diff(np.r_[starts, len(hashes)]))
    kept = place < index.CAP
    hashes, owners = hashes[kept], owners[kept]
    print(f"  {len(hashes):,} fingerprints, {np.count_nonzero(~kept):,} left out as common", flush=True)
    for at in range(0, len(hashes), 5_000_000):
        pairs = zip(hashes[at : at + 5_000_000].tolist(), owners[at : at + 5_000_000].tolist(), strict=True)
        rows.write("text_fingerprint", ("hash", "version_id"), pairs)


def settle(engine: Engine) -> None:
    """Let the database count what it holds, and its sequences go on after the last row."""
    if engine.dialect.name == "sqlite":
        raw: Any = engine.raw_connection()
        raw.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
        raw.close()
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in ("article", "article_version"):
            connection.execute(
                text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
            )
        connection.execute(text("VACUUM ANALYZE text_fingerprint"))
        connection.execute(text("ANALYZE"))


def size_of(engine: Engine) -> int:
    """How much room the fingerprints take; on SQLite the whole file, of which the caller takes a difference."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            pages, size = (
                connection.execute(text(f"PRAGMA {name}")).scalar() for name in ("page_count", "page_size")
            )
            return int(pages or 0) * int(size or 0)
        return int(
            connection.execute(text("SELECT pg_total_relation_size('text_fingerprint')")).scalar() or 0
        )


def looked_up(engine: Engine, texts: list[str]) -> tuple[list[float], list[float], list[Strength]]:
    """How many milliseconds each text takes to be compared with the whole archive, and the strongest tie found.

    First by the clock, then by this process's own processor time.
    """
    clock, processor, strongest = [], [], []
    ranks = list(Strength)
    for said in texts:
        with Session(engine) as session:
            began = time.perf_counter(), time.process_time()
            reading = read(said)
            found = index.look_up(session, reading.fingerprints)
            others = shared_text._texts(session, found.likeliest)
            ties = [compare(reading, other.text, found.common, found.repeated).strength for other in others]
            clock.append((time.perf_counter() - began[0]) * 1000)
            processor.append((time.process_time() - began[1]) * 1000)
            strongest.append(min(ties, key=ranks.index, default=Strength.INDEPENDENT))
    return clock, processor, strongest


def taken_in(engine: Engine, texts: list[str]) -> tuple[float, float]:
    """How many articles a second come in, by the clock and by the processor time of this process.

    Spotting is left out: it is measured by itself, and runs before the transaction or in the background.
    """
    clock, processor = time.perf_counter(), time.process_time()
    for at, said in enumerate(texts):
        with Session(engine) as session:
            described = actions.Description(title=f"Newcomer {at}")
            actions.take_in(session, None, text=said, described=described, spotted=[])
            session.commit()
    return len(texts) / (time.perf_counter() - clock), len(texts) / (time.process_time() - processor)


@contextmanager
def database(kind: str, folder: Path) -> Iterator[Engine]:
    """An empty desk of this kind."""
    if kind == "sqlite":
        url = f"sqlite:///{folder / 'archive.sqlite'}"
        upgrade(url)
        engine = connect(url)
        yield engine
        engine.dispose()
        return
    os.environ["TMPDIR"] = tempfile.tempdir = str(folder)
    folder.chmod(0o755)
    with server() as address:
        url = make_url(address).render_as_string(hide_password=False)
        upgrade(url)
        engine = connect(url)
        yield engine
        engine.dispose()


def report(kind: str, articles: int, folder: Path) -> None:
    """Fill one archive and print what was measured in it."""
    archive = Archive()
    print(f"{kind}, {articles:,} articles (load of the machine: {os.getloadavg()[0]:.1f})", flush=True)
    with database(kind, folder) as engine:
        began = time.perf_counter()
        size = fill(engine, archive, articles)
        filled = time.perf_counter() - began
        print(
            f"  filled in {filled:,.0f} s; index {size / 1e6:,.0f} MB, {size / articles:,.0f} bytes an article"
        )
        texts = list(archive.newcomers(articles, NEWCOMERS))
        looked_up(engine, texts[:3])  # modules and statements are loaded by now
        clock, processor, strongest = looked_up(engine, texts)
        for name, spent in (("first hundred, by the clock", clock[:100]), ("then, by the clock", clock[100:]),
                            ("processor time of this process", processor)):  # fmt: skip
            some = sorted(spent)
            middle, late = some[len(some) // 2], some[int(len(some) * 0.95)]
            print(f"  look-up, {name}: median {middle:.1f} ms, p95 {late:.1f} ms, worst {some[-1]:.1f} ms")
        for kind_of, part in (("new", 0), ("partly taken", 1), ("wholly taken", 2)):
            found = strongest[part::3]
            told = {one.value: found.count(one) for one in Strength if one in found}
            print(f"  {kind_of}: {told}")
        by_clock, own = taken_in(engine, texts)
        print(
            f"  intake: {by_clock:.1f} articles a second, {own:.1f} a second of this process’s own processor time"
        )
        print(f"  (load of the machine at the end: {os.getloadavg()[0]:.1f})", flush=True)


def main() -> None:
    """Measure each size on each database."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, nargs="+", default=[100_000])
    parser.add_argument(
        "--database", nargs="+", choices=("sqlite", "postgresql"), default=["sqlite", "postgresql"]
    )
    parser.add_argument("--folder", type=Path, help="where the archives are made, and removed again")
    asked = parser.parse_args()
    assert models.metadata.tables
    for articles in asked.articles:
        for kind in asked.database:
            folder = Path(tempfile.mkdtemp(prefix="verify-archive-", dir=asked.folder))
            try:
                report(kind, articles, folder)
            finally:
                shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
