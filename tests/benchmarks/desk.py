"""Requests a second of the desk beside a bare floor on the same rows, to be run by hand.

    python -m tests.benchmarks.desk [--sizes 10000 100000] [--seconds 4] [--folder FOLDER] [--port 5101]

Fills a desk of each size (kept in FOLDER for the next run), serves it and the floor with 2 workers of 8 threads on
the loopback address, and lets 8 clients ask for one kind of page at a time. Prints requests a second, the 95th
percentile, the same for each second of the servers' processor time (which other work on the machine does not touch),
the share of the floor, and the memory of all server processes.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from flask.sessions import SecureCookieSessionInterface

from tests.benchmarks.clients import Client, Figures, Request, get, measure, memory_of, post
from verify import create_app
from verify.accounts.models import Person, RoleGrant
from verify.accounts.sessions import start_session
from verify.config import Settings
from verify.db import db, upgrade
from verify.demo import prose
from verify.demo import seed as seed_demo
from verify.demo.large import fill
from verify.permissions import Role

CLIENTS, WORKERS, THREADS = 8, 2, 8
SECRET = "only for measuring on this machine, and long enough"


@dataclass(frozen=True)
class Desk:
    """One filled desk on the disk."""

    folder: Path
    size: int

    @property
    def place(self) -> Path:
        """Where this run's copies lie; what it writes is gone with the next run."""
        return self.folder / "run"

    def settings(self, folder: Path) -> Settings:
        """How the desk in a folder is set up."""
        return Settings(
            environment="development", secret_key=SECRET, database_url=f"sqlite:///{folder / 'verify.sqlite'}",
            data_dir=folder, base_url="http://127.0.0.1", desk_name="Measured desk",
        )  # fmt: skip

    def prepare(self) -> None:
        """Fill it, unless an earlier run did; desk and floor each get a copy of the same rows."""
        self.folder.mkdir(parents=True, exist_ok=True)
        settings = self.settings(self.folder)
        upgrade(settings.database_url)
        if not (self.folder / "ready").exists():
            with create_app(settings).app_context():
                seed_demo(db.session)
                db.session.commit()
                for done in fill(db.session, self.size):
                    print(f"\rfilling {self.size:,} tickets: +{done}", end="", file=sys.stderr)
                for engine in db.engines.values():
                    engine.dispose()
            (self.folder / "ready").touch()
        shutil.rmtree(self.place, ignore_errors=True)
        self.place.mkdir()
        for name in ("verify", "floor"):
            shutil.copy(self.folder / "verify.sqlite", self.place / f"{name}.sqlite")

    def cookies(self) -> list[str]:
        """The cookie of one signed-in checker for each client."""
        app = create_app(self.settings(self.place))
        with app.app_context():
            checkers = db.session.query(Person).join(RoleGrant, RoleGrant.person_id == Person.id)
            people = checkers.filter(RoleGrant.role == Role.CHECKER).order_by(Person.id).all()
            tokens = [start_session(db.session, people[at % len(people)], address="127.0.0.1", browser="benchmark")
                      for at in range(CLIENTS)]  # fmt: skip
            db.session.commit()
            interface = app.session_interface
            assert isinstance(interface, SecureCookieSessionInterface)
            signer = interface.get_signing_serializer(app)
            assert signer is not None
            name = app.config["SESSION_COOKIE_NAME"]
            made = [f"{name}={signer.dumps({'_user_id': token, '_fresh': True})}" for token in tokens]
            for engine in db.engines.values():
                engine.dispose()
        return made

    def references(self) -> list[str]:
        """A sample of tickets, spread over all of them."""
        with sqlite3.connect(self.place / "floor.sqlite") as connection:
            found = [
                row[0] for row in connection.execute("SELECT reference FROM ticket WHERE reference LIKE 'L%'")
            ]
        return Random(1).sample(found, min(500, len(found)))

    @contextmanager
    def served(self, what: str, port: int) -> Iterator[int]:
        """The desk or the floor, listening; yields the number of its first process."""
        environ = os.environ | {"VERIFY_DATA": str(self.place), "VERIFY_SECRET_KEY": SECRET,
                                "VERIFY_BASE_URL": f"http://127.0.0.1:{port}",
                                "FLOOR_DATABASE": str(self.place / "floor.sqlite")}  # fmt: skip
        if what == "desk":
            command = [
                "-c",
                "from verify.cli import cli; cli()",
                "serve",
                "--port",
                str(port),
                "--workers",
                str(WORKERS),
            ]
        else:
            command = ["-m", "gunicorn", "-k", "gthread", "-w", str(WORKERS), "--threads", str(THREADS), "--preload",
                       "-b", f"127.0.0.1:{port}", "--log-level", "warning", "tests.benchmarks.floor:app"]  # fmt: skip
        server = subprocess.Popen([sys.executable, *command], env=environ, stdout=subprocess.DEVNULL)
        try:
            Client(port).wait(60)
            yield server.pid
        finally:
            server.terminate()
            server.wait(30)


