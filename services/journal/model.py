"""What a journal file says, in the school's words: one row type a sheet of the exchange template.

Every reader, whatever its format, gives these rows; nothing here knows a database or a file.
Names are already normalised (see ``services.journal.names``): a class is «5А», a subject and a
teacher have single spaces and no NBSP. ``None`` is "the file does not say"; for ``topic`` and
``homework`` an empty string is "the cell is there and empty". Days are ``date.toordinal()``
numbers, moments are whole minutes' epoch seconds (UTC).
"""

from dataclasses import dataclass, field
from typing import NamedTuple

Day = int
Moment = int

WHOLE_CLASS = ""
FIRST_DAY: Day = 0
LAST_DAY: Day = 9_999_999


class TermRow(NamedTuple):
    """«Периоды»: ``kind`` is one of четверть, триместр, полугодие, год; ``year`` is «2026/2027»."""

    year: str
    kind: str
    number: int
    first: Day
    last: Day
    classes: str


class NonSchoolRow(NamedTuple):
    """«Каникулы»: days without lessons for ``classes`` (``""`` is everybody)."""

    first: Day
    last: Day
    title: str
    classes: str


class BellRow(NamedTuple):
    """«Звонки»: minutes since midnight in the school's zone."""

    number: int
    begins: int
    ends: int
    classes: str


class SubjectRow(NamedTuple):
    """«Предметы»; ``aliases`` is the cell's text split into names."""

    subject: str
    marks: bool | None
    homework: bool | None
    aliases: tuple[str, ...]
    subject_group: str | None


class MemberRow(NamedTuple):
    """«Группы»: pupil ``pupil`` (personal number in the class list) is in the study group."""

    class_unit: str
    subject: str
    study_group: str
    pupil: int


class StaffRow(NamedTuple):
    """«Сотрудники»."""

    name: str
    code: str | None
    post: str | None
    subject_group: str | None
    hired: Day | None
    dismissed: Day | None


class EnrollmentRow(NamedTuple):
    """«Ученики»: one interval, both days included; two lines with one number are two intervals."""

    class_unit: str
    pupil: int
    name: str | None
    code: str | None
    first: Day
    last: Day
    order: str | None


class AssignmentRow(NamedTuple):
    """«Нагрузка»; ``hours`` are hundredths of an hour a week."""

    teacher: str
    subject: str
    class_unit: str
    study_group: str
    hours: int
    first: Day
    last: Day


class SlotRow(NamedTuple):
    """«Расписание»; ``weekday`` is 1 (Monday) to 7."""

    class_unit: str
    study_group: str
    weekday: int
    number: int
    subject: str
    teacher: str | None
    room: str | None
    first: Day
    last: Day


class SubstitutionRow(NamedTuple):
    """«Замены»; ``substitute`` None means that the lesson is cancelled."""

    day: Day
    number: int
    class_unit: str
    study_group: str
    subject: str
    absent: str | None
    substitute: str | None
    order: str | None


class PlanRow(NamedTuple):
    """«КТП»; ``hours`` are hundredths; ``kind`` as in LessonRow.work_kind."""

    subject: str
    class_unit: str
    study_group: str
    teacher: str | None
    position: int
    topic: str
    hours: int
    day: Day | None
    kind: str


class LessonRow(NamedTuple):
    """«Уроки».

    ``work_kind`` is one of WORK_KINDS or ``""`` (``work_type`` keeps the file's words);
    ``state`` is one of STATES or None where the file does not say; ``attendance_taken`` None is
    unknown. ``instead_of`` is whom the teacher replaced.
    """

    day: Day
    number: int
    class_unit: str
    study_group: str
    subject: str
    teacher: str
    instead_of: str | None
    topic: str | None
    homework: str | None
    work_kind: str
    work_type: str | None
    state: str | None
    attendance_taken: bool | None
    entered_at: Moment | None
    modified_at: Moment | None
    author: str | None


