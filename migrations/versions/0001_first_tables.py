"""The first tables: people, log, sources, articles, tickets, evidence, grading, publishing, reports."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("entry_hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_audit_head_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "blob",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_blob")),
    )
    op.create_table(
        "investigation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("prefix", sa.String(length=6), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(prefix) BETWEEN 2 AND 6", name=op.f("ck_investigation_prefix")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_investigation")),
        sa.UniqueConstraint("name", name=op.f("uq_investigation_name")),
        sa.UniqueConstraint("prefix", name=op.f("uq_investigation_prefix")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("second_factor_salt", sa.String(length=32), nullable=True),
        sa.Column("second_factor_step", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("password_changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_person_email_lower")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
    )
    op.create_table(
        "sign_in_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("email_hash", sa.String(length=64), nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempt")),
    )
    op.create_index("ix_sign_in_attempt_address", "sign_in_attempt", ["address", "failed_at"], unique=False)
    op.create_table(
        "audit_entry",
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject_type", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.String(length=64), nullable=False),
        sa.Column("payload_hash", sa.String(length=64), nullable=False),
        sa.Column("entry_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["person.id"], name=op.f("fk_audit_entry_actor_id")),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_audit_entry")),
        sa.UniqueConstraint("entry_hash", name=op.f("uq_audit_entry_entry_hash")),
    )
    op.create_index("ix_audit_entry_action", "audit_entry", ["action", "sequence"], unique=False)
    op.create_index("ix_audit_entry_actor", "audit_entry", ["actor_id", "sequence"], unique=False)
    op.create_index(
        "ix_audit_entry_subject", "audit_entry", ["subject_type", "subject_id", "sequence"], unique=False
    )
    op.create_table(
        "auth_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("browser", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_auth_session_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_auth_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_auth_session_token_hash")),
    )
    op.create_index(op.f("ix_auth_session_person_id"), "auth_session", ["person_id"], unique=False)
    op.create_table(
        "form_answer",
        sa.Column("form_key", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("location", sa.String(length=500), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_form_answer_person_id")),
        sa.PrimaryKeyConstraint("form_key", name=op.f("pk_form_answer")),
    )
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("roles", sa.String(length=120), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("invited_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["invited_by_id"], ["person.id"], name=op.f("fk_invitation_invited_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("format", sa.String(24), nullable=False),
        sa.Column("criteria", sa.JSON(), nullable=False),
        sa.Column("verdict_count", sa.Integer(), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("built_by_id", sa.Integer(), nullable=False),
        sa.Column("built_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "format IN ('html', 'pdf', 'csv', 'xlsx', 'json', 'jsonld')", name=op.f("ck_report_format")
        ),
        sa.ForeignKeyConstraint(["built_by_id"], ["person.id"], name=op.f("fk_report_built_by_id")),
        sa.ForeignKeyConstraint(["sha256"], ["blob.sha256"], name=op.f("fk_report_sha256")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
    )
    op.create_index("ix_report_built_at", "report", ["built_at", "id"], unique=False)
    op.create_table(
        "role_grant",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(24), nullable=False),
        sa.Column("granted_by_id", sa.Integer(), nullable=True),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "role IN ('reader', 'checker', 'editor', 'administrator')", name=op.f("ck_role_grant_role")
        ),
        sa.ForeignKeyConstraint(["granted_by_id"], ["person.id"], name=op.f("fk_role_grant_granted_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_role_grant_person_id")),
        sa.PrimaryKeyConstraint("person_id", "role", name=op.f("pk_role_grant")),
    )
    op.create_table(
        "source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_key", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("registered_by_id", sa.Integer(), nullable=True),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('person', 'organisation', 'outlet', 'agency', 'account', 'anonymous', 'document', 'media')",
            name=op.f("ck_source_kind"),
        ),
        sa.ForeignKeyConstraint(["registered_by_id"], ["person.id"], name=op.f("fk_source_registered_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
    )
    op.create_index("ix_source_name_key", "source", ["name_key", "id"], unique=False)
    op.create_table(
        "ticket",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=16), nullable=False),
        sa.Column("investigation_id", sa.Integer(), nullable=False),
        sa.Column("claim", sa.String(length=500), nullable=False),
        sa.Column("status", sa.String(24), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deadline_on", sa.Date(), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("claimant", sa.String(length=200), nullable=False),
        sa.Column("claimant_key", sa.String(length=200), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("origins_lower", sa.Integer(), nullable=False),
        sa.Column("origins_upper", sa.Integer(), nullable=False),
        sa.Column("origins_party", sa.Boolean(), nullable=False),
        sa.Column("sourcing", sa.Integer(), nullable=True),
        sa.Column("attribution", sa.Integer(), nullable=True),
        sa.Column("confirmation", sa.Integer(), nullable=True),
        sa.Column("rating", sa.String(24), nullable=True),
        sa.CheckConstraint(
            "(status = 'merged') = (merged_into_id IS NOT NULL)", name=op.f("ck_ticket_merged_into")
        ),
        sa.CheckConstraint(
            "rating IS NULL OR rating IN ('confirmed', 'mostly_right', 'unverified', 'misleading', 'false')",
            name=op.f("ck_ticket_rating"),
        ),
        sa.CheckConstraint(
            "status IN ('open', 'in_review', 'disputed', 'graded', 'approved', 'published', 'retracted', "
            "'dropped', 'merged')",
            name=op.f("ck_ticket_status"),
        ),
        sa.CheckConstraint(
            "(sourcing IS NULL OR sourcing BETWEEN 0 AND 4) AND (attribution IS NULL OR attribution BETWEEN 0 AND 4)"
            " AND (confirmation IS NULL OR confirmation BETWEEN 0 AND 4)",
            name=op.f("ck_ticket_grades"),
        ),
        sa.CheckConstraint("merged_into_id <> id", name=op.f("ck_ticket_not_into_itself")),
        sa.CheckConstraint(
            "origins_lower >= 0 AND origins_lower <= origins_upper", name=op.f("ck_ticket_origins")
        ),
        sa.ForeignKeyConstraint(
            ["investigation_id"], ["investigation.id"], name=op.f("fk_ticket_investigation_id")
        ),
        sa.ForeignKeyConstraint(["merged_into_id"], ["ticket.id"], name=op.f("fk_ticket_merged_into_id")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["person.id"], name=op.f("fk_ticket_opened_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket")),
        sa.UniqueConstraint("reference", name=op.f("uq_ticket_reference")),
    )
    op.create_index("ix_ticket_claimant", "ticket", ["claimant_key", "updated_at", "id"], unique=False)
    op.create_index(
        "ix_ticket_investigation", "ticket", ["investigation_id", "updated_at", "id"], unique=False
    )
    op.create_index(
        "ix_ticket_investigation_status",
        "ticket",
        ["investigation_id", "status", "updated_at", "id"],
        unique=False,
    )
    op.create_index("ix_ticket_rating", "ticket", ["rating", "updated_at", "id"], unique=False)
    op.create_index("ix_ticket_status", "ticket", ["status", "updated_at", "id"], unique=False)
    op.create_index("ix_ticket_updated_at", "ticket", ["updated_at", "id"], unique=False)
    op.create_table(
        "adjudication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("adjudicator_id", sa.Integer(), nullable=False),
        sa.Column("sourcing", sa.Integer(), nullable=False),
        sa.Column("attribution", sa.Integer(), nullable=False),
        sa.Column("confirmation", sa.Integer(), nullable=False),
        sa.Column("rating", sa.String(24), nullable=False),
        sa.Column("confidence", sa.String(24), nullable=False),
        sa.Column("reliability", sa.String(1), nullable=False),
        sa.Column("credibility", sa.Integer(), nullable=False),
        sa.Column("rationale", sa.Text(), nullable=False),
        sa.Column("override_reason", sa.String(length=1000), nullable=False),
        sa.Column("rubric_version", sa.Integer(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "confidence IN ('low', 'moderate', 'high')", name=op.f("ck_adjudication_confidence")
        ),
        sa.CheckConstraint(
            "rating IN ('confirmed', 'mostly_right', 'unverified', 'misleading', 'false')",
            name=op.f("ck_adjudication_rating"),
        ),
        sa.CheckConstraint("rationale <> ''", name=op.f("ck_adjudication_rationale")),
        sa.CheckConstraint(
            "reliability IN ('A', 'B', 'C', 'D', 'E', 'F')", name=op.f("ck_adjudication_reliability")
        ),
        sa.CheckConstraint("attribution BETWEEN 0 AND 4", name=op.f("ck_adjudication_attribution")),
        sa.CheckConstraint("confirmation BETWEEN 0 AND 4", name=op.f("ck_adjudication_confirmation")),
        sa.CheckConstraint("credibility BETWEEN 1 AND 6", name=op.f("ck_adjudication_credibility")),
        sa.CheckConstraint("sourcing BETWEEN 0 AND 4", name=op.f("ck_adjudication_sourcing")),
        sa.ForeignKeyConstraint(
            ["adjudicator_id"], ["person.id"], name=op.f("fk_adjudication_adjudicator_id")
        ),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_adjudication_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adjudication")),
        sa.UniqueConstraint("ticket_id", "round", name=op.f("uq_adjudication_ticket_id_round")),
    )
    op.create_index("ix_adjudication_adjudicator", "adjudication", ["adjudicator_id"], unique=False)
    op.create_table(
        "approval",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("approver_id", sa.Integer(), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("exception_reason", sa.String(length=1000), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_reason", sa.String(length=1000), nullable=False),
        sa.CheckConstraint("voided_at IS NULL OR voided_reason <> ''", name=op.f("ck_approval_void_reason")),
        sa.ForeignKeyConstraint(["approver_id"], ["person.id"], name=op.f("fk_approval_approver_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_approval_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval")),
    )
    op.create_index(op.f("ix_approval_approver_id"), "approval", ["approver_id"], unique=False)
    op.create_index("ix_approval_ticket", "approval", ["ticket_id", "id"], unique=False)
    op.create_table(
        "article",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("outlet_id", sa.Integer(), nullable=True),
        sa.Column("byline", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("taken_in_by_id", sa.Integer(), nullable=True),
        sa.Column("taken_in_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["outlet_id"], ["source.id"], name=op.f("fk_article_outlet_id")),
        sa.ForeignKeyConstraint(["taken_in_by_id"], ["person.id"], name=op.f("fk_article_taken_in_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
    )
    op.create_index("ix_article_language", "article", ["language", "id"], unique=False)
    op.create_index("ix_article_outlet", "article", ["outlet_id", "id"], unique=False)
    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=False),
        sa.Column("assigned_by_id", sa.Integer(), nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("freed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["assigned_by_id"], ["person.id"], name=op.f("fk_assignment_assigned_by_id")),
        sa.ForeignKeyConstraint(["reviewer_id"], ["person.id"], name=op.f("fk_assignment_reviewer_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_assignment_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sa.UniqueConstraint(
            "ticket_id", "round", "reviewer_id", name=op.f("uq_assignment_ticket_id_round_reviewer_id")
        ),
    )
    op.create_index(
        "ix_assignment_reviewer", "assignment", ["reviewer_id", "freed_at", "ticket_id"], unique=False
    )
    op.create_table(
        "audit_payload",
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["sequence"], ["audit_entry.sequence"], name=op.f("fk_audit_payload_sequence")
        ),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_audit_payload")),
    )
    op.create_table(
        "comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_comment_author_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_comment_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
    )
    op.create_index(op.f("ix_comment_ticket_id"), "comment", ["ticket_id"], unique=False)
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("stance", sa.String(24), nullable=False),
        sa.Column("facet", sa.String(24), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=500), nullable=False),
        sa.CheckConstraint("(kind = 'file') = (sha256 IS NOT NULL)", name=op.f("ck_evidence_file_has_hash")),
        sa.CheckConstraint(
            "facet IN ('whole', 'event', 'actor', 'time', 'place', 'figure', 'means')",
            name=op.f("ck_evidence_facet"),
        ),
        sa.CheckConstraint("kind <> 'link' OR url <> ''", name=op.f("ck_evidence_link_has_address")),
        sa.CheckConstraint("kind IN ('link', 'note', 'file')", name=op.f("ck_evidence_kind")),
        sa.CheckConstraint("stance IN ('supports', 'refutes', 'context')", name=op.f("ck_evidence_stance")),
        sa.CheckConstraint(
            "withdrawn_at IS NULL OR withdrawn_reason <> ''", name=op.f("ck_evidence_withdrawal_reason")
        ),
        sa.ForeignKeyConstraint(["added_by_id"], ["person.id"], name=op.f("fk_evidence_added_by_id")),
        sa.ForeignKeyConstraint(["sha256"], ["blob.sha256"], name=op.f("fk_evidence_sha256")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_evidence_ticket_id")),
        sa.ForeignKeyConstraint(["withdrawn_by_id"], ["person.id"], name=op.f("fk_evidence_withdrawn_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint("ticket_id", "number", name=op.f("uq_evidence_ticket_id_number")),
    )
    op.create_index(op.f("ix_evidence_added_by_id"), "evidence", ["added_by_id"], unique=False)
    op.create_table(
        "interest",
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_interest_person_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_interest_ticket_id")),
        sa.PrimaryKeyConstraint("ticket_id", "person_id", name=op.f("pk_interest")),
    )
    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("commitment", sa.String(length=64), nullable=False),
        sa.Column("sourcing", sa.Integer(), nullable=False),
        sa.Column("attribution", sa.Integer(), nullable=False),
        sa.Column("confirmation", sa.Integer(), nullable=False),
        sa.Column("rating", sa.String(24), nullable=False),
        sa.Column("confidence", sa.String(24), nullable=False),
        sa.Column("reliability", sa.String(1), nullable=False),
        sa.Column("credibility", sa.Integer(), nullable=False),
        sa.Column("rationale", sa.Text(), nullable=False),
        sa.Column("override_reason", sa.String(length=1000), nullable=False),
        sa.Column("rubric_version", sa.Integer(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("confidence IN ('low', 'moderate', 'high')", name=op.f("ck_review_confidence")),
        sa.CheckConstraint(
            "rating IN ('confirmed', 'mostly_right', 'unverified', 'misleading', 'false')",
            name=op.f("ck_review_rating"),
        ),
        sa.CheckConstraint("rationale <> ''", name=op.f("ck_review_rationale")),
        sa.CheckConstraint(
            "reliability IN ('A', 'B', 'C', 'D', 'E', 'F')", name=op.f("ck_review_reliability")
        ),
        sa.CheckConstraint("attribution BETWEEN 0 AND 4", name=op.f("ck_review_attribution")),
        sa.CheckConstraint("confirmation BETWEEN 0 AND 4", name=op.f("ck_review_confirmation")),
        sa.CheckConstraint("credibility BETWEEN 1 AND 6", name=op.f("ck_review_credibility")),
        sa.CheckConstraint("sourcing BETWEEN 0 AND 4", name=op.f("ck_review_sourcing")),
        sa.ForeignKeyConstraint(["reviewer_id"], ["person.id"], name=op.f("fk_review_reviewer_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_review_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sa.UniqueConstraint(
            "ticket_id", "round", "reviewer_id", name=op.f("uq_review_ticket_id_round_reviewer_id")
        ),
    )
    op.create_index("ix_review_reviewer", "review", ["reviewer_id"], unique=False)
    op.create_table(
        "review_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=12), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_review_draft_person_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_review_draft_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_draft")),
        sa.UniqueConstraint(
            "ticket_id",
            "round",
            "person_id",
            "purpose",
            name=op.f("uq_review_draft_ticket_id_round_person_id_purpose"),
        ),
    )
    op.create_table(
        "source_alias",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_key", sa.String(length=200), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["added_by_id"], ["person.id"], name=op.f("fk_source_alias_added_by_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_source_alias_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_alias")),
        sa.UniqueConstraint("name_key", name=op.f("uq_source_alias_name_key")),
    )
    op.create_index(op.f("ix_source_alias_source_id"), "source_alias", ["source_id"], unique=False)
    op.create_table(
        "source_tie",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=True),
        sa.Column("event", sa.String(length=200), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("known_from", sa.String(length=500), nullable=False),
        sa.Column("stated_by_id", sa.Integer(), nullable=True),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_reason", sa.String(length=500), nullable=False),
        sa.CheckConstraint("(kind = 'party_to') = (event <> '')", name=op.f("ck_source_tie_event_named")),
        sa.CheckConstraint(
            "(kind = 'party_to') = (other_id IS NULL)", name=op.f("ck_source_tie_party_to_event")
        ),
        sa.CheckConstraint(
            "kind IN ('speaks_for', 'member_of', 'owned_by', 'republishes', 'party_to', 'allied_with', 'hostile_to')",
            name=op.f("ck_source_tie_kind"),
        ),
        sa.CheckConstraint("known_from <> ''", name=op.f("ck_source_tie_known_from")),
        sa.CheckConstraint(
            "since IS NULL OR until IS NULL OR since <= until", name=op.f("ck_source_tie_dates")
        ),
        sa.CheckConstraint("source_id <> other_id", name=op.f("ck_source_tie_not_itself")),
        sa.ForeignKeyConstraint(["other_id"], ["source.id"], name=op.f("fk_source_tie_other_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_source_tie_source_id")),
        sa.ForeignKeyConstraint(["stated_by_id"], ["person.id"], name=op.f("fk_source_tie_stated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_tie")),
    )
    op.create_index(op.f("ix_source_tie_other_id"), "source_tie", ["other_id"], unique=False)
    op.create_index(op.f("ix_source_tie_source_id"), "source_tie", ["source_id"], unique=False)
    op.create_table(
        "ticket_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("from_status", sa.String(24), nullable=True),
        sa.Column("to_status", sa.String(24), nullable=True),
        sa.Column("old_value", sa.Text(), nullable=False),
        sa.Column("new_value", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["person.id"], name=op.f("fk_ticket_event_actor_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_ticket_event_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_event")),
    )
    op.create_index("ix_ticket_event_ticket", "ticket_event", ["ticket_id", "id"], unique=False)
    op.create_table(
        "verdict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=16), nullable=False),
        sa.Column("investigation", sa.String(length=200), nullable=False),
        sa.Column("claim", sa.String(length=500), nullable=False),
        sa.Column("claimant", sa.String(length=200), nullable=False),
        sa.Column("rating", sa.String(24), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retracted", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "rating IN ('confirmed', 'mostly_right', 'unverified', 'misleading', 'false')",
            name=op.f("ck_verdict_rating"),
        ),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_verdict_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verdict")),
        sa.UniqueConstraint("reference", name=op.f("uq_verdict_reference")),
        sa.UniqueConstraint("ticket_id", name=op.f("uq_verdict_ticket_id")),
    )
    op.create_index(
        "ix_verdict_investigation", "verdict", ["investigation", "published_at", "id"], unique=False
    )
    op.create_index("ix_verdict_published_at", "verdict", ["published_at", "id"], unique=False)
    op.create_index("ix_verdict_rating", "verdict", ["rating", "published_at", "id"], unique=False)
    op.create_table(
        "wording",
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_wording_ticket_id")),
        sa.ForeignKeyConstraint(["written_by_id"], ["person.id"], name=op.f("fk_wording_written_by_id")),
        sa.PrimaryKeyConstraint("ticket_id", name=op.f("pk_wording")),
    )
    op.create_table(
        "article_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("intake_notes", sa.JSON(), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_article_version_article_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_version")),
        sa.UniqueConstraint("sha256", name=op.f("uq_article_version_sha256")),
    )
    op.create_index("uq_article_version_number", "article_version", ["article_id", "number"], unique=True)
    op.create_table(
        "mention",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_mention_comment_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mention_person_id")),
        sa.PrimaryKeyConstraint("comment_id", "person_id", name=op.f("pk_mention")),
    )
    op.create_index("ix_mention_person", "mention", ["person_id", "seen_at"], unique=False)
    op.create_table(
        "review_evidence",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_review_evidence_evidence_id")
        ),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_review_evidence_review_id")),
        sa.PrimaryKeyConstraint("review_id", "evidence_id", name=op.f("pk_review_evidence")),
    )
    op.create_table(
        "review_opening",
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("first_review_id", sa.Integer(), nullable=False),
        sa.Column("second_review_id", sa.Integer(), nullable=False),
        sa.Column("disputed", sa.Boolean(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("first_review_id <> second_review_id", name=op.f("ck_review_opening_two_reviews")),
        sa.ForeignKeyConstraint(
            ["first_review_id"], ["review.id"], name=op.f("fk_review_opening_first_review_id")
        ),
        sa.ForeignKeyConstraint(
            ["second_review_id"], ["review.id"], name=op.f("fk_review_opening_second_review_id")
        ),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_review_opening_ticket_id")),
        sa.PrimaryKeyConstraint("ticket_id", "round", name=op.f("pk_review_opening")),
    )
    op.create_table(
        "verdict_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("verdict_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=True),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("approval_id", sa.Integer(), nullable=True),
        sa.Column("published_by_id", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('published', 'correction', 'retraction')", name=op.f("ck_verdict_version_kind")
        ),
        sa.CheckConstraint("number = 1 OR reason <> ''", name=op.f("ck_verdict_version_public_reason")),
        sa.CheckConstraint(
            "number > 1 OR kind = 'published'", name=op.f("ck_verdict_version_first_is_published")
        ),
        sa.ForeignKeyConstraint(
            ["approval_id"], ["approval.id"], name=op.f("fk_verdict_version_approval_id")
        ),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["person.id"], name=op.f("fk_verdict_version_published_by_id")
        ),
        sa.ForeignKeyConstraint(["verdict_id"], ["verdict.id"], name=op.f("fk_verdict_version_verdict_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verdict_version")),
        sa.UniqueConstraint("verdict_id", "number", name=op.f("uq_verdict_version_verdict_id_number")),
    )
    op.create_table(
        "article_band",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("band", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("bucket", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["article_version.id"], name=op.f("fk_article_band_version_id")
        ),
        sa.PrimaryKeyConstraint("version_id", "band", name=op.f("pk_article_band")),
    )
    op.create_index("ix_article_band_bucket", "article_band", ["bucket", "band"], unique=False)
    op.create_table(
        "assertion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("start_at", sa.Integer(), nullable=False),
        sa.Column("end_at", sa.Integer(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("mode", sa.String(24), nullable=False),
        sa.Column("cue", sa.String(length=200), nullable=False),
        sa.Column("denies", sa.Boolean(), nullable=False),
        sa.Column("channel", sa.String(length=100), nullable=False),
        sa.Column("caveat", sa.String(length=500), nullable=False),
        sa.Column("quantities", sa.JSON(), nullable=False),
        sa.Column("dates", sa.JSON(), nullable=False),
        sa.Column("check_worthiness", sa.Double(), nullable=True),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("method", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("edited", sa.Boolean(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "mode IN ('direct', 'indirect', 'mixed', 'own-voice')", name=op.f("ck_assertion_mode")
        ),
        sa.CheckConstraint(
            "state <> 'dismissed' OR reason <> ''", name=op.f("ck_assertion_dismissal_reason")
        ),
        sa.CheckConstraint("state IN ('suggested', 'filed', 'dismissed')", name=op.f("ck_assertion_state")),
        sa.CheckConstraint("start_at >= 0 AND end_at > start_at", name=op.f("ck_assertion_span")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_assertion_decided_by_id")),
        sa.ForeignKeyConstraint(["version_id"], ["article_version.id"], name=op.f("fk_assertion_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assertion")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_assertion_version", "assertion", ["version_id", "start_at"], unique=False)
    op.create_table(
        "appearance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("assertion_id", sa.Integer(), nullable=False),
        sa.Column("filed_by_id", sa.Integer(), nullable=False),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["assertion_id"], ["assertion.id"], name=op.f("fk_appearance_assertion_id")),
        sa.ForeignKeyConstraint(["filed_by_id"], ["person.id"], name=op.f("fk_appearance_filed_by_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_appearance_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appearance")),
        sa.UniqueConstraint("assertion_id", name=op.f("uq_appearance_assertion_id")),
    )
    op.create_index(op.f("ix_appearance_ticket_id"), "appearance", ["ticket_id"], unique=False)
    op.create_table(
        "hop",
        sa.Column("assertion_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("written", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("role", sa.String(length=200), nullable=False),
        sa.Column("terms", sa.String(length=60), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('person', 'organisation', 'outlet', 'agency', 'account', 'anonymous', 'document', 'media')",
            name=op.f("ck_hop_kind"),
        ),
        sa.ForeignKeyConstraint(["assertion_id"], ["assertion.id"], name=op.f("fk_hop_assertion_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_hop_source_id")),
        sa.PrimaryKeyConstraint("assertion_id", "position", name=op.f("pk_hop")),
    )
    op.create_index(op.f("ix_hop_name"), "hop", ["name"], unique=False)
    op.create_index(op.f("ix_hop_source_id"), "hop", ["source_id"], unique=False)
    op.bulk_insert(
        sa.table("audit_head", sa.column("id"), sa.column("sequence"), sa.column("entry_hash")),
        [{"id": 1, "sequence": 0, "entry_hash": "0" * 64}],
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_hop_source_id"), table_name="hop")
    op.drop_index(op.f("ix_hop_name"), table_name="hop")
    op.drop_table("hop")
    op.drop_index(op.f("ix_appearance_ticket_id"), table_name="appearance")
    op.drop_table("appearance")
    op.drop_index("ix_assertion_version", table_name="assertion")
    op.drop_table("assertion")
    op.drop_index("ix_article_band_bucket", table_name="article_band")
    op.drop_table("article_band")
    op.drop_table("verdict_version")
    op.drop_table("review_opening")
    op.drop_table("review_evidence")
    op.drop_index("ix_mention_person", table_name="mention")
    op.drop_table("mention")
    op.drop_index("uq_article_version_number", table_name="article_version")
    op.drop_table("article_version")
    op.drop_table("wording")
    op.drop_index("ix_verdict_rating", table_name="verdict")
    op.drop_index("ix_verdict_published_at", table_name="verdict")
    op.drop_index("ix_verdict_investigation", table_name="verdict")
    op.drop_table("verdict")
    op.drop_index("ix_ticket_event_ticket", table_name="ticket_event")
    op.drop_table("ticket_event")
    op.drop_index(op.f("ix_source_tie_source_id"), table_name="source_tie")
    op.drop_index(op.f("ix_source_tie_other_id"), table_name="source_tie")
    op.drop_table("source_tie")
    op.drop_index(op.f("ix_source_alias_source_id"), table_name="source_alias")
    op.drop_table("source_alias")
    op.drop_table("review_draft")
    op.drop_index("ix_review_reviewer", table_name="review")
    op.drop_table("review")
    op.drop_table("interest")
    op.drop_index(op.f("ix_evidence_added_by_id"), table_name="evidence")
    op.drop_table("evidence")
    op.drop_index(op.f("ix_comment_ticket_id"), table_name="comment")
    op.drop_table("comment")
    op.drop_table("audit_payload")
    op.drop_index("ix_assignment_reviewer", table_name="assignment")
    op.drop_table("assignment")
    op.drop_index("ix_article_outlet", table_name="article")
    op.drop_index("ix_article_language", table_name="article")
    op.drop_table("article")
    op.drop_index("ix_approval_ticket", table_name="approval")
    op.drop_index(op.f("ix_approval_approver_id"), table_name="approval")
    op.drop_table("approval")
    op.drop_index("ix_adjudication_adjudicator", table_name="adjudication")
    op.drop_table("adjudication")
    op.drop_index("ix_ticket_updated_at", table_name="ticket")
    op.drop_index("ix_ticket_status", table_name="ticket")
    op.drop_index("ix_ticket_rating", table_name="ticket")
    op.drop_index("ix_ticket_investigation_status", table_name="ticket")
    op.drop_index("ix_ticket_investigation", table_name="ticket")
    op.drop_index("ix_ticket_claimant", table_name="ticket")
    op.drop_table("ticket")
    op.drop_index("ix_source_name_key", table_name="source")
    op.drop_table("source")
    op.drop_table("role_grant")
    op.drop_index("ix_report_built_at", table_name="report")
    op.drop_table("report")
    op.drop_table("invitation")
    op.drop_table("form_answer")
    op.drop_index(op.f("ix_auth_session_person_id"), table_name="auth_session")
    op.drop_table("auth_session")
    op.drop_index("ix_audit_entry_subject", table_name="audit_entry")
    op.drop_index("ix_audit_entry_actor", table_name="audit_entry")
    op.drop_index("ix_audit_entry_action", table_name="audit_entry")
    op.drop_table("audit_entry")
    op.drop_index("ix_sign_in_attempt_address", table_name="sign_in_attempt")
    op.drop_table("sign_in_attempt")
    op.drop_table("person")
    op.drop_table("investigation")
    op.drop_table("blob")
    op.drop_table("audit_head")
