"""What the indices count: one set-based statement each over the journal views."""

from services.completeness.measures import (
    control_marks,
    enough_by_week,
    enough_marks,
    homework,
    lessons,
)
from services.completeness.measures.measure import Measure

LESSONS = lessons.MEASURE
HOMEWORK = homework.MEASURE
CONTROL_MARKS = control_marks.MEASURE
ENOUGH_MARKS = enough_marks.MEASURE
ENOUGH_BY_WEEK = enough_by_week.MEASURE

__all__ = [
    "CONTROL_MARKS",
    "ENOUGH_BY_WEEK",
    "ENOUGH_MARKS",
    "HOMEWORK",
    "LESSONS",
    "Measure",
]
