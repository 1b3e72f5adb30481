"""the first tables

Revision: 0001, after:
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    # written from the models
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("actor", sa.String(length=32), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=32), nullable=False),
        sa.Column("detail", sa.String(length=40), nullable=True),
        sa.Column("chain", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index("ix_audit_day_actor", ["day", "actor"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_subject"), ["subject"], unique=False)

    op.create_table(
        "browser_session",
        sa.Column("id", sa.LargeBinary(length=32), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("expires", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("browser_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_browser_session_expires"), ["expires"], unique=False)

    op.create_table(
        "donor",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("donor_kind", sa.String(length=32), nullable=False),
        sa.Column("vetting", sa.String(length=16), nullable=False),
        sa.Column("vetted_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("shows_name", sa.Boolean(), nullable=False),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.Column("registered_by_id", sa.String(length=32), nullable=True),
        sa.Column("external_id", sa.LargeBinary(), nullable=True),
        sa.Column("external_id_hash", sa.LargeBinary(length=16), nullable=True),
        sa.Column("handle", sa.LargeBinary(), nullable=True),
        sa.Column("handle_hash", sa.LargeBinary(length=16), nullable=True),
        sa.Column("intermediary", sa.LargeBinary(), nullable=True),
        sa.Column("coded", sa.LargeBinary(), nullable=True),
        sa.Column("readable_hash", sa.LargeBinary(length=16), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("donor", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_donor_external_id_hash"), ["external_id_hash"], unique=True
        )
        batch_op.create_index(batch_op.f("ix_donor_handle_hash"), ["handle_hash"], unique=False)
        batch_op.create_index(batch_op.f("ix_donor_readable_hash"), ["readable_hash"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_donor_registered_by_id"), ["registered_by_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_donor_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_donor_vetting"), ["vetting"], unique=False)

    op.create_table(
        "organisation",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("legal_statuses", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("base_country", sa.String(length=2), nullable=False),
        sa.Column("vetting", sa.String(length=16), nullable=False),
        sa.Column("vetted_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.Column("hosted_by_id", sa.String(length=32), nullable=True),
        sa.Column("registered_by_id", sa.String(length=32), nullable=True),
        sa.Column("external_id", sa.LargeBinary(), nullable=True),
        sa.Column("external_id_hash", sa.LargeBinary(length=16), nullable=True),
        sa.Column("handle", sa.LargeBinary(), nullable=True),
        sa.Column("handle_hash", sa.LargeBinary(length=16), nullable=True),
        sa.Column("coded", sa.LargeBinary(), nullable=True),
        sa.Column("readable_hash", sa.LargeBinary(length=16), nullable=True),
        sa.ForeignKeyConstraint(["hosted_by_id"], ["organisation.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_organisation_external_id_hash"), ["external_id_hash"], unique=True
        )
        batch_op.create_index(
            batch_op.f("ix_organisation_handle_hash"), ["handle_hash"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_organisation_hosted_by_id"), ["hosted_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_organisation_readable_hash"), ["readable_hash"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_organisation_registered_by_id"), ["registered_by_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_organisation_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_organisation_vetting"), ["vetting"], unique=False)

    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("topic", sa.String(length=32), nullable=False),
        sa.Column("subjects", sa.JSON(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("parked", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "account",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("username", sa.String(length=64), nullable=False),
        sa.Column("password", sa.String(length=255), nullable=True),
        sa.Column("fs_uniquifier", sa.String(length=64), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("organisation_id", sa.String(length=32), nullable=True),
        sa.Column("donor_id", sa.String(length=32), nullable=True),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["donor_id"], ["donor.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("fs_uniquifier"),
        sa.UniqueConstraint("username"),
    )
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_donor_id"), ["donor_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_account_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "need",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.String(length=32), nullable=False),
        sa.Column("category", sa.String(length=64), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("amount_requested", sa.JSON(), nullable=True),
        sa.Column("amount_base", sa.BigInteger(), nullable=True),
        sa.Column("quantity", sa.JSON(), nullable=True),
        sa.Column("asks_for", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("minimum_useful", sa.JSON(), nullable=True),
        sa.Column("breakdown", sa.JSON(), nullable=True),
        sa.Column("needed_by", sa.Date(), nullable=True),
        sa.Column("useful_until", sa.Date(), nullable=True),
        sa.Column("months_covered", sa.Integer(), nullable=True),
        sa.Column("minimum_months", sa.Integer(), nullable=True),
        sa.Column("recurrence", sa.String(length=16), nullable=True),
        sa.Column("urgency", sa.String(length=16), nullable=True),
        sa.Column("urgency_confirmed", sa.String(length=16), nullable=True),
        sa.Column("readers", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.Column("external_id", sa.LargeBinary(), nullable=True),
        sa.Column("external_id_hash", sa.LargeBinary(length=16), nullable=True),
        sa.Column("title", sa.LargeBinary(), nullable=True),
        sa.Column("summary", sa.LargeBinary(), nullable=True),
        sa.Column("situation", sa.LargeBinary(), nullable=True),
        sa.Column("coded", sa.LargeBinary(), nullable=True),
        sa.Column("readable_hash", sa.LargeBinary(length=16), nullable=True),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("need", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_need_amount_base"), ["amount_base"], unique=False)
        batch_op.create_index(batch_op.f("ix_need_category"), ["category"], unique=False)
        batch_op.create_index(batch_op.f("ix_need_country"), ["country"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_need_external_id_hash"), ["external_id_hash"], unique=True
        )
        batch_op.create_index(batch_op.f("ix_need_needed_by"), ["needed_by"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_need_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_need_readable_hash"), ["readable_hash"], unique=False)
        batch_op.create_index(batch_op.f("ix_need_status"), ["status"], unique=False)
        batch_op.create_index(batch_op.f("ix_need_urgency"), ["urgency"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_need_urgency_confirmed"), ["urgency_confirmed"], unique=False
        )

    op.create_table(
        "offer",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("donor_id", sa.String(length=32), nullable=False),
        sa.Column("instrument", sa.String(length=16), nullable=False),
        sa.Column("flexibility", sa.String(length=16), nullable=False),
        sa.Column("budget", sa.JSON(), nullable=True),
        sa.Column("budget_per", sa.String(length=16), nullable=True),
        sa.Column("spent", sa.JSON(), nullable=True),
        sa.Column("min_award", sa.JSON(), nullable=True),
        sa.Column("max_award", sa.JSON(), nullable=True),
        sa.Column("categories", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("excluded_categories", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("category_caps", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("countries", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("publicity_required", sa.String(length=16), nullable=True),
        sa.Column("reporting_required", sa.String(length=16), nullable=True),
        sa.Column("opens_on", sa.Date(), nullable=True),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("decision_days", sa.Integer(), nullable=True),
        sa.Column("payout_days", sa.Integer(), nullable=True),
        sa.Column("max_months", sa.Integer(), nullable=True),
        sa.Column("renewable", sa.Boolean(), nullable=True),
        sa.Column("retroactive", sa.Boolean(), nullable=True),
        sa.Column("co_funding", sa.Boolean(), nullable=True),
        sa.Column("reallocation_percent", sa.Integer(), nullable=True),
        sa.Column("visibility", sa.String(length=16), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.Column("external_id", sa.LargeBinary(), nullable=True),
        sa.Column("external_id_hash", sa.LargeBinary(length=16), nullable=True),
        sa.Column("title", sa.LargeBinary(), nullable=True),
        sa.Column("summary", sa.LargeBinary(), nullable=True),
        sa.Column("coded", sa.LargeBinary(), nullable=True),
        sa.Column("readable_hash", sa.LargeBinary(length=16), nullable=True),
        sa.ForeignKeyConstraint(["donor_id"], ["donor.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_offer_closes_on"), ["closes_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_offer_donor_id"), ["donor_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_offer_external_id_hash"), ["external_id_hash"], unique=True
        )
        batch_op.create_index(batch_op.f("ix_offer_readable_hash"), ["readable_hash"], unique=False)
        batch_op.create_index(batch_op.f("ix_offer_status"), ["status"], unique=False)
        batch_op.create_index(batch_op.f("ix_offer_visibility"), ["visibility"], unique=False)

    op.create_table(
        "api_key",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("key_hash", sa.LargeBinary(length=16), nullable=True),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("last_used_on", sa.Date(), nullable=True),
        sa.Column("revoked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("api_key", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_api_key_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_api_key_key_hash"), ["key_hash"], unique=True)

    op.create_table(
        "match",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.String(length=32), nullable=False),
        sa.Column("offer_id", sa.String(length=32), nullable=False),
        sa.Column("organisation_id", sa.String(length=32), nullable=False),
        sa.Column("donor_id", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("outcome", sa.String(length=24), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("proposed_amount", sa.JSON(), nullable=True),
        sa.Column("weights_version", sa.String(length=32), nullable=False),
        sa.Column("rules_version", sa.String(length=32), nullable=False),
        sa.Column("assigned_to_id", sa.String(length=32), nullable=True),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.Column("forbidden", sa.Boolean(), nullable=False),
        sa.Column("judged_on", sa.Date(), nullable=False),
        sa.Column("moved_on", sa.Date(), nullable=False),
        sa.Column("offered_on", sa.Date(), nullable=True),
        sa.Column("interested_on", sa.Date(), nullable=True),
        sa.Column("evidence", sa.LargeBinary(), nullable=True),
        sa.Column("facts_hash", sa.LargeBinary(length=16), nullable=True),
        sa.ForeignKeyConstraint(["assigned_to_id"], ["account.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["donor_id"], ["donor.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("need_id", "offer_id"),
    )
    with op.batch_alter_table("match", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_match_assigned_to_id"), ["assigned_to_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_match_donor_id"), ["donor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_match_facts_hash"), ["facts_hash"], unique=False)
        batch_op.create_index(batch_op.f("ix_match_need_id"), ["need_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_match_offer_id"), ["offer_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_match_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_match_state"), ["state"], unique=False)

    op.create_table(
        "question",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("about_kind", sa.String(length=16), nullable=False),
        sa.Column("about_id", sa.String(length=32), nullable=False),
        sa.Column("to_role", sa.String(length=16), nullable=False),
        sa.Column("organisation_id", sa.String(length=32), nullable=True),
        sa.Column("donor_id", sa.String(length=32), nullable=True),
        sa.Column("asked_by_id", sa.String(length=32), nullable=True),
        sa.Column("asked_by_role", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["asked_by_id"], ["account.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["donor_id"], ["donor.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_question_about_id"), ["about_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_question_asked_by_id"), ["asked_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_question_donor_id"), ["donor_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_question_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_question_state"), ["state"], unique=False)

    op.create_table(
        "vetting_decision",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("party_id", sa.String(length=32), nullable=False),
        sa.Column("organisation_id", sa.String(length=32), nullable=True),
        sa.Column("donor_id", sa.String(length=32), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("before", sa.String(length=16), nullable=False),
        sa.Column("vetting", sa.String(length=16), nullable=False),
        sa.Column("reason_code", sa.String(length=40), nullable=False),
        sa.Column("by_account_id", sa.String(length=32), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["by_account_id"], ["account.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["donor_id"], ["donor.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("party_id", "sequence"),
    )
    with op.batch_alter_table("vetting_decision", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_vetting_decision_by_account_id"), ["by_account_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_vetting_decision_donor_id"), ["donor_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_vetting_decision_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_vetting_decision_party_id"), ["party_id"], unique=False
        )

    op.create_table(
        "award",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("match_id", sa.String(length=32), nullable=False),
        sa.Column("organisation_id", sa.String(length=32), nullable=False),
        sa.Column("offer_id", sa.String(length=32), nullable=False),
        sa.Column("need_id", sa.String(length=32), nullable=False),
        sa.Column("amount", sa.JSON(), nullable=True),
        sa.Column("awarded_on", sa.Date(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("reallocation_percent", sa.Integer(), nullable=True),
        sa.Column("decided_by_id", sa.String(length=32), nullable=True),
        sa.Column("publication_consent", sa.String(length=16), nullable=False),
        sa.Column("consented_on", sa.Date(), nullable=True),
        sa.Column("not_before", sa.Date(), nullable=True),
        sa.Column("conditions", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["decided_by_id"], ["account.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["match_id"], ["match.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("award", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_award_decided_by_id"), ["decided_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_award_match_id"), ["match_id"], unique=True)
        batch_op.create_index(batch_op.f("ix_award_need_id"), ["need_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_award_offer_id"), ["offer_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_award_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "review",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("match_id", sa.String(length=32), nullable=False),
        sa.Column("organisation_id", sa.String(length=32), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("by_role", sa.String(length=16), nullable=False),
        sa.Column("by_account_id", sa.String(length=32), nullable=True),
        sa.Column("reason_code", sa.String(length=40), nullable=True),
        sa.Column("rule", sa.String(length=40), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["by_account_id"], ["account.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["match_id"], ["match.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("match_id", "sequence"),
    )
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_review_by_account_id"), ["by_account_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_review_match_id"), ["match_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_review_organisation_id"), ["organisation_id"], unique=False
        )


def downgrade() -> None:
    # written from the models
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_review_match_id"))
        batch_op.drop_index(batch_op.f("ix_review_by_account_id"))

    op.drop_table("review")
    with op.batch_alter_table("award", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_award_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_award_offer_id"))
        batch_op.drop_index(batch_op.f("ix_award_need_id"))
        batch_op.drop_index(batch_op.f("ix_award_match_id"))
        batch_op.drop_index(batch_op.f("ix_award_decided_by_id"))

    op.drop_table("award")
    with op.batch_alter_table("vetting_decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_vetting_decision_party_id"))
        batch_op.drop_index(batch_op.f("ix_vetting_decision_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_vetting_decision_donor_id"))
        batch_op.drop_index(batch_op.f("ix_vetting_decision_by_account_id"))

    op.drop_table("vetting_decision")
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_question_state"))
        batch_op.drop_index(batch_op.f("ix_question_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_question_donor_id"))
        batch_op.drop_index(batch_op.f("ix_question_asked_by_id"))
        batch_op.drop_index(batch_op.f("ix_question_about_id"))

    op.drop_table("question")
    with op.batch_alter_table("match", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_match_state"))
        batch_op.drop_index(batch_op.f("ix_match_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_match_offer_id"))
        batch_op.drop_index(batch_op.f("ix_match_need_id"))
        batch_op.drop_index(batch_op.f("ix_match_facts_hash"))
        batch_op.drop_index(batch_op.f("ix_match_donor_id"))
        batch_op.drop_index(batch_op.f("ix_match_assigned_to_id"))

    op.drop_table("match")
    with op.batch_alter_table("api_key", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_api_key_key_hash"))
        batch_op.drop_index(batch_op.f("ix_api_key_account_id"))

    op.drop_table("api_key")
    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_offer_visibility"))
        batch_op.drop_index(batch_op.f("ix_offer_status"))
        batch_op.drop_index(batch_op.f("ix_offer_readable_hash"))
        batch_op.drop_index(batch_op.f("ix_offer_external_id_hash"))
        batch_op.drop_index(batch_op.f("ix_offer_donor_id"))
        batch_op.drop_index(batch_op.f("ix_offer_closes_on"))

    op.drop_table("offer")
    with op.batch_alter_table("need", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_need_urgency_confirmed"))
        batch_op.drop_index(batch_op.f("ix_need_urgency"))
        batch_op.drop_index(batch_op.f("ix_need_status"))
        batch_op.drop_index(batch_op.f("ix_need_readable_hash"))
        batch_op.drop_index(batch_op.f("ix_need_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_need_needed_by"))
        batch_op.drop_index(batch_op.f("ix_need_external_id_hash"))
        batch_op.drop_index(batch_op.f("ix_need_country"))
        batch_op.drop_index(batch_op.f("ix_need_category"))
        batch_op.drop_index(batch_op.f("ix_need_amount_base"))

    op.drop_table("need")
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_account_donor_id"))

    op.drop_table("account")
    op.drop_table("outbox")
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organisation_vetting"))
        batch_op.drop_index(batch_op.f("ix_organisation_state"))
        batch_op.drop_index(batch_op.f("ix_organisation_registered_by_id"))
        batch_op.drop_index(batch_op.f("ix_organisation_readable_hash"))
        batch_op.drop_index(batch_op.f("ix_organisation_hosted_by_id"))
        batch_op.drop_index(batch_op.f("ix_organisation_handle_hash"))
        batch_op.drop_index(batch_op.f("ix_organisation_external_id_hash"))

    op.drop_table("organisation")
    with op.batch_alter_table("donor", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_donor_vetting"))
        batch_op.drop_index(batch_op.f("ix_donor_state"))
        batch_op.drop_index(batch_op.f("ix_donor_registered_by_id"))
        batch_op.drop_index(batch_op.f("ix_donor_readable_hash"))
        batch_op.drop_index(batch_op.f("ix_donor_handle_hash"))
        batch_op.drop_index(batch_op.f("ix_donor_external_id_hash"))

    op.drop_table("donor")
    with op.batch_alter_table("browser_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_browser_session_expires"))

    op.drop_table("browser_session")
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_subject"))
        batch_op.drop_index("ix_audit_day_actor")

    op.drop_table("audit")
