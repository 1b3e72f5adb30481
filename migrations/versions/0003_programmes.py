"""programmes, their versions and drafts; which one an offer belongs to and a match was judged by

Revision: 0003, after: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

GENERAL = "0" * 31 + "1"
REFERENCE = "VARCHAR(32) REFERENCES programme (id)"


def upgrade() -> None:
    op.create_table(
        "programme",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("created_on", sa.Date(), nullable=True),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "programme_version",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("programme_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("by_account_id", sa.String(length=32), nullable=True),
        sa.Column("left_out", sa.JSON(), nullable=False),
        sa.Column("weights", sa.JSON(), nullable=False),
        sa.Column("base", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["by_account_id"], ["account.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("programme_id", "number"),
    )
    op.create_table(
        "programme_draft",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("programme_id", sa.String(length=32), nullable=False),
        sa.Column("made_from", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("by_account_id", sa.String(length=32), nullable=True),
        sa.Column("left_out", sa.JSON(), nullable=False),
        sa.Column("weights", sa.JSON(), nullable=False),
        sa.Column("effect", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["by_account_id"], ["account.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    for table in ("programme_version", "programme_draft"):
        for column in ("programme_id", "by_account_id"):
            op.create_index(f"ix_{table}_{column}", table, [column])
    op.execute(f"INSERT INTO programme (id, version, number) VALUES ('{GENERAL}', 1, 0)")
    # Not by a copy of the table: dropping the old one would take what refers to it along.
    for table in ("offer", "match"):
        op.execute(f'ALTER TABLE "{table}" ADD COLUMN programme_id {REFERENCE}')
        op.create_index(f"ix_{table}_programme_id", table, ["programme_id"])
    op.execute('ALTER TABLE "match" ADD COLUMN programme_number INTEGER DEFAULT 0 NOT NULL')
    op.execute(f"UPDATE \"match\" SET programme_id = '{GENERAL}'")


def downgrade() -> None:
    op.execute('ALTER TABLE "match" DROP COLUMN programme_number')
    for table in ("match", "offer"):
        op.drop_index(f"ix_{table}_programme_id", table)
        op.execute(f'ALTER TABLE "{table}" DROP COLUMN programme_id')
    for table in ("programme_draft", "programme_version"):
        for column in ("by_account_id", "programme_id"):
            op.drop_index(f"ix_{table}_{column}", table)
        op.drop_table(table)
    op.drop_table("programme")
