"""The made-up school as journal rows, as they stood at a moment."""

from collections.abc import Iterator

from services.generator.curriculum import HOURS, SUBJECTS
from services.generator.lessons import bells
from services.generator.school import School
from services.generator.world import (
    CANCELLED,
    HELD,
    MARKS_ONLY,
    MISSING,
    Lesson,
    Slot,
)
from services.journal.model import (
    AssignmentRow,
    AttendanceRow,
    Batch,
    Day,
    EnrollmentRow,
    LessonRow,
    MarkRow,
    MemberRow,
    Moment,
    PlanRow,
    SlotRow,
    StaffRow,
    SubjectRow,
    SubstitutionRow,
    TermMarkRow,
)

STATES = {HELD: "проведён", CANCELLED: "отменён", "moved": "перенесён"}
HUNDRED = 100


def to_batch(school: School, *, on: Day | None = None) -> Batch:
    """Every sheet; ``on`` is the evening whose state is shown (``until`` when None)."""
    evening = school.until if on is None else on
    view = _View(school, evening)
    return Batch(
        terms=school.calendar.rows(),
        non_school=[holiday.row() for holiday in sorted(
            school.calendar.holidays, key=lambda one: (one.first, one.classes)
        )],
        bells=bells(),
        subjects=_subjects(school),
        members=_members(school),
        staff=_staff(school),
        enrollments=view.enrollments(),
        assignments=_assignments(school),
        slots=[_slot(slot) for slot in sorted(school.slots, key=_slot_order)],
        substitutions=view.substitutions(),
        plans=_plans(school),
        lessons=[view.lesson(one) for one in view.lessons if one.shown],
        marks=[row for one in view.lessons for row in view.marks(one)],
        attendance=[row for one in view.lessons for row in view.attendance(one)],
        term_marks=view.term_marks(),
        period=(school.calendar.begins, max(school.calendar.begins, evening, *view.days)),
        year=school.calendar.name,
    )  # fmt: skip


def last_days(batch: Batch, *, first: Day, last: Day) -> Batch:
    """What an administrator exports at the end of a week: four sheets of some days."""
    part = Batch(period=(first, last), year=batch.year)
    part.lessons = [row for row in batch.lessons or () if first <= row.day <= last]
    part.marks = [row for row in batch.marks or () if first <= row.day <= last]
    part.attendance = [row for row in batch.attendance or () if first <= row.day <= last]
    part.substitutions = [row for row in batch.substitutions or () if first <= row.day <= last]
    return part


