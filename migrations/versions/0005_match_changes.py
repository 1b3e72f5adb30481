"""What changed in matches that were judged anew, and when they were first proposed.

Revision: 0005, after: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("match", sa.Column("proposed_on", sa.Date(), nullable=True))
    op.create_table(
        "match_change",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("match_id", sa.String(length=32), nullable=False),
        sa.Column("organisation_id", sa.String(length=32), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("what", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["match_id"], ["match.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("match_id", "sequence"),
    )
    for column in ("match_id", "organisation_id", "day"):
        op.create_index(f"ix_match_change_{column}", "match_change", [column])


def downgrade() -> None:
    for column in ("day", "organisation_id", "match_id"):
        op.drop_index(f"ix_match_change_{column}", "match_change")
    op.drop_table("match_change")
    op.drop_column("match", "proposed_on")
