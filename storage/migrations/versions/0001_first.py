"""The first tables and the journal views."""

import sqlalchemy as sa
from alembic import op

from storage.schema.base import Moment

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

VIEWS = {
    "journal_terms": """
        SELECT t.school, t.year, t.kind, t.number, t.classes, t.first, t.last FROM terms AS t JOIN
        schools AS s ON s.id = t.school WHERE t.born <= s.generation AND t.died > s.generation
    """,
    "journal_non_school_days": """
        SELECT t.school, t.first, t.last, t.classes, t.title FROM non_school_days AS t JOIN schools
        AS s ON s.id = t.school WHERE t.born <= s.generation AND t.died > s.generation
    """,
    "journal_bells": """
        SELECT t.school, t.number, t.classes, t.begins, t.ends FROM bells AS t JOIN schools AS s ON
        s.id = t.school WHERE t.born <= s.generation AND t.died > s.generation
    """,
    "journal_subject_facts": """
        SELECT t.school, t.subject, t.marks, t.homework, t.aliases, t.subject_group FROM
        subject_facts AS t JOIN schools AS s ON s.id = t.school WHERE t.born <= s.generation AND
        t.died > s.generation
    """,
    "journal_group_members": """
        SELECT t.school, t.study_group, t.pupil FROM group_members AS t JOIN schools AS s ON s.id =
        t.school WHERE t.born <= s.generation AND t.died > s.generation
    """,
    "journal_staff_facts": """
        SELECT t.school, t.staff, t.name, t.code, t.post, t.subject_group, t.hired, t.dismissed FROM
        staff_facts AS t JOIN schools AS s ON s.id = t.school WHERE t.born <= s.generation AND
        t.died > s.generation
    """,
    "journal_enrollments": """
        SELECT t.school, t.class_unit, t.pupil, t.first, t.last, t.person, t.name, t.code,
        t.order_text FROM enrollments AS t JOIN schools AS s ON s.id = t.school WHERE t.born <=
        s.generation AND t.died > s.generation
    """,
    "journal_assignments": """
        SELECT t.school, t.class_unit, t.subject, t.study_group, t.staff, t.first, t.last, t.hours
        FROM assignments AS t JOIN schools AS s ON s.id = t.school WHERE t.born <= s.generation AND
        t.died > s.generation
    """,
    "journal_timetable_slots": """
        SELECT t.school, t.class_unit, t.weekday, t.number, t.subject, t.study_group, t.first,
        t.last, t.staff, t.room FROM timetable_slots AS t JOIN schools AS s ON s.id = t.school WHERE
        t.born <= s.generation AND t.died > s.generation
    """,
    "journal_substitutions": """
        SELECT t.school, t.class_unit, t.day, t.number, t.subject, t.study_group, t.absent,
        t.substitute, t.order_text FROM substitutions AS t JOIN schools AS s ON s.id = t.school
        WHERE t.born <= s.generation AND t.died > s.generation
    """,
    "journal_plan_items": """
        SELECT t.school, t.class_unit, t.subject, t.study_group, t.position, t.topic, t.staff,
        t.hours, t.day, t.work_kind FROM plan_items AS t JOIN schools AS s ON s.id = t.school WHERE
        t.born <= s.generation AND t.died > s.generation
    """,
    "journal_lessons": """
        SELECT t.school, t.class_unit, t.day, t.number, t.subject, t.study_group, t.staff,
        t.instead_of, t.topic, t.topic_plain, t.homework, t.work_kind, t.work_type, t.state_said,
        t.state, t.attendance_said, t.attendance_taken, t.entered_at, t.modified_at, t.author FROM
        lessons AS t JOIN schools AS s ON s.id = t.school WHERE t.born <= s.generation AND t.died >
        s.generation
    """,
    "journal_marks": """
        SELECT t.school, t.class_unit, t.pupil, t.day, t.number, t.subject, t.study_group,
        t.position, t.value, t.code, t.raw, t.work_kind, t.weight, t.entered_at, t.author FROM marks
        AS t JOIN schools AS s ON s.id = t.school WHERE t.born <= s.generation AND t.died >
        s.generation
    """,
    "journal_attendance": """
        SELECT t.school, t.class_unit, t.pupil, t.day, t.number, t.subject, t.study_group, t.code
        FROM attendance AS t JOIN schools AS s ON s.id = t.school WHERE t.born <= s.generation AND
        t.died > s.generation
    """,
    "journal_term_marks": """
        SELECT t.school, t.class_unit, t.pupil, t.subject, t.year, t.kind, t.number, t.value,
        t.code, t.entered_at FROM term_marks AS t JOIN schools AS s ON s.id = t.school WHERE t.born
        <= s.generation AND t.died > s.generation
    """,
    "journal_coverage": """
        SELECT t.school, t.kind, t.class_unit, t.subject, t.study_group, t.first, t.last FROM
        coverage AS t JOIN schools AS s ON s.id = t.school WHERE t.born <= s.generation AND t.died >
        s.generation
    """,
    "journal_term_coverage": """
        SELECT t.school, t.class_unit, t.subject, t.year, t.kind, t.number FROM term_coverage AS t
        JOIN schools AS s ON s.id = t.school WHERE t.born <= s.generation AND t.died > s.generation
    """,
    "journal_class_terms": """
        SELECT t.school, t.class_unit, t.year, t.kind, t.number, t.first, t.last FROM class_terms AS
        t JOIN schools AS s ON s.id = t.school WHERE t.born <= s.generation AND t.died >
        s.generation
    """,
    "journal_class_days": """
        SELECT t.school, t.class_unit, t.day, t.off, t.school_day, t.seq, t.term_first, t.term_last
        FROM class_days AS t JOIN schools AS s ON s.id = t.school WHERE t.born <= s.generation AND
        t.died > s.generation
    """,
    "journal_class_bells": """
        SELECT t.school, t.class_unit, t.number, t.ends FROM class_bells AS t JOIN schools AS s ON
        s.id = t.school WHERE t.born <= s.generation AND t.died > s.generation
    """,
    "journal_empty_rosters": """
        SELECT t.school, t.class_unit, t.study_group, t.first, t.last FROM empty_rosters AS t JOIN
        schools AS s ON s.id = t.school WHERE t.born <= s.generation AND t.died > s.generation
    """,
    "journal_group_pupils": """
        SELECT t.school, t.study_group, t.pupil FROM group_pupils AS t JOIN schools AS s ON s.id =
        t.school WHERE t.born <= s.generation AND t.died > s.generation
    """,
    "journal_expected_lessons": """
        SELECT t.school, t.class_unit, t.day, t.number, t.subject, t.study_group, t.staff, t.state
        FROM expected_lessons AS t JOIN schools AS s ON s.id = t.school WHERE t.born <= s.generation
        AND t.died > s.generation
    """,
    "journal_classes": """
        SELECT school, id AS class_unit, name, grade FROM class_units
    """,
    "journal_subjects": """
        SELECT u.school, u.id AS subject, u.name, COALESCE(f.marks, u.marks) AS marks,
        COALESCE(f.homework, u.homework) AS homework, f.subject_group FROM subjects AS u LEFT JOIN
        journal_subject_facts AS f ON f.school = u.school AND f.subject = u.id
    """,
    "journal_calendar": """
        SELECT school, day, begins, deadline, ends FROM calendar_days
    """,
    "journal_findings": """
        SELECT t.school, f.id AS finding, f.rule, f.identity, f.class_unit, f.subject,
        f.study_group, f.staff, f.day, f.number, f.pupil, f.first_seen, t.severity, t.facts,
        t.passport_version, t.born FROM finding_spans AS t JOIN findings AS f ON f.id = t.finding
        JOIN schools AS s ON s.id = t.school WHERE t.born <= s.generation AND t.died > s.generation
    """,
}