class MarkRow(NamedTuple):
    """«Отметки»: one mark of a cell.

    ``number`` is the lesson's number, None where the format has none (then ``nth`` counts the
    pupil's lessons of that subject on that day from 1). ``position`` counts the marks of one cell
    from 0. ``value`` is 1-5, None for a code; ``code`` is one of MARK_CODES or, for what is
    neither, the text itself. ``weight`` is in hundredths, None where the file has none.
    """

    day: Day
    number: int | None
    nth: int
    class_unit: str
    study_group: str
    subject: str
    pupil: int
    position: int
    value: int | None
    code: str
    raw: str
    work_kind: str
    weight: int | None
    entered_at: Moment | None
    author: str | None


class AttendanceRow(NamedTuple):
    """«Посещаемость»; ``code`` is one of Н, Б, У, О. ``number`` and ``nth`` as in MarkRow."""

    day: Day
    number: int | None
    nth: int
    class_unit: str
    study_group: str
    subject: str
    pupil: int
    code: str


class TermMarkRow(NamedTuple):
    """«Итоги»: ``kind`` is четверть, триместр, полугодие, год, экзамен or итог.

    ``number`` is 0 for the last three; ``value`` is 1-5 or None, ``code`` as in MarkRow (``""``
    together with None: the cell is there and empty).
    """

    class_unit: str
    subject: str
    pupil: int
    kind: str
    number: int
    value: int | None
    code: str
    entered_at: Moment | None


class ChangeRow(NamedTuple):
    """One line of a journal's own log: who changed what, and when.

    ``day`` is the lesson's, None for what is of no lesson; ``period`` and ``action`` are the log's
    words.
    """

    at: Moment
    class_unit: str
    study_group: str
    subject: str
    author: str | None
    day: Day | None
    period: str
    action: str


WORK_KINDS = (
    "контрольная", "диктант", "сочинение", "изложение", "тест",
    "проверочная", "самостоятельная", "лабораторная", "практическая", "зачёт",
)  # fmt: skip
STATES = ("проведён", "отменён", "перенесён")
MARK_CODES = ("н/а", "осв", "зач", "незач", ".")
ATTENDANCE_CODES = ("Н", "Б", "У", "О")
TERM_KINDS = ("четверть", "триместр", "полугодие", "год")


class Refusal(NamedTuple):
    """A row that was not taken: where it stands and one clear reason in Russian."""

    sheet: str
    row: int
    reason: str


@dataclass(slots=True)
class Batch:
    """All rows of one file, by sheet. A sheet that the file does not have is None: its data stays.

    ``period`` is the range that the file itself names («Период: с .. по ..»), and ``year`` its
    academic year, where it says so. ``pupil_names`` are given by formats that know pupils by name
    only: their rows then number pupils by the position in this list, from 1, a list a class.
    """

    terms: list[TermRow] | None = None
    non_school: list[NonSchoolRow] | None = None
    bells: list[BellRow] | None = None
    subjects: list[SubjectRow] | None = None
    members: list[MemberRow] | None = None
    staff: list[StaffRow] | None = None
    enrollments: list[EnrollmentRow] | None = None
    assignments: list[AssignmentRow] | None = None
    slots: list[SlotRow] | None = None
    substitutions: list[SubstitutionRow] | None = None
    plans: list[PlanRow] | None = None
    lessons: list[LessonRow] | None = None
    marks: list[MarkRow] | None = None
    attendance: list[AttendanceRow] | None = None
    term_marks: list[TermMarkRow] | None = None
    changes: list[ChangeRow] | None = None
    period: tuple[Day, Day] | None = None
    year: str | None = None
    pupil_names: dict[str, list[str]] = field(default_factory=dict)
    row_numbers: dict[str, list[int]] = field(default_factory=dict)
    refused: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def row_number(self, sheet: str, index: int) -> int:
        """Where the ``index``-th row of a sheet stands in the file (0 where it is not known)."""
        numbers = self.row_numbers.get(sheet)
        return numbers[index] if numbers and index < len(numbers) else 0
