"""The rows of the journal that a finding rests on, in words a person can find there."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from services.completeness.lines import Wording
from services.completeness.rule import Said
from services.journal.relations import UNNUMBERED


class EnteredLesson(NamedTuple):
    """A line of «Уроки»; None is what the file does not say."""

    day: int
    number: int
    topic: str | None
    homework: str | None
    attendance_taken: int | None
    entered_at: int | None


class EnteredMark(NamedTuple):
    """A line of «Отметки»."""

    day: int
    number: int
    raw: str


def rows_of(
    lessons: Sequence[EnteredLesson], marks: Sequence[EnteredMark], wording: Wording
) -> list[str]:
    rows = ["; ".join(wording.why(said) for said in _lesson(one)) for one in lessons]
    return rows + ["; ".join(wording.why(said) for said in _mark(one)) for one in marks]


def _lesson(lesson: EnteredLesson) -> Iterator[Said]:
    yield from _place(lesson.day, lesson.number)
    if lesson.topic is not None:
        topic = {"topic": lesson.topic}
        yield Said("topic «%(topic)s»", topic) if lesson.topic else Said("no topic", {})
    if lesson.homework is not None:
        homework = {"homework": lesson.homework}
        yield (
            Said("homework «%(homework)s»", homework)
            if lesson.homework
            else Said("no homework", {})
        )
    if lesson.attendance_taken is not None:
        taken = Said("attendance is marked", {}), Said("attendance is not marked", {})
        yield taken[0] if lesson.attendance_taken else taken[1]
    if lesson.entered_at is not None:
        yield Said("entered %(entered)s", {"entered": ("moment", lesson.entered_at)})


def _mark(mark: EnteredMark) -> Iterator[Said]:
    yield from _place(mark.day, mark.number)
    yield Said("mark «%(mark)s»", {"mark": mark.raw})


def _place(day: int, number: int) -> Iterator[Said]:
    yield Said("%(day)s", {"day": ("day", day)})
    if number <= UNNUMBERED:
        yield Said("lesson %(number)s", {"number": number})
