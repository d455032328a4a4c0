"""Tickets with their messages, files, copies and events; the help desk's settings."""

import sqlalchemy as sa
from alembic import op

from storage.schema.base import Moment

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "helpdesk_settings",
        sa.Column("school", KEY, autoincrement=False, nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school"], ["schools.id"], name=op.f("fk_helpdesk_settings_school")
        ),
        sa.PrimaryKeyConstraint("school", name=op.f("pk_helpdesk_settings")),
    )
    op.create_table(
        "tickets",
        sa.Column("school", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("author", KEY, nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("class_unit", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=True),
        sa.Column("opened_at", Moment(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.Column("taken_by", KEY, nullable=True),
        sa.Column("merged_into", sa.Integer(), nullable=True),
        sa.Column("running_since", Moment(), nullable=True),
        sa.Column("worked", sa.Integer(), nullable=False),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.Column("answer_worked", sa.Integer(), nullable=True),
        sa.Column("solved_at", Moment(), nullable=True),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.Column("postponed_until", Moment(), nullable=True),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("rating_words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["author"], ["people.id"], name=op.f("fk_tickets_author")),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_tickets_school")),
        sa.ForeignKeyConstraint(["taken_by"], ["people.id"], name=op.f("fk_tickets_taken_by")),
        sa.PrimaryKeyConstraint("school", "number", name=op.f("pk_tickets")),
    )
    op.create_index(op.f("ix_tickets_school_author"), "tickets", ["school", "author"], unique=False)
    op.create_index(
        op.f("ix_tickets_school_merged_into"), "tickets", ["school", "merged_into"], unique=False
    )
    op.create_index(op.f("ix_tickets_school_state"), "tickets", ["school", "state"], unique=False)
    op.create_table(
        "ticket_events",
        sa.Column("id", KEY, nullable=False),
        sa.Column("school", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person", KEY, nullable=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_ticket_events_person")),
        sa.ForeignKeyConstraint(
            ["school", "number"],
            ["tickets.school", "tickets.number"],
            name=op.f("fk_ticket_events_school_number"),
        ),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_ticket_events_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_events")),
    )
    op.create_index(
        op.f("ix_ticket_events_school_number"), "ticket_events", ["school", "number"], unique=False
    )
    op.create_table(
        "ticket_findings",
        sa.Column("school", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("finding", KEY, nullable=False),
        sa.ForeignKeyConstraint(
            ["finding"], ["findings.id"], name=op.f("fk_ticket_findings_finding")
        ),
        sa.ForeignKeyConstraint(
            ["school", "number"],
            ["tickets.school", "tickets.number"],
            name=op.f("fk_ticket_findings_school_number"),
        ),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_ticket_findings_school")),
        sa.PrimaryKeyConstraint("school", "number", "finding", name=op.f("pk_ticket_findings")),
    )
    op.create_table(
        "ticket_messages",
        sa.Column("id", KEY, nullable=False),
        sa.Column("school", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("person", KEY, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("edited_at", Moment(), nullable=True),
        sa.Column("source_chat", sa.BigInteger(), nullable=True),
        sa.Column("source_message", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_ticket_messages_person")),
        sa.ForeignKeyConstraint(
            ["school", "number"],
            ["tickets.school", "tickets.number"],
            name=op.f("fk_ticket_messages_school_number"),
        ),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_ticket_messages_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_messages")),
        sa.UniqueConstraint(
            "source_chat",
            "source_message",
            name=op.f("uq_ticket_messages_source_chat_source_message"),
        ),
    )
    op.create_index(
        op.f("ix_ticket_messages_school_number"),
        "ticket_messages",
        ["school", "number"],
        unique=False,
    )
    op.create_table(
        "ticket_copies",
        sa.Column("id", KEY, nullable=False),
        sa.Column("message", KEY, nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("card", sa.Text(), nullable=False),
        sa.Column("delivery", sa.Text(), nullable=False),
        sa.Column("refusal", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["message"], ["ticket_messages.id"], name=op.f("fk_ticket_copies_message")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_copies")),
        sa.UniqueConstraint(
            "message", "part", "chat", name=op.f("uq_ticket_copies_message_part_chat")
        ),
    )
    op.create_index(op.f("ix_ticket_copies_delivery"), "ticket_copies", ["delivery"], unique=False)
    op.create_table(
        "ticket_files",
        sa.Column("message", KEY, nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("unique_id", sa.Text(), nullable=False),
        sa.Column("album", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message"], ["ticket_messages.id"], name=op.f("fk_ticket_files_message")
        ),
        sa.PrimaryKeyConstraint("message", "part", name=op.f("pk_ticket_files")),
        sa.UniqueConstraint("message", "unique_id", name=op.f("uq_ticket_files_message_unique_id")),
    )
    op.create_index(op.f("ix_ticket_files_album"), "ticket_files", ["album"], unique=False)
    op.create_index(op.f("ix_cards_chat_message"), "cards", ["chat", "message"], unique=False)
