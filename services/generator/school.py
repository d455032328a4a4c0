"""The school under construction: what every step reads and adds to."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from services.generator.calendar import Calendar
from services.generator.truth import Ledger
from services.generator.world import (
    Assignment,
    Lesson,
    Options,
    PlanItem,
    Pupil,
    Slot,
    Stay,
    Substitution,
    Teacher,
    TermMark,
    Track,
    Unit,
)
from services.journal.model import Day
from services.journal.writers.local_time import LocalTime

Roster = tuple[Stay, ...]


@dataclass(slots=True, kw_only=True)
class School:
    options: Options
    random: Random
    local: LocalTime
    calendar: Calendar
    ledger: Ledger
    pupils: list[Pupil] = field(default_factory=list)
    teachers: list[Teacher] = field(default_factory=list)
    tracks: list[Track] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)
    lessons: list[Lesson] = field(default_factory=list)
    plan: list[PlanItem] = field(default_factory=list)
    substitutions: list[Substitution] = field(default_factory=list)
    term_marks: list[TermMark] = field(default_factory=list)
    lost: dict[Track, int] = field(default_factory=lambda: defaultdict(int))
    """Planned lessons that were not held."""
    by_track: dict[Track, list[Lesson]] = field(default_factory=dict)
    by_day: dict[tuple[Unit, Day], list[Lesson]] = field(default_factory=dict)
    hungry: set[tuple[Track, int]] = field(default_factory=set)
    """Track and personal number of those who must not get one mark more (N1)."""
    planless: set[Track] = field(default_factory=set)
    """Tracks whose plan already carries a defect or a look-alike."""
    quiet: set[Track] = field(default_factory=set)
    """Tracks in which some lessons pass without a question."""
    strange: list[Lesson] = field(default_factory=list)
    """Lessons with topics that no plan has."""
    busy: set[tuple[Teacher, Day, int]] = field(default_factory=set)
    school_days: dict[Unit, list[Day]] = field(default_factory=dict)
    rosters: dict[tuple[Track, Day], Roster] = field(default_factory=dict)

    @property
    def until(self) -> Day:
        return self.options.until

    @property
    def units(self) -> tuple[Unit, ...]:
        return self.calendar.units

    def known(self) -> Iterator[Lesson]:
        """Lessons that the journal has already reached."""
        return (lesson for lesson in self.lessons if lesson.day <= self.until)

    def add(self, lesson: Lesson) -> None:
        """A lesson beside the timetable's own."""
        self.lessons.append(lesson)
        self.by_track[lesson.track].append(lesson)
        self.by_track[lesson.track].sort(key=lambda one: (one.day, one.number))
        self.by_day.setdefault((lesson.track.unit, lesson.day), []).append(lesson)
        self.busy.add((lesson.teacher, lesson.day, lesson.number))

    def neighbours(self, lesson: Lesson) -> list[Lesson]:
        """Other held lessons of the same double."""
        day = self.by_day.get((lesson.track.unit, lesson.day), [])
        return [
            other
            for other in day
            if other.track is lesson.track
            and abs(other.number - lesson.number) == 1
            and other.state not in ("missing", "marks")
        ]

    def roster(self, track: Track, day: Day) -> Roster:
        """Who belongs to the track on the day."""
        found = self.rosters.get((track, day))
        if found is None:
            members = track.unit.divided.get(track.subject, {}).get(track.group)
            found = tuple(
                stay
                for stay in track.unit.stays
                if stay.holds(day) and (members is None or stay.number in members)
            )
            self.rosters[track, day] = found
        return found

    def school_day_after(self, unit: Unit, day: Day, count: int) -> Day:
        """The ``count``-th day with lessons of the class after the day."""
        later = [one for one in self.school_days[unit] if one > day]
        return later[count - 1] if len(later) >= count else self.calendar.ends + count
