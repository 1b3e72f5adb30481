"""What stays: of awards whose need or offer is gone, and of the trail once it is pruned.

Revision: 0008, after: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kept_award",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("amount", sa.JSON(), nullable=True),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("category_group", sa.String(length=32), nullable=False),
        sa.Column("need_id", sa.String(length=32), nullable=True),
        sa.Column("offer_id", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    for column in ("need_id", "offer_id"):
        op.create_index(f"ix_kept_award_{column}", "kept_award", [column])
    op.create_table(
        "audit_checkpoint",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("chain", sa.LargeBinary(length=32), nullable=False),
        sa.Column("seal", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def downgrade() -> None:
    op.drop_table("audit_checkpoint")
    for column in ("offer_id", "need_id"):
        op.drop_index(f"ix_kept_award_{column}", "kept_award")
    op.drop_table("kept_award")
