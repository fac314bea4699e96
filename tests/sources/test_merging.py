"""Two cards that are one source are merged, and split back: nothing is lost either way."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from flask import Flask
from sqlalchemy import Connection, event, select
from sqlalchemy.exc import IntegrityError

from tests.cast import make_person, make_source, open_ticket, sign_in, take_in
from tests.pages import Visitor
from verify.accounts.models import Person
from verify.articles.models import Hop
from verify.audit.models import AuditEntry
from verify.db import db
from verify.errors import Forbidden, Refused
from verify.permissions import Role
from verify.sources import actions, apart_actions, lookups, merge_lookups
from verify.sources.merge_actions import merge_sources, split_back
from verify.sources.models import Source, SourceKind, SourceMove, SourceMovePart, TieKind
from verify.sources.signals import registry_changed
from verify.sources.tie_actions import Statement, state_tie

WHY = "Both cards name the same spokesman; his office confirmed the spelling."


def two() -> tuple[Person, Source, Source]:
    nadia = make_person(db.session, "Nadia Rahimi")
    return nadia, make_source(db.session, "Fahim Dashty"), make_source(db.session, "Fahim Dashti")


def tied(actor: Person, one: Source, kind: TieKind, other: Source) -> None:
    state_tie(db.session, actor, one, Statement(kind=kind, other=other, known_from="The board’s own page"))


def linked(source: Source) -> set[str]:
    """The names of all hops that lead to a source."""
    return set(db.session.scalars(select(Hop.name).where(Hop.source_id == source.id)))


def test_names_ties_passages_and_articles_go_over_and_come_back(app: Flask) -> None:
    with app.app_context():
        nadia, one, other = two()
        board = make_source(db.session, "Water Board", SourceKind.ORGANISATION)
        tied(nadia, one, TieKind.SPEAKS_FOR, board)
        actions.add_alias(db.session, nadia, one, "F. Dashty")
        open_ticket(db.session, nadia, said_by=("Fahim Dashty",))
        merge_sources(db.session, nadia, one, other, reason=WHY)
        assert lookups.resolve_all(db.session, ["F. Dashty", "Fahim Dashty"]) == {
            "F. Dashty": other, "Fahim Dashty": other,
        }  # fmt: skip
        assert [tie.source_id for tie in lookups.ties_of(db.session, board)] == [other.id]
        assert linked(other) == {"Fahim Dashty"}
        split_back(db.session, nadia, one, reason="His office confirms that they are brothers.")
        assert lookups.resolve(db.session, "F. Dashty") is one
        assert [tie.source_id for tie in lookups.ties_of(db.session, board)] == [one.id]
        assert (linked(one), linked(other)) == ({"Fahim Dashty"}, set())
        assert {alias.name for alias in other.aliases} == {"Fahim Dashti"}


def test_an_outlet_takes_the_articles_of_the_one_merged_into_it(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        article = take_in(db.session, nadia, outlet="The Orta Courrier")
        one = make_source(db.session, "The Orta Courrier")
        other = make_source(db.session, "Orta Courier", SourceKind.OUTLET)
        merge_sources(db.session, nadia, one, other, reason=WHY)
        assert article.outlet_id == other.id
        split_back(db.session, nadia, one, reason="Two papers after all.")
        assert article.outlet_id == one.id


def test_the_queue_lists_claims_under_every_name_that_was_merged(app: Flask) -> None:
    with app.app_context():
        nadia, one, other = two()
        first = open_ticket(db.session, nadia, said_by=("Fahim Dashty",)).reference
        second = open_ticket(db.session, nadia, said_by=("Fahim Dashti",)).reference
        third = open_ticket(db.session, nadia, said_by=("Lale Demir",)).reference
        merge_sources(db.session, nadia, one, other, reason=WHY)
        db.session.commit()
        visitor = sign_in(Visitor(app), nadia)
    for name in ("Fahim Dashti", "Fahim Dashty"):
        page = visitor.get("/queue", query={"view": "all", "claimant": name})
        assert first in page.text
        assert second in page.text
        assert third not in page.text


def test_what_came_in_after_merging_goes_to_whose_name_it_has(app: Flask) -> None:
    with app.app_context():
        nadia, one, other = two()
        merge_sources(db.session, nadia, one, other, reason=WHY)
        open_ticket(db.session, nadia, said_by=("Fahim Dashty",))
        open_ticket(db.session, nadia, said_by=("Fahim Dashti",))
        assert linked(other) == {"Fahim Dashty", "Fahim Dashti"}
        split_back(db.session, nadia, one, reason="Two men.")
        assert (linked(one), linked(other)) == ({"Fahim Dashty"}, {"Fahim Dashti"})


def test_mergings_in_a_row_are_undone_one_by_one_in_any_order(app: Flask) -> None:
    with app.app_context():
        nadia, one, other = two()
        third = make_source(db.session, "Fahim Dachti")
        merge_sources(db.session, nadia, one, other, reason=WHY)
        merge_sources(db.session, nadia, other, third, reason=WHY)
        assert merge_lookups.survivors(db.session, [one.id, other.id, third.id]) == dict.fromkeys(
            [one.id, other.id, third.id], third.id
        )
        assert set(merge_lookups.merged_in(db.session, [third.id])) == {one.id, other.id}
        split_back(db.session, nadia, one, reason="Somebody else.")
        assert lookups.resolve(db.session, "Fahim Dashty") is one
        assert lookups.resolve(db.session, "Fahim Dashti") is third
        split_back(db.session, nadia, other, reason="Also somebody else.")
        assert lookups.resolve(db.session, "Fahim Dashti") is other
        assert lookups.resolve(db.session, "Fahim Dashty") is one


def test_a_merged_source_merged_back_is_refused_with_what_to_do(app: Flask) -> None:
    with app.app_context():
        nadia, one, other = two()
        merge_sources(db.session, nadia, one, other, reason=WHY)
        for first, second in ((other, one), (one, other)):
            with pytest.raises(
                Refused, match="They are one already: Fahim Dashty was merged into Fahim Dashti"
            ):
                merge_sources(db.session, nadia, first, second, reason=WHY)
        with pytest.raises(Refused, match=r"was merged into Fahim Dashti on .* Split it off again before"):
            merge_sources(db.session, nadia, one, make_source(db.session, "Somebody"), reason=WHY)
        split_back(db.session, nadia, one, reason="Two.")
        merge_sources(db.session, nadia, other, one, reason="One, after all, and this is how he writes it.")
        assert lookups.resolve(db.session, "Fahim Dashti") is one


def test_a_source_that_stands_for_itself_cannot_be_split_back(app: Flask) -> None:
    with app.app_context():
        nadia, one, _ = two()
        with pytest.raises(Refused, match="stands for itself"):
            split_back(db.session, nadia, one, reason="Two.")


def test_a_source_is_never_merged_into_itself_or_without_a_reason(app: Flask) -> None:
    with app.app_context():
        nadia, one, other = two()
        with pytest.raises(Refused, match="cannot be merged into itself"):
            merge_sources(db.session, nadia, one, one, reason=WHY)
        with pytest.raises(Refused, match="Say how you know") as refused:
            merge_sources(db.session, nadia, one, other, reason=" \n")
        assert refused.value.field == "reason"
        with pytest.raises(Forbidden):
            merge_sources(db.session, make_person(db.session, "Rosa", Role.READER), one, other, reason=WHY)


def test_who_is_tied_to_a_source_is_another_one(app: Flask) -> None:
    with app.app_context():
        nadia, one, other = two()
        tied(nadia, one, TieKind.ALLIED_WITH, other)
        with pytest.raises(Refused, match="Who is tied to a source is another one"):
            merge_sources(db.session, nadia, one, other, reason=WHY)


def test_merging_never_makes_a_circle_or_a_contradiction(app: Flask) -> None:
    with app.app_context():
        nadia, one, other = two()
        between = make_source(db.session, "Holding")
        tied(nadia, one, TieKind.OWNED_BY, between)
        tied(nadia, between, TieKind.OWNED_BY, other)
        with pytest.raises(Refused, match="lead back to itself: Fahim Dashty is owned by Holding"):
            merge_sources(db.session, nadia, one, other, reason=WHY)
        friend = make_source(db.session, "Friend")
        foe = make_source(db.session, "Fiend")
        front = make_source(db.session, "Front")
        tied(nadia, friend, TieKind.SPEAKS_FOR, front)
        tied(nadia, foe, TieKind.HOSTILE_TO, front)
        with pytest.raises(Refused, match="Their ties contradict each other"):
            merge_sources(db.session, nadia, friend, foe, reason=WHY)


def test_a_person_and_an_organisation_are_never_one(app: Flask) -> None:
    with app.app_context():
        nadia, one, _ = two()
        board = make_source(db.session, "Water Board", SourceKind.ORGANISATION)
        with pytest.raises(Refused, match="A person and something else are not one source"):
            merge_sources(db.session, nadia, one, board, reason=WHY)


def test_what_was_told_apart_is_merged_only_after_taking_that_back(app: Flask) -> None:
    with app.app_context():
        nadia, one, other = two()
        difference = apart_actions.tell_apart(db.session, nadia, other, one)
        with pytest.raises(Refused, match="told Fahim Dashty and Fahim Dashti apart"):
            merge_sources(db.session, nadia, one, other, reason=WHY)
        apart_actions.take_back(db.session, nadia, one, difference)
        merge_sources(db.session, nadia, one, other, reason=WHY)


def test_a_merged_source_takes_no_changes_and_leaves_the_list(app: Flask) -> None:
    with app.app_context():
        nadia, one, other = two()
        merge_sources(db.session, nadia, one, other, reason=WHY)
        for change in (
            lambda: actions.add_alias(db.session, nadia, one, "Somebody"),
            lambda: tied(nadia, one, TieKind.ALLIED_WITH, make_source(db.session, "Board")),
            lambda: tied(nadia, make_source(db.session, "Board"), TieKind.ALLIED_WITH, one),
            lambda: apart_actions.refuse_spelling(db.session, nadia, one, "Somebody"),
        ):
            with pytest.raises(Refused, match="was merged into Fahim Dashti"):
                change()
        listed = lookups.page_of_sources(db.session, nadia).sources
        assert one not in listed
        assert other in listed


def test_the_registry_tells_of_both_sources_and_logs_one_act(app: Flask) -> None:
    told: list[set[int]] = []

    def listen(source_ids: Sequence[int], **_: object) -> None:
        told.append(set(source_ids))

    with app.app_context(), registry_changed.connected_to(listen):
        nadia, one, other = two()
        merge_sources(db.session, nadia, one, other, reason=WHY)
        split_back(db.session, nadia, one, reason="Two.")
        db.session.commit()
        assert told == [{one.id, other.id}] * 2
        acts = select(AuditEntry.action).where(AuditEntry.action.like("source.%"))
        assert list(db.session.scalars(acts)) == ["source.merged", "source.split_back"]


def test_what_a_merging_moved_is_never_changed_or_deleted(app: Flask) -> None:
    with app.app_context():
        nadia, one, other = two()
        move = merge_sources(db.session, nadia, one, other, reason=WHY)
        db.session.commit()
        part = db.session.scalars(select(SourceMovePart)).first()
        for row in (move, part):
            db.session.delete(row)
            with pytest.raises(IntegrityError):
                db.session.flush()
            db.session.rollback()
        again = SourceMove(
            kind=move.kind, from_id=one.id, to_id=other.id, reason=WHY, moved_by_id=nadia.id,
            moved_at=move.moved_at,
        )  # fmt: skip
        db.session.add(again)
        with pytest.raises(IntegrityError):  # merged twice at once
            db.session.flush()
        db.session.rollback()


def test_merging_asks_as_much_for_many_passages_as_for_few(app: Flask) -> None:
    with app.app_context():
        nadia, one, other = two()
        for _ in range(6):
            open_ticket(db.session, nadia, said_by=("Fahim Dashty",))
        db.session.commit()
        asked: list[str] = []

        def note(_c: Connection, _cursor: object, statement: str, *_rest: object) -> None:
            asked.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        with registry_changed.muted():
            merge_sources(db.session, nadia, one, other, reason=WHY)
        event.remove(db.engine, "before_cursor_execute", note)
        assert sum(statement.startswith("UPDATE hop") for statement in asked) == 1


def test_two_cards_are_merged_and_split_back_in_the_browser(app: Flask) -> None:
    with app.app_context():
        nadia, one, other = two()
        db.session.commit()
        visitor, here, there = sign_in(Visitor(app), nadia), f"/sources/{one.id}", f"/sources/{other.id}"
    page = visitor.get(here)
    assert "Perhaps the same source" in page.text
    form = page.get_link("The same: merge").form("/merge")
    again = form.submit(into="Fahim Dasti", reason=WHY)
    assert again.status == 422
    assert "No source goes by “Fahim Dasti”. Do you mean Fahim Dasht" in again.text
    page = again.form("/merge").submit(into="Fahim Dashti", reason=WHY)
    assert page.path == there
    assert "Fahim Dashty is merged into Fahim Dashti." in page.text
    page = visitor.get(here)
    assert "Part of Fahim Dashti" in page.text
    assert not page.select("//form[contains(@action, '/names')]")
    back = visitor.get(f"{there}/merge").form("/merge").submit(into="Fahim Dashty", reason=WHY)
    assert back.status == 422
    assert "“Fahim Dashty” is a name of Fahim Dashti already, so the two are one." in back.text
    refused = page.form("/split-back").submit(reason="  ")
    assert refused.status == 422
    page = refused.form("/split-back").submit(reason="His office says they are brothers.")
    assert "Fahim Dashty stands for itself again." in page.text
    assert "Was part of Fahim Dashti" in page.text
