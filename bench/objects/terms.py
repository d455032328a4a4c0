"""P7, N1 and Q1 over objects: the marks of a term and the mark for it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bench.objects.calendar import Term
from bench.objects.entries import Mark, TermMark
from bench.objects.ground import HELD, Ground
from bench.objects.people import Assignment, ClassUnit, Enrollment, Pupil
from services.completeness.finding_store import Hit

Limits = Mapping[str, int]
YEAR = "год"


def p7(class_unit: ClassUnit, ground: Ground, limits: Limits) -> Iterator[Hit]:
    for term in class_unit.terms:
        if term.kind == YEAR or not _due(class_unit, term, ground, limits["days_before"]):
            continue
        asked = set(_asked(class_unit, term))
        for subject, group in asked:
            for enrollment in class_unit.enrollments:
                pupil = enrollment.pupil
                if not enrollment.holds(term.last) or not pupil.in_group(group):
                    continue
                if not group and _own_group(pupil, subject, asked):
                    continue
                if not any(_settles(mark, term, subject) for mark in pupil.term_marks):
                    staff = max(
                        (
                            each.staff
                            for each in class_unit.assignments
                            if each.subject_id == subject
                            and each.study_group_id == group
                            and each.holds(term.last)
                        ),
                        default=None,
                    )
                    yield _of_pupil("P7", pupil, term, subject, group, staff)


def _due(class_unit: ClassUnit, term: Term, ground: Ground, days_before: int) -> bool:
    """Whether the deadline of the school day so many before the term's last has passed."""
    last = next((day for day in class_unit.days if day.day == term.last), None)
    return last is not None and any(
        day.school_day and day.seq == last.seq - days_before and ground.past_deadline(day.day)
        for day in class_unit.days
    )


def _asked(class_unit: ClassUnit, term: Term) -> Iterator[tuple[int, int]]:
    """(subject, group) taught at the term's end, with marks, of which a file has the results."""
    if class_unit.grade == 1:
        return
    known = {cover.subject_id for cover in class_unit.term_coverage if cover.key == term.key}
    taught = [
        each for each in class_unit.assignments if each.holds(term.last)
    ] if class_unit.assignments else [
        each for each in class_unit.lessons if each.state == HELD and term.holds(each.day)
    ]  # fmt: skip
    yield from {
        (each.subject_id, each.study_group_id)
        for each in taught
        if each.subject_id in known and each.subject.has_marks
    }


def _own_group(pupil: Pupil, subject: int, asked: set[tuple[int, int]]) -> bool:
    """Whether the pupil is in a group of this subject that is asked for itself."""
    return any((subject, member.study_group_id) in asked for member in pupil.memberships)


def _settles(mark: TermMark, term: Term, subject: int) -> bool:
    return (
        mark.subject_id == subject
        and mark.key == term.key
        and (
            (mark.value is not None and 2 <= mark.value <= 5)
            or mark.code in ("зач", "незач", "н/а", "осв")
        )
    )


@dataclass(slots=True)
class _Course:
    """What one pupil is taught of one subject: hours of all groups, the last group, a teacher."""

    hours: int = 0
    group: int = 0
    staff: list[int] = field(default_factory=list)


def n1(class_unit: ClassUnit, ground: Ground, limits: Limits) -> Iterator[Hit]:
    if class_unit.grade == 1:
        return
    for term in _ended(class_unit, ground):
        taught = [
            each
            for each in class_unit.assignments
            if each.holds(term.last)
            and each.subject.has_marks
            and _covered(class_unit, term, each.subject_id, each.study_group_id)
        ]
        for enrollment in class_unit.enrollments:
            if not enrollment.holds(term.last):
                continue
            share = _share_of_weeks(enrollment, term, ground)
            marks = _by_subject(enrollment.pupil, term, ground)
            for subject, course in _courses(enrollment.pupil, taught).items():
                own, whole = share
                least = _least(term, course.hours, limits) * min(own, whole) // whole
                if len(marks[subject]) < least:
                    yield _of_pupil(
                        "N1", enrollment.pupil, term, subject, course.group, max(course.staff),
                        marks=len(marks[subject]), least=least, hours=course.hours,
                    )  # fmt: skip


def _courses(pupil: Pupil, taught: list[Assignment]) -> Mapping[int, _Course]:
    found: dict[int, _Course] = defaultdict(_Course)
    for each in taught:
        if pupil.in_group(each.study_group_id):
            course = found[each.subject_id]
            course.hours += each.hours
            course.group = max(course.group, each.study_group_id)
            course.staff.append(each.staff)
    return found


