"""P1-P4 and T1 over objects: what a lesson's line must have, and when."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from bench.objects.entries import Expected, Lesson
from bench.objects.ground import DUE, HELD, Ground
from bench.objects.people import ClassUnit
from services.completeness.finding_store import Hit

Limits = Mapping[str, int]


def p1(class_unit: ClassUnit, ground: Ground, _limits: Limits) -> Iterator[Hit]:
    for lesson in held(class_unit):
        no_topic, no_attendance = lesson.topic == "", lesson.attendance_taken == 0
        if (no_topic or no_attendance) and ground.past_deadline(lesson.day):
            yield of_lesson(
                "P1",
                lesson,
                no_line=0,
                no_topic=None if lesson.topic is None else no_topic,
                no_attendance=None if lesson.attendance_taken is None else no_attendance,
            )
    yield from _without_a_line(class_unit, ground)


def _without_a_line(class_unit: ClassUnit, ground: Ground) -> Iterator[Hit]:
    lines: dict[tuple[int, int, int], list[Lesson]] = defaultdict(list)
    for lesson in class_unit.lessons:
        lines[lesson.day, lesson.number, lesson.subject_id].append(lesson)
    for slot in class_unit.expected:
        if slot.state != DUE or slot.day > ground.today or not ground.past_deadline(slot.day):
            continue
        there = lines.get((slot.day, slot.number, slot.subject_id), ())
        if any(lesson.of_group(slot.study_group_id) for lesson in there):
            continue
        if _covered(class_unit, slot) and not nobody(class_unit, slot):
            yield Hit(
                "P1", "", class_unit.id, slot.subject_id, slot.study_group_id, slot.staff,
                slot.day, slot.number, None,
                {"no_line": 1, "no_topic": None, "no_attendance": None},
            )  # fmt: skip


def _covered(class_unit: ClassUnit, slot: Expected) -> bool:
    return any(
        cover.kind == "lessons"
        and cover.subject_id == slot.subject_id
        and cover.study_group_id in (0, slot.study_group_id)
        and cover.holds(slot.day)
        for cover in class_unit.coverage
    )


def p2(class_unit: ClassUnit, ground: Ground, limits: Limits) -> Iterator[Hit]:
    for lesson in held(class_unit):
        if lesson.topic is None or not ground.past_deadline(lesson.day):
            continue
        if len(lesson.topic) < limits["shortest"] or lesson.topic_plain in ("", "урок", "тема"):
            yield of_lesson("P2", lesson, topic=lesson.topic)


def p3(class_unit: ClassUnit, ground: Ground, limits: Limits) -> Iterator[Hit]:
    lessons = held(class_unit)
    if class_unit.grade == 1:
        return
    term_lasts = {day.day: day.term_last for day in class_unit.days}
    for lesson in lessons:
        if (
            lesson.homework is None
            or len(lesson.homework) >= limits["shortest"]
            or lesson.work_kind
            or not lesson.subject.has_homework
            or not ground.ended(lesson.day)
        ):
            continue
        course = [other for other in class_unit.lessons if _same_course(other, lesson)]
        if any(other.day == lesson.day and other.number == lesson.number + 1 for other in course):
            continue
        last = term_lasts.get(lesson.day)
        if last is None or _one_follows(class_unit, lesson, course, last, ground.today):
            yield of_lesson("P3", lesson, homework=lesson.homework)


def _same_course(one: Lesson, other: Lesson) -> bool:
    return (
        one.state == HELD
        and one.subject_id == other.subject_id
        and one.study_group_id == other.study_group_id
    )


def _one_follows(
    class_unit: ClassUnit, lesson: Lesson, course: list[Lesson], last: int, today: int
) -> bool:
    """In the journal, or, while the term runs, in the timetable."""
    place = (lesson.day, lesson.number)
    if any(other.day <= last and (other.day, other.number) > place for other in course):
        return True
    slots = [slot for slot in class_unit.expected if slot.subject_id == lesson.subject_id]
    if last >= today and any(
        slot.state == DUE
        and max(lesson.day, today) < slot.day <= last
        and lesson.of_group(slot.study_group_id)
        for slot in slots
    ):
        return True
    return last > today and not slots


def p4(class_unit: ClassUnit, ground: Ground, _limits: Limits) -> Iterator[Hit]:
    bells = {bell.number: bell.ends for bell in class_unit.bells}
    for lesson in held(class_unit):
        day = ground.calendar.get(lesson.day)
        if lesson.attendance_taken != 0 or day is None:
            continue
        bell = bells.get(lesson.number)
        due = day.deadline if bell is None else day.begins + bell * 60 + day.moved
        if due <= ground.as_of:
            yield of_lesson("P4", lesson, by_bell=bell is not None)


def t1(class_unit: ClassUnit, ground: Ground, _limits: Limits) -> Iterator[Hit]:
    for lesson in held(class_unit):
        day = ground.calendar.get(lesson.day)
        if day is None or lesson.entered_at is None or not filled(lesson):
            continue
        if day.deadline < lesson.entered_at <= ground.as_of:
            yield of_lesson("T1", lesson, entered_at=lesson.entered_at, deadline=day.deadline)


def filled(lesson: Lesson) -> bool:
    return lesson.topic != "" and lesson.attendance_taken != 0


def held(class_unit: ClassUnit) -> list[Lesson]:
    """Lessons held, of those where anybody is there."""
    return [
        lesson
        for lesson in class_unit.lessons
        if lesson.state == HELD and not nobody(class_unit, lesson)
    ]


def nobody(class_unit: ClassUnit, lesson: Lesson | Expected) -> bool:
    return any(
        empty.study_group_id in (0, lesson.study_group_id)
        and empty.first <= lesson.day <= empty.last
        for empty in class_unit.empty_rosters
    )


def of_lesson(rule: str, lesson: Lesson, **facts: object) -> Hit:
    return Hit(
        rule, "", lesson.class_unit_id, lesson.subject_id, lesson.study_group_id, lesson.staff,
        lesson.day, lesson.number, None, facts,
    )  # fmt: skip
