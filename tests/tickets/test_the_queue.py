"""The queue: views are links, pages go by key, each query stands on an index, no search breaks it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text, update

from tests import cast
from tests.pages import Page
from tests.tickets.conftest import Desk
from verify.tickets import actions, listing
from verify.tickets.listing import Filters
from verify.tickets.models import Ticket
from verify.tickets.workflow import Rating


def references(page: Page) -> list[str]:
    """The tickets of the list, without those of the groups above it."""
    return [cell.text_content() for cell in page.select("//tbody[@id='all']//td[@class='queue__reference']")]


def test_an_empty_queue_says_what_it_is_for_and_what_to_do_first(desk: Desk) -> None:
    page = desk.browser("Nadia").get("/queue")
    assert "Nothing to check yet" in page.text
    assert page.select("//a[@href='/articles/new']")


def test_each_filter_is_a_link_and_narrows(desk: Desk) -> None:
    first, second, third = desk.fill(3)
    other = desk.open(by="Omar", claim="The bridge at Sel is shut", said_by=("Tarik Onal",))
    desk.assign(second, "Omar", "Lena")
    with desk.session() as session:
        session.execute(update(Ticket).where(Ticket.reference == third).values(rating=Rating.FALSE))
    nadia = desk.browser("Nadia")
    expected = {
        "": [second, other, third, first],
        "status=in_review": [second],
        "rating=false": [third],
        "claimant=Mr.+Tarik+Onal": [other],
        "investigation=ort": [second, other, third, first],
        "investigation=nope": [],
        "mine=opened&sort=opened": [third, second, first],
        "q=bridge": [other],
        "q=ort-0002": [second],
        "q=houses+ward": [first],
        "q=hous": [first],
        "status=open&claimant=Lale+Demir": [third, first],
        "status=nonsense&sort=opened": [other, third, second, first],
    }
    for asked, found in expected.items():
        assert references(nadia.get(f"/queue?{asked}")) == found, asked
    assert references(desk.browser("Omar").get("/queue?mine=reviewing")) == [second]
    assert references(desk.browser("Omar").get("/queue?mine=reviewing&q=school")) == [second]
    assert references(nadia.get("/queue?mine=reviewing")) == []


def test_a_filtered_view_keeps_its_filters_in_its_links(desk: Desk) -> None:
    assert Filters(status="open", q="a&b").link(after="7") == "?status=open&q=a%26b&after=7"
    page = desk.browser("Nadia").get("/queue?status=disputed&q=zzz")
    assert "No ticket is like this" in page.text
    assert page.form("/queue", button="Filter").fields()["q"] == "zzz"


@pytest.mark.parametrize("sort", ["updated", "opened"])
def test_pages_by_key_show_every_ticket_once_forwards_and_back(desk: Desk, sort: str) -> None:
    opened = desk.fill(7)
    with desk.session() as session:
        session.execute(update(Ticket).values(updated_at=session.query(Ticket).first().updated_at))  # type: ignore[union-attr]  # filled above
        nadia = desk.person(session, "Nadia")
        seen: list[str] = []
        page = listing.tickets(session, nadia, Filters(sort=sort), page=3)
        assert page.before == ""
        pages = [page]
        while pages[-1].after:
            pages.append(listing.tickets(session, nadia, Filters(sort=sort), after=pages[-1].after, page=3))
        for page in pages:
            seen += [line.reference for line in page.lines]
        assert seen == list(reversed(opened))
        back = listing.tickets(session, nadia, Filters(sort=sort), before=pages[-1].before, page=3)
        assert [line.reference for line in back.lines] == [line.reference for line in pages[-2].lines]
        first = listing.tickets(session, nadia, Filters(sort=sort), before=back.before, page=3)
        assert (first.before, [line.reference for line in first.lines]) == ("", seen[:3])


@pytest.mark.parametrize("key", ["x", "-1", "20260101T000000.000000-", "9" * 30, "20261399T000000.0-3", "١٢"])
def test_a_key_that_is_not_ours_gives_the_first_page(desk: Desk, key: str) -> None:
    opened = desk.fill(1)
    for name in ("after", "before"):
        page = desk.browser("Nadia").get("/queue", {name: key, "status": "open"})
        assert (page.status, references(page)) == (200, opened)


@pytest.mark.parametrize(
    "typed",
    [
        '"',
        "a AND",
        "NEAR(",
        "claim:x",
        "*",
        "^x",
        "x'--",
        "NOT",
        "(",
        ")",
        "-",
        "a\x00b",
        "😀",
        "%_",
        "\\",
        "{x}:y",
        "'" * 9,
    ],
)
@pytest.mark.both_databases
def test_whatever_is_typed_into_search_is_words_never_syntax(desk: Desk, typed: str) -> None:
    desk.fill(1)
    assert desk.browser("Nadia").get("/queue", {"q": typed}).status == 200


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=40))
def test_no_text_at_all_breaks_the_search(desk: Desk, typed: str) -> None:
    with desk.session() as session:
        listing.tickets(session, desk.person(session, "Nadia"), Filters(q=typed))


@pytest.mark.both_databases
def test_search_follows_the_wording_of_a_claim(desk: Desk) -> None:
    reference = desk.open()
    nadia = desk.browser("Nadia")
    assert references(nadia.get("/queue?q=dawn")) == [reference]
    nadia.get(f"/tickets/{reference}/change").form("/claim").submit(
        claim="The gates of Orta were opened at four"
    )
    assert references(nadia.get("/queue?q=dawn")) == []
    assert references(nadia.get("/queue?q=Demir+four")) == [reference]
    assert references(nadia.get(f"/queue?q={reference}")) == [reference]


def test_the_number_of_queries_does_not_grow_with_the_list(desk: Desk) -> None:
    desk.fill(2)
    nadia = desk.browser("Nadia")
    asked: dict[str, list[int]] = {}
    for _ in range(2):
        for address in ("/queue", "/queue?status=open", "/queue?q=ward", "/queue?claimant=Lale+Demir"):
            nadia.get(address)
            with desk.counting() as statements:
                nadia.get(address)
            asked.setdefault(address, []).append(len(statements))
        desk.fill(8)
    for address, counts in asked.items():
        assert counts[0] == counts[1], address
        assert counts[1] <= 8, address


def test_the_ticket_page_asks_no_more_for_many_appearances_and_comments(desk: Desk) -> None:
    reference = desk.open()
    nadia = desk.browser("Nadia")
    counts = []
    for _ in range(3):
        with desk.session() as session:
            omar, ticket = desk.person(session, "Omar"), desk.ticket(session, reference)
            for outlet in ("Hill Post", "Valley Radio"):
                cast.another_appearance(session, omar, ticket, outlet=outlet)
            actions.add_comment(session, omar, ticket, body="@Lena and @Tomas should look.")
        nadia.get(f"/tickets/{reference}")
        with desk.counting() as statements:
            nadia.get(f"/tickets/{reference}")
        counts.append(len(statements))
    assert counts[1] == counts[2]
    assert counts[2] <= 45


INDEXED = [
    Filters(), Filters(sort="opened"), Filters(status="open"), Filters(status="open", sort="opened"),
    Filters(investigation="ORT"), Filters(investigation="ORT", status="graded", sort="opened"),
    Filters(rating="false"), Filters(rating="false", sort="opened"), Filters(claimant="Lale Demir"),
    Filters(claimant="Lale Demir", sort="opened"), Filters(mine="opened"), Filters(mine="opened", sort="opened"),
]  # fmt: skip


@pytest.mark.sqlite
@pytest.mark.parametrize("filters", INDEXED, ids=lambda one: one.link())
def test_every_list_stands_on_an_index_and_sorts_nothing(desk: Desk, filters: Filters) -> None:
    desk.fill(1)
    with desk.counting() as statements, desk.session() as session:
        nadia = desk.person(session, "Nadia")
        page = listing.tickets(session, nadia, filters, after="20300101T000000.000000-9")
        assert page is not None
    asked = next(one for one in statements if "ORDER BY ticket." in one)
    with desk.session() as session:
        plan = session.connection().exec_driver_sql("EXPLAIN QUERY PLAN " + asked, (0,) * asked.count("?"))
        steps = [line[3] for line in plan]
    assert not [step for step in steps if "TEMP B-TREE" in step], steps
    assert all("INDEX" in step or "PRIMARY KEY" in step for step in steps if "ticket" in step), steps


@pytest.mark.sqlite
def test_what_waits_is_found_by_indexes_whatever_the_person_did_before(desk: Desk) -> None:
    desk.fill(1)
    with desk.counting() as statements, desk.session() as session:
        listing.waiting(session, desk.person(session, "Ines"))
    asked = next(one for one in statements if "UNION ALL" in one)
    with desk.session() as session:
        plan = session.connection().exec_driver_sql("EXPLAIN QUERY PLAN " + asked, (0,) * asked.count("?"))
        steps = [line[3] for line in plan]
    assert not [step for step in steps if "SCAN" in step and "SCAN anon" not in step], steps
    judged = [step for step in steps if "SEARCH review" in step or "SEARCH adjudication" in step]
    assert judged
    assert all("ticket_id=?" in step for step in judged), steps


@pytest.mark.sqlite
def test_search_reads_the_index_in_order(desk: Desk) -> None:
    desk.fill(1)
    with desk.session() as session:
        plan = session.execute(
            text(
                "EXPLAIN QUERY PLAN SELECT ticket.id FROM ticket_fts JOIN ticket ON ticket.id = ticket_fts.rowid "
                "WHERE ticket_fts MATCH 'ward' ORDER BY ticket_fts.rowid DESC LIMIT 51"
            )
        )
        steps = [line[3] for line in plan]
    assert not [step for step in steps if "TEMP B-TREE" in step], steps


def test_age_and_deadline_are_told_in_words(desk: Desk) -> None:
    late, _ = desk.fill(2)
    with desk.session() as session:
        session.execute(update(Ticket).where(Ticket.reference == late).values(deadline_on=date(2020, 1, 1)))
    page = desk.browser("Nadia").get("/queue")
    cells = [
        cell.get("class") for cell in page.select("//tbody[@id='all']//td[contains(@class, 'queue__due')]")
    ]
    assert "queue__due late" in cells
    assert page.select("//td[@title='Verdict wanted by 1 January 2020']")


def test_the_groups_show_the_most_pressing_first_and_say_when_there_are_more(desk: Desk) -> None:
    opened = desk.fill(22, round=2)
    with desk.session() as session:
        session.execute(
            update(Ticket).where(Ticket.reference == opened[5]).values(deadline_on=date(2020, 1, 1))
        )
    page = desk.browser("Nadia").get("/queue")
    rows = page.select("//tbody[@id='waiting-returned']//td[@class='queue__reference']")
    assert len(rows) == 20
    assert "and more" in page.select("//tbody[@id='waiting-returned']//th")[0].text_content()
