"""Who teaches what: teachers sized by the hours of their family, and the tracks they get."""

from collections import defaultdict
from collections.abc import Iterable
from random import Random

from services.generator.curriculum import (
    CAREERS,
    HOURS,
    PRIMARY,
    SAFETY,
    SUBJECTS,
    TALKS,
    family_of,
    groups_of,
)
from services.generator.names import full_name
from services.generator.world import Teacher, Track, Unit

FULL_LOAD = 20
WOMEN = 0.85
DOUBLE = 2
HABITS = ("lesson", "lesson", "evening", "evening", "evening", "unknown")
CLASS_HOURS = (TALKS, CAREERS)
JOINED_GRADES = (10, 11)
GIRLS, BOYS = "девочки", "мальчики"


class Staffing:
    """Hires teachers and gives every class its tracks."""

    def __init__(self, *, random: Random, units: tuple[Unit, ...]) -> None:
        self._random = random
        self._units = units
        self._load: dict[Teacher, int] = defaultdict(int)
        self.teachers: list[Teacher] = []
        self.tracks: list[Track] = []
        self.joined: list[tuple[Track, ...]] = []

    def staff(self) -> None:
        pools = self._hire_all()
        for unit in self._units:
            own = self.hire(PRIMARY) if unit.grade in range(1, 5) else None
            families = {own.family: own} if own else {}
            for subject, hours in HOURS[unit.grade].items():
                if subject not in CLASS_HOURS:
                    self._assign(unit, (subject, hours), pools, families)
            self._class_hours(unit)
        self._join()
        for track in self.tracks:
            self._divide(track)

    def hire(self, family: str, *, post: str = "учитель") -> Teacher:
        names = {teacher.name for teacher in self.teachers}
        name = full_name(self._random, female=self._random.random() < WOMEN)
        while name in names:
            name = full_name(self._random, female=True)
        number = len(self.teachers) + 1
        habit = self._random.choice(HABITS)
        teacher = Teacher(name, f"С{number:03}", family, post, habit=habit, room=str(100 + number))
        self.teachers.append(teacher)
        return teacher

    def _hire_all(self) -> dict[str, list[Teacher]]:
        """Enough teachers for the hours of each family; the last of a big family is part-time."""
        needed: dict[str, int] = defaultdict(int)
        for unit in self._units:
            for subject, hours in HOURS[unit.grade].items():
                family = family_of(subject, unit.grade)
                groups = max(1, len(groups_of(subject, unit.grade)))
                if subject not in CLASS_HOURS and family != PRIMARY:
                    needed[family] += hours * groups
        pools: dict[str, list[Teacher]] = {}
        for family, hours in needed.items():
            divided = any(
                subject.groups for subject in SUBJECTS.values() if subject.family == family
            )
            count = max(-(-hours // FULL_LOAD), 2 if divided else 1)
            pools[family] = [self.hire(family) for _ in range(count)]
            if hours < FULL_LOAD // 2 * count:
                pools[family][-1].post = "учитель, внешний совместитель"
        return pools

    def _assign(
        self,
        unit: Unit,
        subject: tuple[str, int],
        pools: dict[str, list[Teacher]],
        families: dict[str, Teacher],
    ) -> None:
        """A class keeps one teacher a family (Russian and literature, algebra and geometry)."""
        name, hours = subject
        family = family_of(name, unit.grade)
        groups = groups_of(name, unit.grade)
        double = bool(groups) and hours == DOUBLE and SUBJECTS[name].family == "Технология"
        if groups:
            for group, teacher in zip(groups, self._free(pools[family]), strict=False):
                self._add(Track(unit, name, group, hours, teacher, double))
            return
        if family not in families:
            families[family] = next(iter(self._free(pools[family])))
        self._add(Track(unit, name, "", hours, families[family], double))

    def _free(self, pool: Iterable[Teacher]) -> list[Teacher]:
        return sorted(pool, key=lambda teacher: (self._load[teacher], teacher.code))

    def _add(self, track: Track) -> None:
        self.tracks.append(track)
        self._load[track.teacher] += track.hours

    def _class_hours(self, unit: Unit) -> None:
        """The class teacher is who has most lessons with the whole class."""
        whole = [track for track in self.tracks if track.unit is unit and not track.group]
        hours: dict[Teacher, int] = defaultdict(int)
        for track in whole:
            hours[track.teacher] += track.hours
        teacher = max(hours, key=lambda one: (hours[one], -self._load[one], one.code))
        for subject in CLASS_HOURS:
            if subject in HOURS[unit.grade]:
                self._add(Track(unit, subject, "", 1, teacher))

    def _join(self) -> None:
        """Two senior classes have one lesson together, under one group's name."""
        pair = []
        for grade in JOINED_GRADES:
            found = [t for t in self.tracks if t.subject == SAFETY and t.unit.grade == grade]
            pair += found[:1]
        if len(pair) < len(JOINED_GRADES):
            return
        label = "+".join(track.unit.name for track in pair)
        for track in pair:
            track.group = label
        self._load[pair[1].teacher] -= pair[1].hours
        pair[1].teacher = pair[0].teacher
        self.joined.append(tuple(pair))

    @staticmethod
    def _divide(track: Track) -> None:
        """Who is in the group: by halves of the list, boys and girls, or everybody (joined)."""
        if not track.group:
            return
        unit, members = track.unit, set()
        for stay in unit.stays:
            girl = stay.pupil.name.endswith("на")
            if track.group in (GIRLS, BOYS):
                inside = girl == (track.group == GIRLS)
            else:
                inside = track.group not in ("1", "2") or stay.number % 2 == int(track.group) % 2
            if inside:
                members.add(stay.number)
        unit.divided.setdefault(track.subject, {})[track.group] = members
