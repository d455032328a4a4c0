"""From which day a version of a rule's passport holds."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("rule_passports") as batch:
        since = sa.Column("since", sa.Integer(), server_default=sa.text("0"), nullable=False)
        batch.add_column(since)
