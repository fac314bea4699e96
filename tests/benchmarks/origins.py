"""How long it takes to count and to draw a claim with many appearances: `python -m tests.benchmarks.origins`.

The core alone (from material at hand to the count, the map as SVG and what would settle it), and on a desk with a
database: recounting the ticket, and the page of its origins. Median of a few runs, in milliseconds.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

from sqlalchemy import insert

from tests.cast import make_investigation, make_person, make_source, sign_in
from tests.pages import Visitor
from verify import create_app
from verify.articles.models import Article, ArticleVersion, Assertion, AssertionState, Hop, Mode
from verify.config import read_settings
from verify.db import db, now, upgrade
from verify.origins import actions
from verify.origins.count import count_origins, read_origins
from verify.origins.map_page import map_shown
from verify.origins.material import Appearance as Heard
from verify.origins.material import Credit, Material, Shared, Source, Tie
from verify.origins.material import Hop as Step
from verify.origins.settle import what_would_settle
from verify.origins.sketch import map_of
from verify.sources.models import SourceKind
from verify.tickets.models import Appearance, Ticket

SIZES = (3, 60, 500)
_RUNS = 7
_WORDS = ["river", "hill", "wind", "rain", "stone", "field", "road", "gate", "mill", "bridge"]


def chain_of(number: int) -> tuple[tuple[str, SourceKind], ...]:
    """By which of seven ways an article has it."""
    agency = (f"Agency {number % 7}", SourceKind.AGENCY)
    return (
        (agency, (f"Speaker {_WORDS[number % 10]}{number % 120}", SourceKind.PERSON)),
        (("The Front", SourceKind.ORGANISATION),),
        (("reports", SourceKind.ANONYMOUS),),
        (),
        (agency, ("witnesses", SourceKind.ANONYMOUS)),
        ((f"Speaker {_WORDS[number % 10]}{number % 40}", SourceKind.PERSON),),
        (("Star TV", SourceKind.OUTLET),),
    )[number % 7]


def statement(number: int) -> str:
    """What an article says, in words of its own: no two are one statement."""
    words = [_WORDS[(number * step) % 10] for step in (1, 3, 7, 9)]
    return f"The town of {words[0]} fell to {words[1]} number {number} by the {words[2]} of {words[3]} {number * 7}"


def material(size: int) -> Material:
    """One claim in so many articles, a tenth of them copies, with ties, credits and shared text."""
    heard = tuple(
        Heard(
            str(number), Step(f"Daily {number % 90}", "outlet"),
            tuple(Step(name, kind.value) for name, kind in chain_of(number)),
            denies=number % 13 == 5, statement=statement(number),
        )
        for number in range(size)
    )  # fmt: skip
    sources = tuple(Source(str(n), f"Speaker {_WORDS[n % 10]}{n}", "person", party=n < 4) for n in range(40))
    ties = tuple(Tie("speaks_for", str(n), str(n % 5), str(n)) for n in range(5, 40))
    credits = tuple(Credit(str(n), f"Agency {n % 7}") for n in range(0, size, 9))
    shared = tuple(Shared(str(n), str(n - 1), "copy", heard[n - 1].outlet) for n in range(10, size, 10))
    return Material(heard, sources, ties, credits, shared)


def timed(work: Callable[[], object]) -> float:
    """The median time of a few runs, in milliseconds."""
    spent = []
    for _ in range(_RUNS):
        started = perf_counter()
        work()
        spent.append(1000 * (perf_counter() - started))
    return median(spent)


def core(size: int) -> dict[str, float]:
    """Counting and drawing without a database."""
    found = material(size)
    reading = read_origins(found)
    return {
        "count": timed(lambda: count_origins(found)),
        "map": timed(lambda: map_shown(map_of(reading))),
        "what settles it": timed(lambda: what_would_settle(reading.asserting)),
        "count and map": timed(lambda: map_shown(map_of(read_origins(found)))),
    }


def filled(size: int) -> Ticket:
    """A ticket with so many appearances, written straight into the database."""
    nadia = make_person(db.session, f"Nadia Rahimi {size}")
    moment = now()
    ticket = Ticket(
        reference=f"BEN-{size:04}", investigation_id=make_investigation(db.session).id, claim="The town has fallen",
        opened_by_id=nadia.id, opened_at=moment, updated_at=moment,
    )  # fmt: skip
    db.session.add(ticket)
    db.session.flush()
    for number in range(size):
        outlet = make_source(db.session, f"Daily {number % 90}", SourceKind.OUTLET)
        text = f"{statement(number)}.\n\nMore of article {number} of {size}.\n"
        article = Article(title=f"Article {number}", outlet_id=outlet.id, taken_in_at=moment, language="en")
        version = ArticleVersion(
            text=text, sha256=f"{size:032}{number:032}", length=len(text), frozen_at=moment
        )
        assertion = Assertion(
            start=0, end=len(statement(number)), statement=statement(number), mode=Mode.INDIRECT, cue="said",
            method="rules/1", state=AssertionState.FILED,
            hops=[Hop(position=n, name=name, kind=kind) for n, (name, kind) in enumerate(chain_of(number))],
        )  # fmt: skip
        article.versions.append(version)
        version.assertions.append(assertion)
        db.session.add(article)
        db.session.flush()
        row = {
            "ticket_id": ticket.id,
            "assertion_id": assertion.id,
            "filed_by_id": nadia.id,
            "filed_at": moment,
        }
        db.session.execute(insert(Appearance).values(row))
    actions.recount(db.session, [ticket])
    db.session.commit()
    return ticket


def desk(sizes: tuple[int, ...], folder: Path) -> dict[int, dict[str, float]]:
    """Counting on a desk, and its page of origins."""
    os.environ["VERIFY_DATA"] = str(folder)
    settings = read_settings()
    upgrade(settings.database_url)
    app = create_app(settings)
    found = {}
    with app.app_context():
        for size in sizes:
            ticket = filled(size)
            visitor = sign_in(Visitor(app), ticket.opened_by)
            db.session.commit()
            address = f"/tickets/{ticket.reference}/origins"
            recounting = timed(lambda ticket=ticket: actions.recount(db.session, [ticket]))  # type: ignore[misc]  # mypy infers no lambda with a default
            db.session.rollback()
            found[size] = {
                "recount": recounting,
                "page": timed(lambda visitor=visitor, address=address: visitor.get(address)),  # type: ignore[misc]  # mypy infers no lambda with a default
            }
    return found


def main() -> None:
    """Print one line a size."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    asked.add_argument("--core", action="store_true", help="leave the database out")
    chosen = asked.parse_args()
    on_desk: dict[int, dict[str, float]] = {}
    if not chosen.core:
        with tempfile.TemporaryDirectory() as folder:
            on_desk = desk(tuple(chosen.sizes), Path(folder))
    for size in chosen.sizes:
        figures = core(size) | on_desk.get(size, {})
        print(
            f"{size:>4} appearances  "
            + "  ".join(f"{name} {spent:.0f} ms" for name, spent in figures.items())
        )


if __name__ == "__main__":
    main()
