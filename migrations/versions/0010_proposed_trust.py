"""How far a decision on trust has come: proposed by one officer, decided, or dropped.

Revision: 0010, after: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Every decision there is already was decided.
    stage = sa.Column("stage", sa.String(length=16), nullable=False, server_default="decided")
    op.add_column("vetting_decision", stage)


def downgrade() -> None:
    # A proposal changed nothing, and without its stage it would read as a decision.
    op.execute("DELETE FROM vetting_decision WHERE stage <> 'decided'")
    op.drop_column("vetting_decision", "stage")
