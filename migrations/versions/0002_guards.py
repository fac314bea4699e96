"""Immutability and four eyes, kept by the database itself: the triggers as they were at this revision."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NAMES = [
    ("audit_entry_no_update", "audit_entry"),
    ("audit_entry_no_delete", "audit_entry"),
    ("audit_payload_no_delete", "audit_payload"),
    ("audit_payload_only_erased", "audit_payload"),
    ("article_version_no_update", "article_version"),
    ("article_version_no_delete", "article_version"),
    ("review_no_update", "review"),
    ("review_no_delete", "review"),
    ("review_evidence_no_update", "review_evidence"),
    ("review_evidence_no_delete", "review_evidence"),
    ("review_opening_no_update", "review_opening"),
    ("review_opening_no_delete", "review_opening"),
    ("adjudication_no_update", "adjudication"),
    ("adjudication_no_delete", "adjudication"),
    ("ticket_event_no_update", "ticket_event"),
    ("ticket_event_no_delete", "ticket_event"),
    ("verdict_version_no_update", "verdict_version"),
    ("verdict_version_no_delete", "verdict_version"),
    ("verdict_no_delete", "verdict"),
    ("approval_no_delete", "approval"),
    ("approval_only_voided", "approval"),
    ("approval_four_eyes", "approval"),
    ("verdict_version_approved", "verdict_version"),
    ("verdict_version_four_eyes", "verdict_version"),
    ("adjudication_third_person", "adjudication"),
    ("adjudication_not_the_opener", "adjudication"),
    ("adjudication_of_a_dispute", "adjudication"),
    ("review_before_opening", "review"),
    ("review_assigned", "review"),
    ("assignment_not_the_opener", "assignment"),
]
ON_SQLITE = [
    "CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry FOR EACH ROW BEGIN SELECT "
    "RAISE(ABORT, 'An audit entry is never changed'); END",
    "CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry FOR EACH ROW BEGIN SELECT "
    "RAISE(ABORT, 'An audit entry is never deleted'); END",
    "CREATE TRIGGER audit_payload_no_delete BEFORE DELETE ON audit_payload FOR EACH ROW BEGIN SELECT "
    "RAISE(ABORT, 'An audit payload is never deleted'); END",
    "CREATE TRIGGER audit_payload_only_erased BEFORE UPDATE ON audit_payload FOR EACH ROW WHEN "
    "NEW.erased_at IS NULL OR NEW.payload <> '' OR NEW.sequence <> OLD.sequence BEGIN SELECT RAISE(ABORT, "
    "'An audit payload may only be erased'); END",
    "CREATE TRIGGER article_version_no_update BEFORE UPDATE ON article_version FOR EACH ROW BEGIN SELECT "
    "RAISE(ABORT, 'A frozen text is never changed'); END",
    "CREATE TRIGGER article_version_no_delete BEFORE DELETE ON article_version FOR EACH ROW BEGIN SELECT "
    "RAISE(ABORT, 'A frozen text is never deleted'); END",
    "CREATE TRIGGER review_no_update BEFORE UPDATE ON review FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'A "
    "submitted review is never changed'); END",
    "CREATE TRIGGER review_no_delete BEFORE DELETE ON review FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'A "
    "submitted review is never deleted'); END",
    "CREATE TRIGGER review_evidence_no_update BEFORE UPDATE ON review_evidence FOR EACH ROW BEGIN SELECT "
    "RAISE(ABORT, 'What a reviewer considered is never changed'); END",
    "CREATE TRIGGER review_evidence_no_delete BEFORE DELETE ON review_evidence FOR EACH ROW BEGIN SELECT "
    "RAISE(ABORT, 'What a reviewer considered is never deleted'); END",
    "CREATE TRIGGER review_opening_no_update BEFORE UPDATE ON review_opening FOR EACH ROW BEGIN SELECT "
    "RAISE(ABORT, 'The opening of two reviews is never changed'); END",
    "CREATE TRIGGER review_opening_no_delete BEFORE DELETE ON review_opening FOR EACH ROW BEGIN SELECT "
    "RAISE(ABORT, 'The opening of two reviews is never deleted'); END",
    "CREATE TRIGGER adjudication_no_update BEFORE UPDATE ON adjudication FOR EACH ROW BEGIN SELECT "
    "RAISE(ABORT, 'An adjudication is never changed'); END",
    "CREATE TRIGGER adjudication_no_delete BEFORE DELETE ON adjudication FOR EACH ROW BEGIN SELECT "
    "RAISE(ABORT, 'An adjudication is never deleted'); END",
    "CREATE TRIGGER ticket_event_no_update BEFORE UPDATE ON ticket_event FOR EACH ROW BEGIN SELECT "
    "RAISE(ABORT, 'The history of a ticket is never changed'); END",
    "CREATE TRIGGER ticket_event_no_delete BEFORE DELETE ON ticket_event FOR EACH ROW BEGIN SELECT "
    "RAISE(ABORT, 'The history of a ticket is never deleted'); END",
    "CREATE TRIGGER verdict_version_no_update BEFORE UPDATE ON verdict_version FOR EACH ROW BEGIN SELECT "
    "RAISE(ABORT, 'A published version is never changed'); END",
    "CREATE TRIGGER verdict_version_no_delete BEFORE DELETE ON verdict_version FOR EACH ROW BEGIN SELECT "
    "RAISE(ABORT, 'A published version is never deleted'); END",
    "CREATE TRIGGER verdict_no_delete BEFORE DELETE ON verdict FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'A "
    "verdict is never deleted'); END",
    "CREATE TRIGGER approval_no_delete BEFORE DELETE ON approval FOR EACH ROW BEGIN SELECT RAISE(ABORT, "
    "'An approval is never deleted'); END",
    "CREATE TRIGGER approval_only_voided BEFORE UPDATE ON approval FOR EACH ROW WHEN OLD.voided_at IS NOT "
    "NULL OR NEW.voided_at IS NULL OR NEW.content_sha256 <> OLD.content_sha256 OR NEW.approver_id <> "
    "OLD.approver_id OR NEW.ticket_id <> OLD.ticket_id BEGIN SELECT RAISE(ABORT, 'An approval may only be "
    "voided, once'); END",
    "CREATE TRIGGER approval_four_eyes BEFORE INSERT ON approval FOR EACH ROW WHEN EXISTS (SELECT 1 FROM "
    "ticket WHERE id = NEW.ticket_id AND opened_by_id = NEW.approver_id) OR EXISTS (SELECT 1 FROM "
    "assignment WHERE ticket_id = NEW.ticket_id AND reviewer_id = NEW.approver_id) OR EXISTS (SELECT 1 "
    "FROM review WHERE ticket_id = NEW.ticket_id AND reviewer_id = NEW.approver_id) OR EXISTS (SELECT 1 "
    "FROM adjudication WHERE ticket_id = NEW.ticket_id AND adjudicator_id = NEW.approver_id) OR EXISTS "
    "(SELECT 1 FROM evidence WHERE ticket_id = NEW.ticket_id AND added_by_id = NEW.approver_id) OR EXISTS "
    "(SELECT 1 FROM appearance WHERE ticket_id = NEW.ticket_id AND filed_by_id = NEW.approver_id) BEGIN "
    "SELECT RAISE(ABORT, 'Who had a role on the ticket may not approve it'); END",
    "CREATE TRIGGER verdict_version_approved BEFORE INSERT ON verdict_version FOR EACH ROW WHEN NEW.kind = "
    "'published' AND NOT EXISTS (SELECT 1 FROM approval WHERE id = NEW.approval_id AND ticket_id = (SELECT "
    "ticket_id FROM verdict WHERE id = NEW.verdict_id) AND voided_at IS NULL AND content_sha256 = "
    "NEW.content_sha256) BEGIN SELECT RAISE(ABORT, 'Only what was approved is published'); END",
    "CREATE TRIGGER verdict_version_four_eyes BEFORE INSERT ON verdict_version FOR EACH ROW WHEN NEW.kind "
    "= 'correction' AND (EXISTS (SELECT 1 FROM ticket WHERE id = (SELECT ticket_id FROM verdict WHERE id = "
    "NEW.verdict_id) AND opened_by_id = NEW.published_by_id) OR EXISTS (SELECT 1 FROM assignment WHERE "
    "ticket_id = (SELECT ticket_id FROM verdict WHERE id = NEW.verdict_id) AND reviewer_id = "
    "NEW.published_by_id) OR EXISTS (SELECT 1 FROM review WHERE ticket_id = (SELECT ticket_id FROM verdict "
    "WHERE id = NEW.verdict_id) AND reviewer_id = NEW.published_by_id) OR EXISTS (SELECT 1 FROM "
    "adjudication WHERE ticket_id = (SELECT ticket_id FROM verdict WHERE id = NEW.verdict_id) AND "
    "adjudicator_id = NEW.published_by_id) OR EXISTS (SELECT 1 FROM evidence WHERE ticket_id = (SELECT "
    "ticket_id FROM verdict WHERE id = NEW.verdict_id) AND added_by_id = NEW.published_by_id) OR EXISTS "
    "(SELECT 1 FROM appearance WHERE ticket_id = (SELECT ticket_id FROM verdict WHERE id = NEW.verdict_id) "
    "AND filed_by_id = NEW.published_by_id)) BEGIN SELECT RAISE(ABORT, 'Who had a role on the ticket may "
    "not correct its verdict'); END",
    "CREATE TRIGGER adjudication_third_person BEFORE INSERT ON adjudication FOR EACH ROW WHEN EXISTS "
    "(SELECT 1 FROM review WHERE ticket_id = NEW.ticket_id AND reviewer_id = NEW.adjudicator_id) BEGIN "
    "SELECT RAISE(ABORT, 'A reviewer of the ticket may not adjudicate it'); END",
    "CREATE TRIGGER adjudication_not_the_opener BEFORE INSERT ON adjudication FOR EACH ROW WHEN EXISTS "
    "(SELECT 1 FROM ticket WHERE id = NEW.ticket_id AND opened_by_id = NEW.adjudicator_id) BEGIN SELECT "
    "RAISE(ABORT, 'Who opened a ticket may not adjudicate it'); END",
    "CREATE TRIGGER adjudication_of_a_dispute BEFORE INSERT ON adjudication FOR EACH ROW WHEN NOT EXISTS "
    "(SELECT 1 FROM review_opening WHERE ticket_id = NEW.ticket_id AND round = NEW.round AND disputed) "
    "BEGIN SELECT RAISE(ABORT, 'Only a dispute is adjudicated'); END",
    "CREATE TRIGGER review_before_opening BEFORE INSERT ON review FOR EACH ROW WHEN EXISTS (SELECT 1 FROM "
    "review_opening WHERE ticket_id = NEW.ticket_id AND round = NEW.round) BEGIN SELECT RAISE(ABORT, 'The "
    "reviews of this round are open; no other is taken in'); END",
    "CREATE TRIGGER review_assigned BEFORE INSERT ON review FOR EACH ROW WHEN NOT EXISTS (SELECT 1 FROM "
    "assignment WHERE ticket_id = NEW.ticket_id AND round = NEW.round AND reviewer_id = NEW.reviewer_id "
    "AND freed_at IS NULL) BEGIN SELECT RAISE(ABORT, 'Only an assigned reviewer may submit a review'); END",
    "CREATE TRIGGER assignment_not_the_opener BEFORE INSERT ON assignment FOR EACH ROW WHEN EXISTS (SELECT "
    "1 FROM ticket WHERE id = NEW.ticket_id AND opened_by_id = NEW.reviewer_id) BEGIN SELECT RAISE(ABORT, "
    "'Who opened a ticket may not review it'); END",
]
ON_POSTGRESQL = [
    "CREATE FUNCTION audit_entry_no_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TRUE THEN "
    "RAISE EXCEPTION 'An audit entry is never changed' USING ERRCODE = 'integrity_constraint_violation'; "
    "END IF; RETURN NEW; END $$",
    "CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry FOR EACH ROW EXECUTE FUNCTION "
    "audit_entry_no_update()",
    "CREATE FUNCTION audit_entry_no_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TRUE THEN "
    "RAISE EXCEPTION 'An audit entry is never deleted' USING ERRCODE = 'integrity_constraint_violation'; "
    "END IF; RETURN OLD; END $$",
    "CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION "
    "audit_entry_no_delete()",
    "CREATE FUNCTION audit_payload_no_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TRUE THEN "
    "RAISE EXCEPTION 'An audit payload is never deleted' USING ERRCODE = 'integrity_constraint_violation'; "
    "END IF; RETURN OLD; END $$",
    "CREATE TRIGGER audit_payload_no_delete BEFORE DELETE ON audit_payload FOR EACH ROW EXECUTE FUNCTION "
    "audit_payload_no_delete()",
    "CREATE FUNCTION audit_payload_only_erased() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF "
    "NEW.erased_at IS NULL OR NEW.payload <> '' OR NEW.sequence <> OLD.sequence THEN RAISE EXCEPTION 'An "
    "audit payload may only be erased' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN "
    "NEW; END $$",
    "CREATE TRIGGER audit_payload_only_erased BEFORE UPDATE ON audit_payload FOR EACH ROW EXECUTE FUNCTION "
    "audit_payload_only_erased()",
    "CREATE FUNCTION article_version_no_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TRUE THEN "
    "RAISE EXCEPTION 'A frozen text is never changed' USING ERRCODE = 'integrity_constraint_violation'; "
    "END IF; RETURN NEW; END $$",
    "CREATE TRIGGER article_version_no_update BEFORE UPDATE ON article_version FOR EACH ROW EXECUTE "
    "FUNCTION article_version_no_update()",
    "CREATE FUNCTION article_version_no_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TRUE THEN "
    "RAISE EXCEPTION 'A frozen text is never deleted' USING ERRCODE = 'integrity_constraint_violation'; "
    "END IF; RETURN OLD; END $$",
    "CREATE TRIGGER article_version_no_delete BEFORE DELETE ON article_version FOR EACH ROW EXECUTE "
    "FUNCTION article_version_no_delete()",
    "CREATE FUNCTION review_no_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TRUE THEN RAISE "
    "EXCEPTION 'A submitted review is never changed' USING ERRCODE = 'integrity_constraint_violation'; END "
    "IF; RETURN NEW; END $$",
    "CREATE TRIGGER review_no_update BEFORE UPDATE ON review FOR EACH ROW EXECUTE FUNCTION "
    "review_no_update()",
    "CREATE FUNCTION review_no_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TRUE THEN RAISE "
    "EXCEPTION 'A submitted review is never deleted' USING ERRCODE = 'integrity_constraint_violation'; END "
    "IF; RETURN OLD; END $$",
    "CREATE TRIGGER review_no_delete BEFORE DELETE ON review FOR EACH ROW EXECUTE FUNCTION "
    "review_no_delete()",
    "CREATE FUNCTION review_evidence_no_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TRUE THEN "
    "RAISE EXCEPTION 'What a reviewer considered is never changed' USING ERRCODE = "
    "'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER review_evidence_no_update BEFORE UPDATE ON review_evidence FOR EACH ROW EXECUTE "
    "FUNCTION review_evidence_no_update()",
    "CREATE FUNCTION review_evidence_no_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TRUE THEN "
    "RAISE EXCEPTION 'What a reviewer considered is never deleted' USING ERRCODE = "
    "'integrity_constraint_violation'; END IF; RETURN OLD; END $$",
    "CREATE TRIGGER review_evidence_no_delete BEFORE DELETE ON review_evidence FOR EACH ROW EXECUTE "
    "FUNCTION review_evidence_no_delete()",
    "CREATE FUNCTION review_opening_no_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TRUE THEN "
    "RAISE EXCEPTION 'The opening of two reviews is never changed' USING ERRCODE = "
    "'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER review_opening_no_update BEFORE UPDATE ON review_opening FOR EACH ROW EXECUTE FUNCTION "
    "review_opening_no_update()",
    "CREATE FUNCTION review_opening_no_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TRUE THEN "
    "RAISE EXCEPTION 'The opening of two reviews is never deleted' USING ERRCODE = "
    "'integrity_constraint_violation'; END IF; RETURN OLD; END $$",
    "CREATE TRIGGER review_opening_no_delete BEFORE DELETE ON review_opening FOR EACH ROW EXECUTE FUNCTION "
    "review_opening_no_delete()",
    "CREATE FUNCTION adjudication_no_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TRUE THEN "
    "RAISE EXCEPTION 'An adjudication is never changed' USING ERRCODE = 'integrity_constraint_violation'; "
    "END IF; RETURN NEW; END $$",
    "CREATE TRIGGER adjudication_no_update BEFORE UPDATE ON adjudication FOR EACH ROW EXECUTE FUNCTION "
    "adjudication_no_update()",
    "CREATE FUNCTION adjudication_no_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TRUE THEN "
    "RAISE EXCEPTION 'An adjudication is never deleted' USING ERRCODE = 'integrity_constraint_violation'; "
    "END IF; RETURN OLD; END $$",
    "CREATE TRIGGER adjudication_no_delete BEFORE DELETE ON adjudication FOR EACH ROW EXECUTE FUNCTION "
    "adjudication_no_delete()",
    "CREATE FUNCTION ticket_event_no_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TRUE THEN "
    "RAISE EXCEPTION 'The history of a ticket is never changed' USING ERRCODE = "
    "'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER ticket_event_no_update BEFORE UPDATE ON ticket_event FOR EACH ROW EXECUTE FUNCTION "
    "ticket_event_no_update()",
    "CREATE FUNCTION ticket_event_no_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TRUE THEN "
    "RAISE EXCEPTION 'The history of a ticket is never deleted' USING ERRCODE = "
    "'integrity_constraint_violation'; END IF; RETURN OLD; END $$",
    "CREATE TRIGGER ticket_event_no_delete BEFORE DELETE ON ticket_event FOR EACH ROW EXECUTE FUNCTION "
    "ticket_event_no_delete()",
    "CREATE FUNCTION verdict_version_no_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TRUE THEN "
    "RAISE EXCEPTION 'A published version is never changed' USING ERRCODE = "
    "'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER verdict_version_no_update BEFORE UPDATE ON verdict_version FOR EACH ROW EXECUTE "
    "FUNCTION verdict_version_no_update()",
    "CREATE FUNCTION verdict_version_no_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TRUE THEN "
    "RAISE EXCEPTION 'A published version is never deleted' USING ERRCODE = "
    "'integrity_constraint_violation'; END IF; RETURN OLD; END $$",
    "CREATE TRIGGER verdict_version_no_delete BEFORE DELETE ON verdict_version FOR EACH ROW EXECUTE "
    "FUNCTION verdict_version_no_delete()",
    "CREATE FUNCTION verdict_no_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TRUE THEN RAISE "
    "EXCEPTION 'A verdict is never deleted' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
    "RETURN OLD; END $$",
    "CREATE TRIGGER verdict_no_delete BEFORE DELETE ON verdict FOR EACH ROW EXECUTE FUNCTION "
    "verdict_no_delete()",
    "CREATE FUNCTION approval_no_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TRUE THEN RAISE "
    "EXCEPTION 'An approval is never deleted' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
    "RETURN OLD; END $$",
    "CREATE TRIGGER approval_no_delete BEFORE DELETE ON approval FOR EACH ROW EXECUTE FUNCTION "
    "approval_no_delete()",
    "CREATE FUNCTION approval_only_voided() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF OLD.voided_at "
    "IS NOT NULL OR NEW.voided_at IS NULL OR NEW.content_sha256 <> OLD.content_sha256 OR NEW.approver_id "
    "<> OLD.approver_id OR NEW.ticket_id <> OLD.ticket_id THEN RAISE EXCEPTION 'An approval may only be "
    "voided, once' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER approval_only_voided BEFORE UPDATE ON approval FOR EACH ROW EXECUTE FUNCTION "
    "approval_only_voided()",
    "CREATE FUNCTION approval_four_eyes() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF EXISTS (SELECT 1 "
    "FROM ticket WHERE id = NEW.ticket_id AND opened_by_id = NEW.approver_id) OR EXISTS (SELECT 1 FROM "
    "assignment WHERE ticket_id = NEW.ticket_id AND reviewer_id = NEW.approver_id) OR EXISTS (SELECT 1 "
    "FROM review WHERE ticket_id = NEW.ticket_id AND reviewer_id = NEW.approver_id) OR EXISTS (SELECT 1 "
    "FROM adjudication WHERE ticket_id = NEW.ticket_id AND adjudicator_id = NEW.approver_id) OR EXISTS "
    "(SELECT 1 FROM evidence WHERE ticket_id = NEW.ticket_id AND added_by_id = NEW.approver_id) OR EXISTS "
    "(SELECT 1 FROM appearance WHERE ticket_id = NEW.ticket_id AND filed_by_id = NEW.approver_id) THEN "
    "RAISE EXCEPTION 'Who had a role on the ticket may not approve it' USING ERRCODE = "
    "'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER approval_four_eyes BEFORE INSERT ON approval FOR EACH ROW EXECUTE FUNCTION "
    "approval_four_eyes()",
    "CREATE FUNCTION verdict_version_approved() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.kind = "
    "'published' AND NOT EXISTS (SELECT 1 FROM approval WHERE id = NEW.approval_id AND ticket_id = (SELECT "
    "ticket_id FROM verdict WHERE id = NEW.verdict_id) AND voided_at IS NULL AND content_sha256 = "
    "NEW.content_sha256) THEN RAISE EXCEPTION 'Only what was approved is published' USING ERRCODE = "
    "'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER verdict_version_approved BEFORE INSERT ON verdict_version FOR EACH ROW EXECUTE "
    "FUNCTION verdict_version_approved()",
    "CREATE FUNCTION verdict_version_four_eyes() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.kind "
    "= 'correction' AND (EXISTS (SELECT 1 FROM ticket WHERE id = (SELECT ticket_id FROM verdict WHERE id = "
    "NEW.verdict_id) AND opened_by_id = NEW.published_by_id) OR EXISTS (SELECT 1 FROM assignment WHERE "
    "ticket_id = (SELECT ticket_id FROM verdict WHERE id = NEW.verdict_id) AND reviewer_id = "
    "NEW.published_by_id) OR EXISTS (SELECT 1 FROM review WHERE ticket_id = (SELECT ticket_id FROM verdict "
    "WHERE id = NEW.verdict_id) AND reviewer_id = NEW.published_by_id) OR EXISTS (SELECT 1 FROM "
    "adjudication WHERE ticket_id = (SELECT ticket_id FROM verdict WHERE id = NEW.verdict_id) AND "
    "adjudicator_id = NEW.published_by_id) OR EXISTS (SELECT 1 FROM evidence WHERE ticket_id = (SELECT "
    "ticket_id FROM verdict WHERE id = NEW.verdict_id) AND added_by_id = NEW.published_by_id) OR EXISTS "
    "(SELECT 1 FROM appearance WHERE ticket_id = (SELECT ticket_id FROM verdict WHERE id = NEW.verdict_id) "
    "AND filed_by_id = NEW.published_by_id)) THEN RAISE EXCEPTION 'Who had a role on the ticket may not "
    "correct its verdict' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER verdict_version_four_eyes BEFORE INSERT ON verdict_version FOR EACH ROW EXECUTE "
    "FUNCTION verdict_version_four_eyes()",
    "CREATE FUNCTION adjudication_third_person() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF EXISTS "
    "(SELECT 1 FROM review WHERE ticket_id = NEW.ticket_id AND reviewer_id = NEW.adjudicator_id) THEN "
    "RAISE EXCEPTION 'A reviewer of the ticket may not adjudicate it' USING ERRCODE = "
    "'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER adjudication_third_person BEFORE INSERT ON adjudication FOR EACH ROW EXECUTE FUNCTION "
    "adjudication_third_person()",
    "CREATE FUNCTION adjudication_not_the_opener() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF EXISTS "
    "(SELECT 1 FROM ticket WHERE id = NEW.ticket_id AND opened_by_id = NEW.adjudicator_id) THEN RAISE "
    "EXCEPTION 'Who opened a ticket may not adjudicate it' USING ERRCODE = "
    "'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER adjudication_not_the_opener BEFORE INSERT ON adjudication FOR EACH ROW EXECUTE "
    "FUNCTION adjudication_not_the_opener()",
    "CREATE FUNCTION adjudication_of_a_dispute() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NOT "
    "EXISTS (SELECT 1 FROM review_opening WHERE ticket_id = NEW.ticket_id AND round = NEW.round AND "
    "disputed) THEN RAISE EXCEPTION 'Only a dispute is adjudicated' USING ERRCODE = "
    "'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER adjudication_of_a_dispute BEFORE INSERT ON adjudication FOR EACH ROW EXECUTE FUNCTION "
    "adjudication_of_a_dispute()",
    "CREATE FUNCTION review_before_opening() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF EXISTS "
    "(SELECT 1 FROM review_opening WHERE ticket_id = NEW.ticket_id AND round = NEW.round) THEN RAISE "
    "EXCEPTION 'The reviews of this round are open; no other is taken in' USING ERRCODE = "
    "'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER review_before_opening BEFORE INSERT ON review FOR EACH ROW EXECUTE FUNCTION "
    "review_before_opening()",
    "CREATE FUNCTION review_assigned() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NOT EXISTS (SELECT "
    "1 FROM assignment WHERE ticket_id = NEW.ticket_id AND round = NEW.round AND reviewer_id = "
    "NEW.reviewer_id AND freed_at IS NULL) THEN RAISE EXCEPTION 'Only an assigned reviewer may submit a "
    "review' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER review_assigned BEFORE INSERT ON review FOR EACH ROW EXECUTE FUNCTION review_assigned()",
    "CREATE FUNCTION assignment_not_the_opener() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF EXISTS "
    "(SELECT 1 FROM ticket WHERE id = NEW.ticket_id AND opened_by_id = NEW.reviewer_id) THEN RAISE "
    "EXCEPTION 'Who opened a ticket may not review it' USING ERRCODE = 'integrity_constraint_violation'; "
    "END IF; RETURN NEW; END $$",
    "CREATE TRIGGER assignment_not_the_opener BEFORE INSERT ON assignment FOR EACH ROW EXECUTE FUNCTION "
    "assignment_not_the_opener()",
]


def upgrade() -> None:
    for statement in ON_SQLITE if op.get_bind().dialect.name == "sqlite" else ON_POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for name, table in NAMES:
        op.execute(f"DROP TRIGGER {name}" if on_sqlite else f"DROP TRIGGER {name} ON {table}")
        if not on_sqlite:
            op.execute(f"DROP FUNCTION {name}()")