def pages(references: list[str], investigations: int) -> dict[str, Callable[[Random, Client], Request]]:
    """What is asked for, by name; each draws its address at random. Investigation 1 is the demo's own."""
    statuses = ("open", "in_review", "graded", "published")
    body = {"body": "Seen, and compared with the other report."}

    def searched(random: Random, client: Client) -> Request:
        place = random.choice(prose.OUTLETS).split()[0]
        thing = random.choice(("houses", "boats", "schools", "farms"))
        return get(f"/queue?q={thing}+{place}")

    def exported(random: Random, client: Client) -> Request:
        name = f"Measured desk, part {random.randint(2, investigations + 1)}"
        return post("/reports", client, {"format": "csv", "title": "Measured", "investigation": name})

    return {
        "list": lambda random, client: get(f"/queue?status={random.choice(statuses)}"),
        "open": lambda random, client: get(f"/tickets/{random.choice(references)}"),
        "search": searched,
        "save": lambda random, client: post(f"/tickets/{random.choice(references)}/comment", client, body),
        "export": exported,
    }


def run(desk: Desk, seconds: float, port: int) -> dict[str, dict[str, Figures]]:
    """Measure every page of one size, floor and desk by turns, since other work on the machine comes and goes."""
    desk.prepare()
    cookies, asked = desk.cookies(), pages(desk.references(), desk.size // 500)
    found: dict[str, dict[str, Figures]] = {}
    with desk.served("floor", port + 1) as floor_pid, desk.served("desk", port) as desk_pid:
        floor = [Client(port + 1) for _ in cookies]
        own = [Client(port, cookie, desk=True) for cookie in cookies]
        for name, page in asked.items():
            found[name] = {
                "floor": measure(floor, page, seconds, floor_pid),
                "desk": measure(own, page, seconds, desk_pid),
            }
        found["memory"] = {"desk": Figures(*memory_of(desk_pid), 0)}
    return found


def _row(name: str, size: int, of: dict[str, Figures]) -> str:
    desk, floor = of["desk"], of["floor"]
    share, share_of_cpu = desk.rate / floor.rate, desk.rate_of_cpu / floor.rate_of_cpu
    cells = (name, f"{size:,}", f"{desk.rate:.0f}", f"{desk.p95 * 1000:.0f}", f"{floor.rate:.0f}", f"{share:.0%}",
             f"{desk.rate_of_cpu:.0f}", f"{floor.rate_of_cpu:.0f}", f"{share_of_cpu:.0%}")  # fmt: skip
    return f"| {' | '.join(cells)} |"


def table(results: dict[int, dict[str, dict[str, Figures]]]) -> str:
    """The figures as a Markdown table."""
    heads = (
        "page",
        "tickets",
        "desk req/s",
        "p95 ms",
        "floor req/s",
        "share",
        "desk req/cpu-s",
        "floor req/cpu-s",
        "share",
    )
    lines = [f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}"]
    for size, found in results.items():
        lines += [_row(name, size, of) for name, of in found.items() if name != "memory"]
    lines.append("")
    for size, found in results.items():
        memory = found["memory"]["desk"]
        lines.append(f"Memory of all server processes at {size:,}: {memory.rate:.0f} MB "
                     f"(shared pages counted once; {memory.p95:.0f} MB when each process counts them).")  # fmt: skip
    if len(results) == 2:
        small, large = results.values()
        slower = [f"{name} {small[name]['desk'].rate_of_cpu / large[name]['desk'].rate_of_cpu:.2f}"
                  for name in small if name != "memory"]  # fmt: skip
        lines.append(f"Times dearer at the larger size, in processor time: {', '.join(slower)}.")
    return "\n".join(lines)


def main() -> None:
    """Reads the arguments, measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", nargs="+", type=int, default=[10_000, 100_000])
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--port", type=int, default=5101)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "verify-benchmark")
    parser.add_argument("--json", type=Path, help="also write the figures here")
    options = parser.parse_args()
    results = {}
    for size in options.sizes:
        began = time.monotonic()
        results[size] = run(Desk(options.folder / str(size), size), options.seconds, options.port)
        print(f"\n{size:,} tickets took {time.monotonic() - began:.0f} s", file=sys.stderr)
    if options.json:
        options.json.write_text(json.dumps(results, default=lambda figures: figures.__dict__, indent=1))
    print(table(results))


if __name__ == "__main__":
    main()