def upgrade() -> None:
    _tables()
    for name, statement in VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {statement}")


def _tables() -> None:
    op.create_table(
        "cards",
        sa.Column("card", sa.Text(), nullable=False),
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("school", sa.BigInteger(), nullable=True),
        sa.Column("message", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("card", "chat", name=op.f("pk_cards")),
    )
    op.create_table(
        "conversations",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=True),
        sa.Column("data", sa.Text(), server_default="{}", nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_conversations")),
    )
    op.create_table(
        "destinations",
        sa.Column("chat", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("school", sa.BigInteger(), nullable=True),
        sa.Column("on", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("chat", name=op.f("pk_destinations")),
    )
    op.create_table(
        "guesses",
        sa.Column("user", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("since", Moment(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("user", name=op.f("pk_guesses")),
    )
    op.create_table(
        "inbox",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("bot", sa.BigInteger(), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=8), server_default="new", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("next_try", Moment(), nullable=True),
        sa.Column("received_at", Moment(), nullable=False),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint("bot", "update_id", name=op.f("uq_inbox_bot_update_id")),
    )
    op.create_index("ix_inbox_ended_at", "inbox", ["ended_at"], unique=False)
    op.create_index(
        "ix_inbox_waiting", "inbox", ["id"], unique=False, sqlite_where=sa.text("state != 'done'")
    )
    op.create_table(
        "job_runs",
        sa.Column("job", sa.Text(), nullable=False),
        sa.Column("school", sa.BigInteger(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("job", "school", "period", name=op.f("pk_job_runs")),
    )
    op.create_table(
        "outbox",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("school", sa.BigInteger(), nullable=True),
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("view", sa.Text(), nullable=False),
        sa.Column("dedupe", sa.Text(), nullable=True),
        sa.Column("card", sa.Text(), nullable=True),
        sa.Column("reply_to", sa.BigInteger(), nullable=True),
        sa.Column("not_before", Moment(), nullable=True),
        sa.Column("expires_at", Moment(), nullable=True),
        sa.Column("state", sa.String(length=8), server_default="new", nullable=False),
        sa.Column("step", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("crashes", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("next_try", Moment(), nullable=True),
        sa.Column("ambiguous", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("lease", Moment(), nullable=True),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("put_at", Moment(), nullable=False),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("chat", "dedupe", name=op.f("uq_outbox_chat_dedupe")),
    )
    op.create_index("ix_outbox_ended_at", "outbox", ["ended_at"], unique=False)
    op.create_index("ix_outbox_waiting", "outbox", ["state", "chat", "id"], unique=False)
    op.create_table(
        "process_state",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_process_state")),
    )
    op.create_table(
        "schools",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("generation", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("settings", sa.Text(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schools")),
    )
    op.create_table(
        "aliases",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("school", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("alias_key", sa.Text(), nullable=False),
        sa.Column("target", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_aliases_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aliases")),
        sa.UniqueConstraint(
            "school", "kind", "alias_key", name=op.f("uq_aliases_school_kind_alias_key")
        ),
    )
    op.create_table(
        "assignments",
        sa.Column("row_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("school", sa.Integer(), nullable=False),
        sa.Column("class_unit", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Integer(), nullable=False),
        sa.Column("study_group", sa.Integer(), nullable=False),
        sa.Column("staff", sa.Integer(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("born", sa.Integer(), nullable=False),
        sa.Column("died", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_assignments_school")),
        sa.PrimaryKeyConstraint("row_id", name=op.f("pk_assignments")),
    )
    op.create_index(
        op.f("ix_assignments_school_class_unit_subject"),
        "assignments",
        ["school", "class_unit", "subject"],
        unique=False,
    )
    op.create_table(
        "attendance",
        sa.Column("row_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("school", sa.Integer(), nullable=False),
        sa.Column("class_unit", sa.Integer(), nullable=False),
        sa.Column("pupil", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Integer(), nullable=False),
        sa.Column("study_group", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("born", sa.Integer(), nullable=False),
        sa.Column("died", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_attendance_school")),
        sa.PrimaryKeyConstraint("row_id", name=op.f("pk_attendance")),
    )
    op.create_index(
        op.f("ix_attendance_school_class_unit_day_number_subject_pupil"),
        "attendance",
        ["school", "class_unit", "day", "number", "subject", "pupil"],
        unique=False,
    )
    op.create_table(
        "bells",
        sa.Column("row_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("school", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("classes", sa.Text(), nullable=False),
        sa.Column("begins", sa.Integer(), nullable=False),
        sa.Column("ends", sa.Integer(), nullable=False),
        sa.Column("born", sa.Integer(), nullable=False),
        sa.Column("died", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_bells_school")),
        sa.PrimaryKeyConstraint("row_id", name=op.f("pk_bells")),
    )
    op.create_index(op.f("ix_bells_school"), "bells", ["school"], unique=False)
    op.create_table(
        "calendar_days",
        sa.Column("school", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("begins", sa.BigInteger(), nullable=False),
        sa.Column("deadline", sa.BigInteger(), nullable=False),
        sa.Column("ends", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_calendar_days_school")),
        sa.PrimaryKeyConstraint("school", "day", name=op.f("pk_calendar_days")),
    )
    op.create_table(
        "class_bells",
        sa.Column("row_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("school", sa.Integer(), nullable=False),
        sa.Column("class_unit", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("ends", sa.Integer(), nullable=False),
        sa.Column("born", sa.Integer(), nullable=False),
        sa.Column("died", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_class_bells_school")),
        sa.PrimaryKeyConstraint("row_id", name=op.f("pk_class_bells")),
    )
    op.create_index(
        op.f("ix_class_bells_school_class_unit"),
        "class_bells",
        ["school", "class_unit"],
        unique=False,
    )
    op.create_table(
        "class_days",
        sa.Column("row_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("school", sa.Integer(), nullable=False),
        sa.Column("class_unit", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("off", sa.Integer(), nullable=False),
        sa.Column("school_day", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("term_first", sa.Integer(), nullable=True),
        sa.Column("term_last", sa.Integer(), nullable=True),
        sa.Column("born", sa.Integer(), nullable=False),
        sa.Column("died", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_class_days_school")),
        sa.PrimaryKeyConstraint("row_id", name=op.f("pk_class_days")),
    )
    op.create_index(
        op.f("ix_class_days_school_class_unit_day"),
        "class_days",
        ["school", "class_unit", "day"],
        unique=False,
    )
    op.create_index(
        op.f("ix_class_days_school_class_unit_seq"),
        "class_days",
        ["school", "class_unit", "seq"],
        unique=False,
    )
    op.create_table(
        "class_terms",
        sa.Column("row_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("school", sa.Integer(), nullable=False),
        sa.Column("class_unit", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("born", sa.Integer(), nullable=False),
        sa.Column("died", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_class_terms_school")),
        sa.PrimaryKeyConstraint("row_id", name=op.f("pk_class_terms")),
    )
    op.create_index(
        op.f("ix_class_terms_school_class_unit"),
        "class_terms",
        ["school", "class_unit"],
        unique=False,
    )
    op.create_table(
        "class_units",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("school", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_class_units_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_units")),
        sa.UniqueConstraint("school", "name", name=op.f("uq_class_units_school_name")),
    )
    op.create_table(
        "coverage",
        sa.Column("row_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("school", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("class_unit", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Integer(), nullable=False),
        sa.Column("study_group", sa.Integer(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("born", sa.Integer(), nullable=False),
        sa.Column("died", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_coverage_school")),
        sa.PrimaryKeyConstraint("row_id", name=op.f("pk_coverage")),
    )
    op.create_index(
        op.f("ix_coverage_school_class_unit_subject"),
        "coverage",
        ["school", "class_unit", "subject"],
        unique=False,
    )
    op.create_table(
        "digests",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("school", sa.Integer(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("as_of", Moment(), nullable=False),
        sa.Column("week", sa.Text(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_digests_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digests")),
        sa.UniqueConstraint(
            "school", "period", "state", name=op.f("uq_digests_school_period_state")
        ),
    )
    op.create_table(
        "empty_rosters",
        sa.Column("row_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("school", sa.Integer(), nullable=False),
        sa.Column("class_unit", sa.Integer(), nullable=False),
        sa.Column("study_group", sa.Integer(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("born", sa.Integer(), nullable=False),
        sa.Column("died", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_empty_rosters_school")),
        sa.PrimaryKeyConstraint("row_id", name=op.f("pk_empty_rosters")),
    )
    op.create_index(
        op.f("ix_empty_rosters_school_class_unit"),
        "empty_rosters",
        ["school", "class_unit"],
        unique=False,
    )
    op.create_table(
        "enrollments",
        sa.Column("row_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("school", sa.Integer(), nullable=False),
        sa.Column("class_unit", sa.Integer(), nullable=False),
        sa.Column("pupil", sa.Integer(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("order_text", sa.Text(), nullable=True),
        sa.Column("born", sa.Integer(), nullable=False),
        sa.Column("died", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_enrollments_school")),
        sa.PrimaryKeyConstraint("row_id", name=op.f("pk_enrollments")),
    )
    op.create_index(
        op.f("ix_enrollments_school_class_unit"),
        "enrollments",
        ["school", "class_unit"],
        unique=False,
    )
    op.create_index(
        op.f("ix_enrollments_school_pupil"), "enrollments", ["school", "pupil"], unique=False
    )
    op.create_table(
        "expected_lessons",
        sa.Column("row_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("school", sa.Integer(), nullable=False),
        sa.Column("class_unit", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Integer(), nullable=False),
        sa.Column("study_group", sa.Integer(), nullable=False),
        sa.Column("staff", sa.Integer(), nullable=True),
        sa.Column("state", sa.Integer(), nullable=False),
        sa.Column("born", sa.Integer(), nullable=False),
        sa.Column("died", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school"], ["schools.id"], name=op.f("fk_expected_lessons_school")
        ),
        sa.PrimaryKeyConstraint("row_id", name=op.f("pk_expected_lessons")),
    )
    op.create_index(
        op.f("ix_expected_lessons_school_class_unit_day_number"),
        "expected_lessons",
        ["school", "class_unit", "day", "number"],
        unique=False,
    )
    op.create_table(
        "findings",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("school", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("identity", sa.Text(), nullable=False),
        sa.Column("class_unit", sa.Integer(), nullable=True),
        sa.Column("study_group", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Integer(), nullable=True),
        sa.Column("staff", sa.Integer(), nullable=True),
        sa.Column("day", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("pupil", sa.Integer(), nullable=True),
        sa.Column("first_seen", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_findings_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findings")),
        sa.UniqueConstraint("school", "identity", name=op.f("uq_findings_school_identity")),
    )
    op.create_table(
        "group_members",
        sa.Column("row_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("school", sa.Integer(), nullable=False),
        sa.Column("study_group", sa.Integer(), nullable=False),
        sa.Column("pupil", sa.Integer(), nullable=False),
        sa.Column("born", sa.Integer(), nullable=False),
        sa.Column("died", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_group_members_school")),
        sa.PrimaryKeyConstraint("row_id", name=op.f("pk_group_members")),
    )
    op.create_index(op.f("ix_group_members_school"), "group_members", ["school"], unique=False)
    op.create_table(
        "group_pupils",
        sa.Column("row_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("school", sa.Integer(), nullable=False),
        sa.Column("study_group", sa.Integer(), nullable=False),
        sa.Column("pupil", sa.Integer(), nullable=False),
        sa.Column("born", sa.Integer(), nullable=False),
        sa.Column("died", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_group_pupils_school")),
        sa.PrimaryKeyConstraint("row_id", name=op.f("pk_group_pupils")),
    )
    op.create_index(
        op.f("ix_group_pupils_school_pupil"), "group_pupils", ["school", "pupil"], unique=False
    )
    op.create_index(
        op.f("ix_group_pupils_school_study_group_pupil"),
        "group_pupils",
        ["school", "study_group", "pupil"],
        unique=False,
    )
    op.create_table(
        "imports",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("school", sa.Integer(), nullable=False),
        sa.Column("parent", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("touched", sa.Text(), nullable=False),
        sa.Column("as_of", Moment(), nullable=False),
        sa.Column("staged_at", Moment(), nullable=False),
        sa.Column("applied_at", Moment(), nullable=True),
        sa.Column("undone_at", Moment(), nullable=True),
        sa.Column("analysed", sa.Integer(), nullable=False),
        sa.Column("by_person", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_imports_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
    )
    op.create_index(op.f("ix_imports_school"), "imports", ["school"], unique=False)
    op.create_table(
        "lessons",
        sa.Column("row_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("school", sa.Integer(), nullable=False),
        sa.Column("class_unit", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Integer(), nullable=False),
        sa.Column("study_group", sa.Integer(), nullable=False),
        sa.Column("staff", sa.Integer(), nullable=False),
        sa.Column("instead_of", sa.Integer(), nullable=True),
        sa.Column("topic", sa.Text(), nullable=True),
        sa.Column("topic_plain", sa.Text(), nullable=True),
        sa.Column("homework", sa.Text(), nullable=True),
        sa.Column("work_kind", sa.Text(), nullable=False),
        sa.Column("work_type", sa.Text(), nullable=True),
        sa.Column("state_said", sa.Integer(), nullable=False),
        sa.Column("state", sa.Integer(), nullable=False),
        sa.Column("attendance_said", sa.Integer(), nullable=True),
        sa.Column("attendance_taken", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.BigInteger(), nullable=True),
        sa.Column("modified_at", sa.BigInteger(), nullable=True),
        sa.Column("author", sa.Integer(), nullable=True),
        sa.Column("born", sa.Integer(), nullable=False),
        sa.Column("died", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_lessons_school")),
        sa.PrimaryKeyConstraint("row_id", name=op.f("pk_lessons")),
    )
    op.create_index(
        op.f("ix_lessons_school_class_unit_day_number"),
        "lessons",
        ["school", "class_unit", "day", "number"],
        unique=False,
    )
    op.create_table(
        "marks",
        sa.Column("row_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("school", sa.Integer(), nullable=False),
        sa.Column("class_unit", sa.Integer(), nullable=False),
        sa.Column("pupil", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Integer(), nullable=False),
        sa.Column("study_group", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("work_kind", sa.Text(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.BigInteger(), nullable=True),
        sa.Column("author", sa.Integer(), nullable=True),
        sa.Column("born", sa.Integer(), nullable=False),
        sa.Column("died", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_marks_school")),
        sa.PrimaryKeyConstraint("row_id", name=op.f("pk_marks")),
    )
    op.create_index(
        op.f("ix_marks_school_class_unit_day_number_subject_pupil_position_born_died"),
        "marks",
        ["school", "class_unit", "day", "number", "subject", "pupil", "position", "born", "died"],
        unique=False,
    )
    op.create_index(
        op.f("ix_marks_school_pupil_subject_day_value_weight_born_died"),
        "marks",
        ["school", "pupil", "subject", "day", "value", "weight", "born", "died"],
        unique=False,
    )
    op.create_table(
        "non_school_days",
        sa.Column("row_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("school", sa.Integer(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("classes", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("born", sa.Integer(), nullable=False),
        sa.Column("died", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_non_school_days_school")),
        sa.PrimaryKeyConstraint("row_id", name=op.f("pk_non_school_days")),
    )
    op.create_index(op.f("ix_non_school_days_school"), "non_school_days", ["school"], unique=False)
    op.create_table(
        "people",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("school", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("staff", sa.BigInteger(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("revoked_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_people_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("school", "user", name=op.f("uq_people_school_user")),
    )
    op.create_index(op.f("ix_people_user"), "people", ["user"], unique=False)
    op.create_table(
        "plan_items",
        sa.Column("row_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("school", sa.Integer(), nullable=False),
        sa.Column("class_unit", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Integer(), nullable=False),
        sa.Column("study_group", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("staff", sa.Integer(), nullable=True),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=True),
        sa.Column("work_kind", sa.Text(), nullable=False),
        sa.Column("born", sa.Integer(), nullable=False),
        sa.Column("died", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_plan_items_school")),
        sa.PrimaryKeyConstraint("row_id", name=op.f("pk_plan_items")),
    )
    op.create_index(
        op.f("ix_plan_items_school_class_unit_subject_day"),
        "plan_items",
        ["school", "class_unit", "subject", "day"],
        unique=False,
    )
    op.create_table(
        "rule_passports",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("school", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("enabled", sa.Integer(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.Column("thresholds", sa.Text(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.Column("by_person", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_rule_passports_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_passports")),
        sa.UniqueConstraint(
            "school", "rule", "version", name=op.f("uq_rule_passports_school_rule_version")
        ),
    )
    op.create_table(
        "setup",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("school", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("used_at", Moment(), nullable=True),
        sa.Column("used_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_setup_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setup")),
    )
    op.create_table(
        "staff",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("school", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_staff_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("school", "name", name=op.f("uq_staff_school_name")),
    )
    op.create_table(
        "staff_facts",
        sa.Column("row_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("school", sa.Integer(), nullable=False),
        sa.Column("staff", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("post", sa.Text(), nullable=True),
        sa.Column("subject_group", sa.Text(), nullable=True),
        sa.Column("hired", sa.Integer(), nullable=True),
        sa.Column("dismissed", sa.Integer(), nullable=True),
        sa.Column("born", sa.Integer(), nullable=False),
        sa.Column("died", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_staff_facts_school")),
        sa.PrimaryKeyConstraint("row_id", name=op.f("pk_staff_facts")),
    )
    op.create_index(op.f("ix_staff_facts_school"), "staff_facts", ["school"], unique=False)
    op.create_table(
        "subject_facts",
        sa.Column("row_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("school", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Integer(), nullable=False),
        sa.Column("marks", sa.Integer(), nullable=True),
        sa.Column("homework", sa.Integer(), nullable=True),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.Column("subject_group", sa.Text(), nullable=True),
        sa.Column("born", sa.Integer(), nullable=False),
        sa.Column("died", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_subject_facts_school")),
        sa.PrimaryKeyConstraint("row_id", name=op.f("pk_subject_facts")),
    )
    op.create_index(
        op.f("ix_subject_facts_school_subject"),
        "subject_facts",
        ["school", "subject"],
        unique=False,
    )
    op.create_table(
        "subjects",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("school", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("marks", sa.Integer(), nullable=False),
        sa.Column("homework", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_subjects_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subjects")),
        sa.UniqueConstraint("school", "name", name=op.f("uq_subjects_school_name")),
    )
    op.create_table(
        "substitutions",
        sa.Column("row_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("school", sa.Integer(), nullable=False),
        sa.Column("class_unit", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Integer(), nullable=False),
        sa.Column("study_group", sa.Integer(), nullable=False),
        sa.Column("absent", sa.Integer(), nullable=True),
        sa.Column("substitute", sa.Integer(), nullable=True),
        sa.Column("order_text", sa.Text(), nullable=True),
        sa.Column("born", sa.Integer(), nullable=False),
        sa.Column("died", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_substitutions_school")),
        sa.PrimaryKeyConstraint("row_id", name=op.f("pk_substitutions")),
    )
    op.create_index(
        op.f("ix_substitutions_school_class_unit_day"),
        "substitutions",
        ["school", "class_unit", "day"],
        unique=False,
    )
    op.create_table(
        "term_coverage",
        sa.Column("row_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("school", sa.Integer(), nullable=False),
        sa.Column("class_unit", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("born", sa.Integer(), nullable=False),
        sa.Column("died", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_term_coverage_school")),
        sa.PrimaryKeyConstraint("row_id", name=op.f("pk_term_coverage")),
    )
    op.create_index(
        op.f("ix_term_coverage_school_class_unit_subject"),
        "term_coverage",
        ["school", "class_unit", "subject"],
        unique=False,
    )
    op.create_table(
        "term_marks",
        sa.Column("row_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("school", sa.Integer(), nullable=False),
        sa.Column("class_unit", sa.Integer(), nullable=False),
        sa.Column("pupil", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("entered_at", sa.BigInteger(), nullable=True),
        sa.Column("born", sa.Integer(), nullable=False),
        sa.Column("died", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_term_marks_school")),
        sa.PrimaryKeyConstraint("row_id", name=op.f("pk_term_marks")),
    )
    op.create_index(
        op.f("ix_term_marks_school_pupil_subject"),
        "term_marks",
        ["school", "pupil", "subject"],
        unique=False,
    )
    op.create_table(
        "terms",
        sa.Column("row_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("school", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("classes", sa.Text(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("born", sa.Integer(), nullable=False),
        sa.Column("died", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_terms_school")),
        sa.PrimaryKeyConstraint("row_id", name=op.f("pk_terms")),
    )
    op.create_index(op.f("ix_terms_school"), "terms", ["school"], unique=False)
    op.create_table(
        "timetable_slots",
        sa.Column("row_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("school", sa.Integer(), nullable=False),
        sa.Column("class_unit", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Integer(), nullable=False),
        sa.Column("study_group", sa.Integer(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("staff", sa.Integer(), nullable=True),
        sa.Column("room", sa.Text(), nullable=True),
        sa.Column("born", sa.Integer(), nullable=False),
        sa.Column("died", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_timetable_slots_school")),
        sa.PrimaryKeyConstraint("row_id", name=op.f("pk_timetable_slots")),
    )
    op.create_index(
        op.f("ix_timetable_slots_school_class_unit"),
        "timetable_slots",
        ["school", "class_unit"],
        unique=False,
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("school", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_audit_person")),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_audit_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_school_at"), "audit", ["school", "at"], unique=False)
    op.create_table(
        "bound_chats",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("school", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("topic", sa.BigInteger(), nullable=True),
        sa.Column("bound_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("bound_at", Moment(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["bound_by"], ["people.id"], name=op.f("fk_bound_chats_bound_by")),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_bound_chats_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bound_chats")),
        sa.UniqueConstraint("chat", name=op.f("uq_bound_chats_chat")),
    )
    op.create_table(
        "digest_acknowledgements",
        sa.Column("digest", sa.Integer(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["digest"], ["digests.id"], name=op.f("fk_digest_acknowledgements_digest")
        ),
        sa.ForeignKeyConstraint(
            ["person"], ["people.id"], name=op.f("fk_digest_acknowledgements_person")
        ),
        sa.PrimaryKeyConstraint("digest", "person", name=op.f("pk_digest_acknowledgements")),
    )
    op.create_table(
        "finding_spans",
        sa.Column("row_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("school", sa.Integer(), nullable=False),
        sa.Column("finding", sa.Integer(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("passport_version", sa.Integer(), nullable=False),
        sa.Column("born", sa.Integer(), nullable=False),
        sa.Column("died", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["finding"], ["findings.id"], name=op.f("fk_finding_spans_finding")
        ),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_finding_spans_school")),
        sa.PrimaryKeyConstraint("row_id", name=op.f("pk_finding_spans")),
    )
    op.create_index(
        op.f("ix_finding_spans_school_finding"),
        "finding_spans",
        ["school", "finding"],
        unique=False,
    )
    op.create_table(
        "invitations",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("school", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("staff", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "created_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.Column("used_at", Moment(), nullable=True),
        sa.Column("used_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by"], ["people.id"], name=op.f("fk_invitations_created_by")
        ),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_invitations_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_invitations_code_hash")),
    )
    op.create_table(
        "person_roles",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("school", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("since", Moment(), nullable=False),
        sa.Column("until", Moment(), nullable=True),
        sa.Column("given_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("order_text", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["given_by"], ["people.id"], name=op.f("fk_person_roles_given_by")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_person_roles_person")),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_person_roles_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_roles")),
    )
    op.create_index(op.f("ix_person_roles_person"), "person_roles", ["person"], unique=False)
    op.create_table(
        "pins",
        sa.Column(
            "person",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("school", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", Moment(), nullable=True),
        sa.Column("fresh_until", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_pins_person")),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_pins_school")),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_pins")),
    )
    op.create_table(
        "pupils",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("school", sa.Integer(), nullable=False),
        sa.Column("class_unit", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["class_unit"], ["class_units.id"], name=op.f("fk_pupils_class_unit")
        ),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_pupils_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pupils")),
        sa.UniqueConstraint(
            "school", "class_unit", "number", name=op.f("uq_pupils_school_class_unit_number")
        ),
    )
    op.create_table(
        "study_groups",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("school", sa.Integer(), nullable=False),
        sa.Column("class_unit", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["class_unit"], ["class_units.id"], name=op.f("fk_study_groups_class_unit")
        ),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_study_groups_school")),
        sa.ForeignKeyConstraint(["subject"], ["subjects.id"], name=op.f("fk_study_groups_subject")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study_groups")),
        sa.UniqueConstraint(
            "school",
            "class_unit",
            "subject",
            "name",
            name=op.f("uq_study_groups_school_class_unit_subject_name"),
        ),
    )