class _View:
    """The state of one evening: what was entered later is not there yet."""

    def __init__(self, school: School, evening: Day) -> None:
        self._school = school
        self._evening = evening
        self._pupils = {
            (unit, stay.number)
            for unit in school.units
            for stay in unit.stays
            if stay.first <= evening
        }
        self._moment = school.local.moment(evening, 24 * 60)
        self.lessons = sorted(
            (
                one
                for one in school.lessons
                if (one.day <= evening or self._ahead(one)) and one.state != MISSING
            ),
            key=lambda one: (one.day, one.track.unit.grade, *one.track.key[:1], one.number,
                             one.track.group, one.track.subject),
        )  # fmt: skip

    @property
    def days(self) -> set[Day]:
        return {one.day for one in self.lessons}

    def _ahead(self, lesson: Lesson) -> bool:
        return lesson.ahead and self._known(lesson.entered)

    def _known(self, moment: Moment | None) -> bool:
        return moment is None or moment < self._moment

    def lesson(self, one: Lesson) -> LessonRow:
        late = not self._known(one.entered)
        past = {} if self._evening == self._school.until else one.before
        topic = "" if late else past.get("topic", one.topic)
        homework = "" if late else past.get("homework", one.homework)
        attendance = False if late else past.get("attendance", one.attendance)
        held = one.state == HELD
        return LessonRow(
            one.day, one.number, *_place(one), one.teacher.name,
            one.instead_of.name if one.instead_of else None,
            str(topic), str(homework), one.kind, one.kind or None,
            None if one.ahead else STATES[one.state],
            (bool(attendance) if attendance is not None else None) if held else None,
            None if late else one.entered,
            one.modified if self._known(one.modified) else None,
            one.author.name if one.author and not late else None,
        )  # fmt: skip

    def marks(self, one: Lesson) -> Iterator[MarkRow]:
        if not self._known(one.entered):
            return
        place, author = _place(one), one.author.name if one.instead_of and one.author else None
        for number, (values, code, entered) in sorted(one.marks.items()):
            if not self._known(entered) or (one.track.unit, number) not in self._pupils:
                continue
            shown: list[tuple[int | None, str]] = [(value, f"{value}{code}") for value in values]
            for at, (value, raw) in enumerate(shown or [(None, code)]):
                yield MarkRow(
                    one.day, one.number, 1, *place, number, at, value,
                    "" if value else code, raw, one.kind, one.weight, entered, author,
                )  # fmt: skip

    def attendance(self, one: Lesson) -> Iterator[AttendanceRow]:
        if self._known(one.entered) and one.state != MARKS_ONLY:
            for number, code in sorted(one.codes.items()):
                yield AttendanceRow(one.day, one.number, 1, *_place(one), number, code)

    def substitutions(self) -> list[SubstitutionRow]:
        found = sorted(
            (one for one in self._school.substitutions if one.lesson.day <= self._evening),
            key=lambda one: one.lesson.place,
        )
        return [
            SubstitutionRow(
                one.lesson.day, one.lesson.number, *_place(one.lesson), one.absent.name,
                one.substitute.name if one.substitute else None, one.order,
            )
            for one in found
        ]  # fmt: skip

    def enrollments(self) -> list[EnrollmentRow]:
        rows = []
        for unit in self._school.units:
            for stay in sorted(unit.stays, key=lambda one: (one.number, one.first)):
                last = stay.last if stay.last <= self._evening else 9_999_999
                if stay.first <= self._evening:
                    rows.append(EnrollmentRow(
                        unit.name, stay.number, stay.name, stay.pupil.code, stay.first, last,
                        stay.order,
                    ))  # fmt: skip
        return rows

    def term_marks(self) -> list[TermMarkRow]:
        return [
            TermMarkRow(
                mark.stay.unit.name, mark.subject, mark.stay.number, mark.term.kind,
                mark.term.number, mark.value, mark.code, mark.entered,
            )
            for mark in self._school.term_marks
            if self._known(mark.entered)
        ]  # fmt: skip


def _place(one: Lesson) -> tuple[str, str, str]:
    return one.track.unit.name, one.track.group, one.track.subject


def _slot_order(slot: Slot) -> tuple[object, ...]:
    unit = slot.track.unit
    return unit.grade, unit.name, slot.weekday, slot.number, slot.track.group, slot.first


def _slot(slot: Slot) -> SlotRow:
    track = slot.track
    return SlotRow(
        track.unit.name, track.group, slot.weekday, slot.number, track.subject,
        slot.teacher.name, slot.teacher.room, slot.first, slot.last,
    )  # fmt: skip


def _subjects(school: School) -> list[SubjectRow]:
    used = {subject for unit in school.units for subject in HOURS[unit.grade]}
    return [
        SubjectRow(one.name, one.marks, one.homework, one.aliases, one.family)
        for one in SUBJECTS.values()
        if one.name in used
    ]


def _members(school: School) -> list[MemberRow]:
    return [
        MemberRow(unit.name, subject, group, number)
        for unit in school.units
        for subject, groups in sorted(unit.divided.items())
        for group, numbers in sorted(groups.items())
        for number in sorted(numbers)
    ]


def _staff(school: School) -> list[StaffRow]:
    """By name; who changed the surname stands under both, the present one below."""
    return [
        StaffRow(one.name, one.code, one.post, one.family, one.hired, one.dismissed)
        for one in sorted(school.teachers, key=lambda one: (one.present_name, one.renamed is None))
    ]


def _assignments(school: School) -> list[AssignmentRow]:
    order = sorted(
        school.assignments,
        key=lambda one: (one.track.unit.grade, one.track.key, one.first),
    )
    return [
        AssignmentRow(
            one.teacher.name, one.track.subject, one.track.unit.name, one.track.group,
            one.hours * HUNDRED, one.first, one.last,
        )
        for one in order
    ]  # fmt: skip


def _plans(school: School) -> list[PlanRow]:
    return [
        PlanRow(
            one.track.subject, one.track.unit.name, one.track.group, one.track.teacher.name,
            one.position, one.topic, HUNDRED, one.day, one.kind,
        )
        for one in school.plan
    ]  # fmt: skip