def _least(term: Term, hours: int, limits: Limits) -> int:
    few = hours <= 200
    if term.kind == "полугодие":
        return limits["half_few"] if few else limits["half_many"]
    return limits["few"] if few else limits["many"]


def _share_of_weeks(enrollment: Enrollment, term: Term, ground: Ground) -> tuple[int, int]:
    """Calendar weeks of the term: those that the person was enrolled in any class, and all."""
    stays = {
        stay
        for pupil in ground.kin[enrollment.person]
        for stay in pupil.enrollments
        if stay.person == enrollment.person
    }
    own = sum(
        (min(stay.last, term.last) - 1) // 7 - (max(stay.first, term.first) - 1) // 7 + 1
        for stay in stays
        if stay.first <= term.last and stay.last >= term.first
    )
    return own, (term.last - 1) // 7 - (term.first - 1) // 7 + 1


def q1(class_unit: ClassUnit, ground: Ground, limits: Limits) -> Iterator[Hit]:
    if class_unit.grade == 1:
        return
    terms = {term.key: term for term in _ended(class_unit, ground)}
    covered = {
        (term.key, each.subject_id)
        for term in terms.values()
        for each in class_unit.coverage
        if each.subject.has_marks and _covered(class_unit, term, each.subject_id)
    }
    for enrollment in class_unit.enrollments:
        for term in terms.values():
            if not enrollment.holds(term.last):
                continue
            marks = _by_subject(enrollment.pupil, term, ground)
            for given in enrollment.pupil.term_marks:
                if given.key == term.key and (given.key, given.subject_id) in covered:
                    yield from _differs(given, term, marks[given.subject_id], limits)


def _differs(given: TermMark, term: Term, marks: list[Mark], limits: Limits) -> Iterator[Hit]:
    weights = sum(_weight(mark) for mark in marks)
    if given.value is None or not weights:
        return
    total = sum((mark.value or 0) * _weight(mark) for mark in marks)
    mean = total * 10_000 // weights
    whole, fraction = divmod(mean, 10_000)
    k, margin = limits["k_percent"] * 100, limits["disputed_percent"] * 100
    expected = whole + (fraction + 10 >= k)
    disputed = k - margin <= fraction <= k + margin
    right = (whole, whole + 1) if disputed else (expected,)
    if given.value not in right:
        hit = _of_pupil(
            "Q1", given.pupil, term, given.subject_id,
            _group_of(given.pupil, given), _teacher(given, term),
            value=given.value, mean=mean, expected=expected, marks=len(marks),
        )  # fmt: skip
        yield hit._replace(severity="advice") if disputed else hit


def _weight(mark: Mark) -> int:
    return 100 if mark.weight is None else max(mark.weight, 0)


def _group_of(pupil: Pupil, given: TermMark) -> int:
    return max(
        (
            member.study_group_id
            for member in pupil.memberships
            if member.study_group.class_unit_id == given.class_unit_id
            and member.study_group.subject_id == given.subject_id
        ),
        default=0,
    )


def _teacher(given: TermMark, term: Term) -> int | None:
    return max(
        (
            each.staff
            for each in given.pupil.class_unit.assignments
            if each.subject_id == given.subject_id
            and each.holds(term.last)
            and given.pupil.in_group(each.study_group_id)
        ),
        default=None,
    )


def _ended(class_unit: ClassUnit, ground: Ground) -> list[Term]:
    return [term for term in class_unit.terms if term.kind != YEAR and ground.ended(term.last)]


def _covered(class_unit: ClassUnit, term: Term, subject: int, group: int | None = None) -> bool:
    """Whether a file has marks from the term's first week to its last; of any group for None."""
    return any(
        cover.kind == "marks"
        and cover.subject_id == subject
        and (group is None or cover.study_group_id in (0, group))
        and cover.first < term.first + 7
        and cover.last > term.last - 7
        for cover in class_unit.coverage
    )


def _by_subject(pupil: Pupil, term: Term, ground: Ground) -> Mapping[int, list[Mark]]:
    """The person's marks in digits over the term, in whatever class."""
    found: dict[int, list[Mark]] = defaultdict(list)
    for other in ground.numbers_of(pupil):
        for mark in other.marks:
            if mark.value is not None and term.holds(mark.day):
                found[mark.subject_id].append(mark)
    return found


def _of_pupil(
    rule: str, pupil: Pupil, term: Term, subject: int, group: int, staff: int | None, **facts: int
) -> Hit:
    return Hit(
        rule, "", term.class_unit_id, subject, group, staff, term.last, None, pupil.id,
        {"kind": term.kind, "term": term.number, **facts},
    )  # fmt: skip
