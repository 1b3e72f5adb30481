"""Tries that are counted, second factors of accounts, freeze codes of organisations.

Revision: 0007, after: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tries",
        sa.Column("mark", sa.LargeBinary(length=16), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("ends", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("mark"),
    )
    op.create_index("ix_tries_ends", "tries", ["ends"])
    op.add_column("account", sa.Column("second_factor", sa.LargeBinary(), nullable=True))
    op.add_column("organisation", sa.Column("freeze_code", sa.LargeBinary(16), nullable=True))
    op.create_index("ix_organisation_freeze_code", "organisation", ["freeze_code"], unique=True)


def downgrade() -> None:
    op.drop_index("ix_organisation_freeze_code", "organisation")
    op.drop_column("organisation", "freeze_code")
    op.drop_column("account", "second_factor")
    op.drop_index("ix_tries_ends", "tries")
    op.drop_table("tries")
