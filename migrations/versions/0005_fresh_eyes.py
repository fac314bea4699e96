"""Who shaped the content of a verdict, or has an interest in it, does not approve it: as it was at this revision."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ON_SQLITE = (
    "CREATE TRIGGER approval_fresh_eyes BEFORE INSERT ON approval FOR EACH ROW WHEN EXISTS (SELECT 1 FROM"
    " interest WHERE ticket_id = NEW.ticket_id AND person_id = NEW.approver_id) OR EXISTS (SELECT 1 FROM "
    "ticket WHERE merged_into_id = NEW.ticket_id AND opened_by_id = NEW.approver_id) OR EXISTS (SELECT 1 "
    "FROM ticket_event WHERE ticket_id = NEW.ticket_id AND actor_id = NEW.approver_id AND action IN "
    "('claim reworded', 'appearance added', 'appearance removed', 'appearance edited', 'took in', "
    "'evidence added', 'evidence withdrawn', 'name linked')) BEGIN SELECT RAISE(ABORT, 'Who shaped the "
    "content or has an interest may not approve it'); END"
)
FUNCTION_ON_POSTGRESQL = (
    "CREATE FUNCTION approval_fresh_eyes() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF EXISTS (SELECT"
    " 1 FROM interest WHERE ticket_id = NEW.ticket_id AND person_id = NEW.approver_id) OR EXISTS (SELECT "
    "1 FROM ticket WHERE merged_into_id = NEW.ticket_id AND opened_by_id = NEW.approver_id) OR EXISTS "
    "(SELECT 1 FROM ticket_event WHERE ticket_id = NEW.ticket_id AND actor_id = NEW.approver_id AND "
    "action IN ('claim reworded', 'appearance added', 'appearance removed', 'appearance edited', 'took "
    "in', 'evidence added', 'evidence withdrawn', 'name linked')) THEN RAISE EXCEPTION 'Who shaped the "
    "content or has an interest may not approve it' USING ERRCODE = 'integrity_constraint_violation'; END"
    " IF; RETURN NEW; END $$"
)
TRIGGER_ON_POSTGRESQL = (
    "CREATE TRIGGER approval_fresh_eyes BEFORE INSERT ON approval FOR EACH ROW EXECUTE FUNCTION "
    "approval_fresh_eyes()"
)


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.get_bind().exec_driver_sql(ON_SQLITE)
    else:
        op.get_bind().exec_driver_sql(FUNCTION_ON_POSTGRESQL)
        op.get_bind().exec_driver_sql(TRIGGER_ON_POSTGRESQL)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER approval_fresh_eyes")
    else:
        op.execute("DROP TRIGGER approval_fresh_eyes ON approval")
        op.execute("DROP FUNCTION approval_fresh_eyes()")
