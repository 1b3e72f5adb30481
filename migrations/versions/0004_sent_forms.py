"""Forms that make something only once.

Revision: 0004, after: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sent_form",
        sa.Column("mark", sa.LargeBinary(length=16), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("shown", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("mark"),
    )
    op.create_index("ix_sent_form_sent_on", "sent_form", ["sent_on"])


def downgrade() -> None:
    op.drop_index("ix_sent_form_sent_on", "sent_form")
    op.drop_table("sent_form")
