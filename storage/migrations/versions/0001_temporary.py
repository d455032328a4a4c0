"""temporary, for a helper's own tests; the real first migration replaces it"""
from alembic import op

from storage.schema import metadata

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None
def upgrade() -> None:
    metadata.create_all(op.get_bind())
    from storage.schema.views import create_views
    for statement in create_views():
        op.execute(statement)
