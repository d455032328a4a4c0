"""Tables of the process itself: what came in, what goes out, what was done on time."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Identity,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from storage.schema.base import Moment, key, metadata

inbox = Table(
    "inbox",
    metadata,
    Column("id", key, Identity(), primary_key=True),
    Column("bot", BigInteger, nullable=False),
    Column("update_id", BigInteger, nullable=False),
    Column("chat", BigInteger, nullable=False),
    Column("raw", Text),
    Column("state", String(8), nullable=False, server_default="new"),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("next_try", Moment),
    Column("received_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("error", Text),
    UniqueConstraint("bot", "update_id"),
)
"""Updates; ``raw`` is erased when one is done, ``chat`` is whose order it keeps (0: nobody's)."""
Index("ix_inbox_waiting", inbox.c.id, sqlite_where=inbox.c.state != "done")
Index("ix_inbox_ended_at", inbox.c.ended_at)

outbox = Table(
    "outbox",
    metadata,
    Column("id", key, Identity(), primary_key=True),
    Column("school", BigInteger),
    Column("chat", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("view", Text, nullable=False),
    Column("dedupe", Text),
    Column("card", Text),
    Column("reply_to", BigInteger),
    Column("not_before", Moment),
    Column("expires_at", Moment),
    Column("state", String(8), nullable=False, server_default="new"),
    Column("step", Integer, nullable=False, server_default=text("0")),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("crashes", Integer, nullable=False, server_default=text("0")),
    Column("next_try", Moment),
    Column("ambiguous", Boolean, nullable=False, server_default=false()),
    Column("lease", Moment),
    Column("message", Text),
    Column("error", Text),
    Column("put_at", Moment, nullable=False),
    Column("ended_at", Moment),
    UniqueConstraint("chat", "dedupe"),
)
"""Letters; their order within a chat is ``id``, ``step`` counts the calls already acknowledged."""
Index("ix_outbox_waiting", outbox.c.state, outbox.c.chat, outbox.c.id)
Index("ix_outbox_ended_at", outbox.c.ended_at)

destinations = Table(
    "destinations",
    metadata,
    Column("chat", BigInteger, primary_key=True, autoincrement=False),
    Column("school", BigInteger),
    Column("on", Boolean, nullable=False),
    Column("reason", Text),
    Column("at", Moment, nullable=False),
)

cards = Table(
    "cards",
    metadata,
    Column("card", Text, nullable=False),
    Column("chat", BigInteger, nullable=False),
    Column("school", BigInteger),
    Column("message", Text, nullable=False),
    PrimaryKeyConstraint("card", "chat"),
    Index(None, "chat", "message"),
)

job_runs = Table(
    "job_runs",
    metadata,
    Column("job", Text, nullable=False),
    Column("school", BigInteger, nullable=False),
    Column("period", Text, nullable=False),
    Column("at", Moment, nullable=False),
    PrimaryKeyConstraint("job", "school", "period"),
)

conversations = Table(
    "conversations",
    metadata,
    Column("key", Text, primary_key=True),
    Column("state", Text),
    Column("data", Text, nullable=False, server_default="{}"),
    Column("expires_at", Moment, nullable=False),
)
"""States of dialogues (aiogram's FSM)."""

process_state = Table(
    "process_state",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
