"""Rules that the database itself keeps, whatever the code does: immutability and four eyes, as triggers.

Written once as conditions and rendered for SQLite and PostgreSQL. `Base.metadata.create_all` installs them as the
migrations do; a test compares the two.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import DDL, MetaData, event
from sqlalchemy.schema import ExecutableDDLElement


@dataclass(frozen=True)
class Guard:
    """A trigger that refuses `act` (INSERT, UPDATE or DELETE) on a table when `condition` holds.

    The condition reads the row as NEW or OLD; an empty one always holds.
    """

    name: str
    table: str
    act: str
    message: str
    condition: str = ""

    def on_sqlite(self) -> str:
        """The statement that makes it on SQLite."""
        when = f" WHEN {self.condition}" if self.condition else ""
        return (
            f"CREATE TRIGGER {self.name} BEFORE {self.act} ON {self.table} FOR EACH ROW{when} "
            f"BEGIN SELECT RAISE(ABORT, '{self.message}'); END"
        )

    def on_postgresql(self) -> tuple[str, str]:
        """The two statements that make it on PostgreSQL: its function and its trigger."""
        test = self.condition or "TRUE"
        row = "OLD" if self.act == "DELETE" else "NEW"
        return (
            f"CREATE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {test} THEN "
            f"RAISE EXCEPTION '{self.message}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
            f"RETURN {row}; END $$",
            f"CREATE TRIGGER {self.name} BEFORE {self.act} ON {self.table} "
            f"FOR EACH ROW EXECUTE FUNCTION {self.name}()",
        )


def _frozen(table: str, what: str) -> list[Guard]:
    return [
        Guard(f"{table}_no_{act.lower()}", table, act, f"{what} is never {done}")
        for act, done in (("UPDATE", "changed"), ("DELETE", "deleted"))
    ]


OF_ROW = "NEW.ticket_id"
OF_VERDICT = "(SELECT ticket_id FROM verdict WHERE id = NEW.verdict_id)"


def _has(table: str, person: str, row_person: str, ticket: str = OF_ROW) -> str:
    return f"EXISTS (SELECT 1 FROM {table} WHERE ticket_id = {ticket} AND {person} = NEW.{row_person})"  # nosec B608  # our own names


def _earlier_role(row_person: str, ticket: str = OF_ROW) -> str:
    opened = f"EXISTS (SELECT 1 FROM ticket WHERE id = {ticket} AND opened_by_id = NEW.{row_person})"  # nosec B608  # our own names
    return " OR ".join(
        [
            opened,
            _has("assignment", "reviewer_id", row_person, ticket),
            _has("review", "reviewer_id", row_person, ticket),
            _has("adjudication", "adjudicator_id", row_person, ticket),
            _has("evidence", "added_by_id", row_person, ticket),
            _has("appearance", "filed_by_id", row_person, ticket),
        ]
    )


GUARDS: list[Guard] = [
    *_frozen("audit_entry", "An audit entry"),
    Guard("audit_payload_no_delete", "audit_payload", "DELETE", "An audit payload is never deleted"),
    Guard("audit_payload_only_erased", "audit_payload", "UPDATE", "An audit payload may only be erased",
          "NEW.erased_at IS NULL OR NEW.payload <> '' OR NEW.sequence <> OLD.sequence"),
    *_frozen("article_version", "A frozen text"),
    *_frozen("decision", "A decision about an assertion"),
    *_frozen("review", "A submitted review"),
    *_frozen("review_evidence", "What a reviewer considered"),
    *_frozen("review_opening", "The opening of two reviews"),
    *_frozen("adjudication", "An adjudication"),
    *_frozen("ticket_event", "The history of a ticket"),
    *_frozen("verdict_version", "A published version"),
    Guard("source_reliability_no_delete", "source_reliability", "DELETE", "A judgement of a source is never deleted"),
    Guard("source_reliability_only_ended", "source_reliability", "UPDATE",
          "A judgement of a source may only be taken back, once",
          "OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL OR NEW.grade <> OLD.grade OR NEW.since <> OLD.since"
          " OR NEW.reason <> OLD.reason OR NEW.source_id <> OLD.source_id"),
    Guard("source_move_no_delete", "source_move", "DELETE", "A merging or splitting of sources is never deleted"),
    *_frozen("source_move_part", "What a merging moved"),
    Guard("verdict_no_delete", "verdict", "DELETE", "A verdict is never deleted"),
    Guard("approval_no_delete", "approval", "DELETE", "An approval is never deleted"),
    Guard("approval_only_voided", "approval", "UPDATE", "An approval may only be voided, once",
          "OLD.voided_at IS NOT NULL OR NEW.voided_at IS NULL OR NEW.content_sha256 <> OLD.content_sha256"
          " OR NEW.approver_id <> OLD.approver_id OR NEW.ticket_id <> OLD.ticket_id"),
    Guard("approval_four_eyes", "approval", "INSERT", "Who had a role on the ticket may not approve it",
          _earlier_role("approver_id")),
    Guard("approval_fresh_eyes", "approval", "INSERT", "Who shaped the content or has an interest may not approve it",
          " OR ".join([
              _has("interest", "person_id", "approver_id"),
              "EXISTS (SELECT 1 FROM ticket WHERE merged_into_id = NEW.ticket_id AND opened_by_id = NEW.approver_id)",
              "EXISTS (SELECT 1 FROM ticket_event WHERE ticket_id = NEW.ticket_id AND actor_id = NEW.approver_id AND"
              " action IN ('claim reworded', 'appearance added', 'appearance removed', 'appearance edited', 'took in',"
              " 'evidence added', 'evidence withdrawn', 'evidence sourced', 'name linked', 'edge decided'))",
          ])),
    Guard("verdict_version_approved", "verdict_version", "INSERT", "Only what was approved is published",
          "NEW.kind = 'published' AND NOT EXISTS (SELECT 1 FROM approval WHERE id = NEW.approval_id"
          f" AND ticket_id = {OF_VERDICT} AND voided_at IS NULL AND content_sha256 = NEW.content_sha256)"),  # nosec B608  # our own names
    Guard("verdict_version_four_eyes", "verdict_version", "INSERT",
          "Who had a role on the ticket may not correct its verdict",
          f"NEW.kind = 'correction' AND ({_earlier_role('published_by_id', OF_VERDICT)})"),
    Guard("adjudication_third_person", "adjudication", "INSERT", "A reviewer of the ticket may not adjudicate it",
          _has("review", "reviewer_id", "adjudicator_id")),
    Guard("adjudication_not_the_opener", "adjudication", "INSERT", "Who opened a ticket may not adjudicate it",
          "EXISTS (SELECT 1 FROM ticket WHERE id = NEW.ticket_id AND opened_by_id = NEW.adjudicator_id)"),
    Guard("adjudication_of_a_dispute", "adjudication", "INSERT", "Only a dispute is adjudicated",
          "NOT EXISTS (SELECT 1 FROM review_opening WHERE ticket_id = NEW.ticket_id AND round = NEW.round"
          " AND disputed)"),
    Guard("review_before_opening", "review", "INSERT", "The reviews of this round are open; no other is taken in",
          "EXISTS (SELECT 1 FROM review_opening WHERE ticket_id = NEW.ticket_id AND round = NEW.round)"),
    Guard("review_assigned", "review", "INSERT", "Only an assigned reviewer may submit a review",
          "NOT EXISTS (SELECT 1 FROM assignment WHERE ticket_id = NEW.ticket_id AND round = NEW.round"
          " AND reviewer_id = NEW.reviewer_id AND freed_at IS NULL)"),
    Guard("edge_decision_no_delete", "edge_decision", "DELETE", "A decision about an edge is never deleted"),
    Guard("edge_decision_only_undone", "edge_decision", "UPDATE", "A decision about an edge may only be undone, once",
          "OLD.undone_at IS NOT NULL OR NEW.undone_at IS NULL OR NEW.verdict <> OLD.verdict OR NEW.kind <> OLD.kind"
          " OR NEW.child <> OLD.child OR NEW.parent <> OLD.parent OR NEW.reason <> OLD.reason"),
    Guard("withdrawal_no_delete", "withdrawal", "DELETE", "The withdrawal of an article is never deleted"),
    Guard("withdrawal_only_undone", "withdrawal", "UPDATE", "The withdrawal of an article may only be undone, once",
          "OLD.undone_at IS NOT NULL OR NEW.undone_at IS NULL OR NEW.article_id <> OLD.article_id"
          " OR NEW.reason <> OLD.reason"),
    Guard("concern_no_delete", "concern", "DELETE", "A concern about a verdict is never deleted"),
    Guard("concern_settled_stays", "concern", "UPDATE", "A settled concern stays as it was settled",
          "OLD.settled_at IS NOT NULL"),
    # It may be deleted with its review, when a publisher withdraws its licence.
    Guard("claimreview_version_no_update", "claimreview_version", "UPDATE", "An imported review is never changed"),
    Guard("match_decision_no_delete", "match_decision", "DELETE", "A decision about a match is never deleted"),
    Guard("match_decision_only_undone", "match_decision", "UPDATE",
          "A decision about a match may only be undone, once",
          "OLD.undone_at IS NOT NULL OR NEW.undone_at IS NULL OR NEW.verdict <> OLD.verdict OR NEW.one <> OLD.one"
          " OR NEW.other <> OLD.other OR NEW.reason <> OLD.reason OR NEW.score <> OLD.score"
          " OR NEW.method <> OLD.method"),
    Guard("watch_no_delete", "watch", "DELETE", "A watch is ended, never deleted"),
    Guard("sighting_no_delete", "sighting", "DELETE", "A sighting of a claim is never deleted"),
    Guard("sighting_stays_as_seen", "sighting", "UPDATE", "A sighting stays as it was seen",
          "NEW.article_id <> OLD.article_id OR NEW.statement <> OLD.statement OR NEW.score <> OLD.score"
          " OR NEW.method <> OLD.method"),
    Guard("contradiction_no_delete", "contradiction", "DELETE", "A contradiction is never deleted"),
    Guard("contradiction_pair_stays", "contradiction", "UPDATE",
          "A contradiction keeps its two claims, and that it was decided",
          "NEW.one_id <> OLD.one_id OR NEW.other_id <> OLD.other_id"
          " OR (OLD.decided_at IS NOT NULL AND NEW.decided_at IS NULL)"),
    Guard("combined_check_no_delete", "combined_check", "DELETE", "A combined check is never deleted"),
    Guard("combined_check_only_undone", "combined_check", "UPDATE", "A combined check may only be undone, once",
          "OLD.undone_at IS NOT NULL OR NEW.undone_at IS NULL OR NEW.contradiction_id <> OLD.contradiction_id"
          " OR NEW.reason <> OLD.reason"),
    Guard("refused_passage_no_delete", "refused_passage", "DELETE", "A refused contradiction is never deleted"),
    Guard("refused_passage_only_undone", "refused_passage", "UPDATE",
          "A refused contradiction may only be taken up again, once",
          "OLD.undone_at IS NOT NULL OR NEW.undone_at IS NULL OR NEW.ticket_id <> OLD.ticket_id"
          " OR NEW.reason <> OLD.reason"),
    Guard("assignment_not_the_opener", "assignment", "INSERT", "Who opened a ticket may not review it",
          "EXISTS (SELECT 1 FROM ticket WHERE id = NEW.ticket_id AND opened_by_id = NEW.reviewer_id)"),
]  # fmt: skip


def _listen(metadata: MetaData, statement: str, dialect: str) -> None:
    ddl: ExecutableDDLElement = DDL(statement.replace("%", "%%"))  # type: ignore[no-untyped-call]  # as SQLAlchemy has it
    event.listen(metadata, "after_create", ddl.execute_if(dialect=dialect))


def install(metadata: MetaData) -> None:
    """Have `metadata.create_all` make the guards after the tables."""
    for guard in GUARDS:
        _listen(metadata, guard.on_sqlite(), "sqlite")
        for statement in guard.on_postgresql():
            _listen(metadata, statement, "postgresql")
