"""Snapshots of the statistics.

Revision: 0009, after: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "snapshot",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("counted", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_snapshot_made_on", "snapshot", ["made_on"])


def downgrade() -> None:
    op.drop_index("ix_snapshot_made_on", "snapshot")
    op.drop_table("snapshot")
