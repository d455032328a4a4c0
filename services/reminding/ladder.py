"""The ladder: a finding that waits too long is told of to the next level, once for each."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from services.access import Role
from services.completeness.rule import Severity
from services.ids import FindingId, PersonId
from services.people import Person
from services.reminding.ports import OpenFinding, Post
from services.reminding.settings import ABOVE, NEVER, Level
from services.reminding.situation import Situation

_LEADS = re.compile(r"(?<!классный )руководитель\b(.*)")
_WORD = re.compile(r"[а-яa-z0-9]+")
_UNSAID = frozenset({"мо", "шмо", "и", "кафедра", "кафедры", "учителей", "учителя", "предметов"})
_UNION = ("методич", "объедин")
STEM = 3
"""Letters that an ending may have."""


class Heard(NamedTuple):
    """The day of a step, and whom it has reached so far."""

    day: int
    people: set[PersonId]


@dataclass(frozen=True, slots=True)
class Above:
    """Who stands above teachers: heads by the МО that each leads, deputies, directors."""

    heads: Sequence[tuple[Person, Post]]
    deputies: Sequence[Person]
    directors: Sequence[Person]

    def of_finding(self, one: OpenFinding, group: str | None) -> Mapping[Level, Sequence[Person]]:
        """Nobody is told of own findings as of those of another."""
        levels = {
            Level.HEAD: [person for person, post in self.heads if group and leads(post, group)],
            Level.DEPUTY: self.deputies,
            Level.DIRECTOR: self.directors,
        }
        return {
            level: [person for person in people if person.staff != one.hit.staff]
            for level, people in levels.items()
        }

    @classmethod
    def of(cls, people: Iterable[Person], posts: Iterable[Post]) -> "Above":
        """Deputies are the administration without the heads, unless there is nobody else."""
        by_staff = {post.staff: post for post in posts}
        admitted = list(people)
        administration = [one for one in admitted if Role.ADMINISTRATION in one.roles]
        heads = [
            (one, post)
            for one in administration
            if one.staff is not None
            and (post := by_staff.get(one.staff)) is not None
            and _LEADS.search(_plain(post.post))
        ]
        leading = {person.id for person, _ in heads}
        return cls(
            heads=heads,
            deputies=[one for one in administration if one.id not in leading] or administration,
            directors=[one for one in admitted if Role.DIRECTOR in one.roles],
        )


def leads(post: Post, group: str) -> bool:
    """By the post («руководитель МО математики»), else by the person's own МО."""
    found, wanted = _LEADS.search(_plain(post.post)), _words(group)
    if found is None or not wanted:
        return False
    named = _words(found[1]) or _words(post.subject_group)
    return all(any(one.startswith(_stem(word)) for one in named) for word in wanted)


def climbing(
    situation: Situation, groups: Mapping[FindingId, str | None]
) -> Mapping[PersonId, Sequence[tuple[FindingId, Level]]]:
    """Whom of those above to tell of which findings now; ``groups`` are the МО of findings.

    A finding climbs one level a day at most; a level at which there is nobody is passed over.
    """
    listening = [one for one in situation.people if situation.hours.get(one.id, 0) is not None]
    above = Above.of(listening, situation.posts)
    heard = _heard(situation)
    told: dict[PersonId, list[tuple[FindingId, Level]]] = defaultdict(list)
    for one in situation.pressing():
        if _may_climb(situation, one):
            step = _next(situation, one, above.of_finding(one, groups.get(one.id)), heard[one.id])
            for person in step.listeners:
                told[person.id].append((one.id, step.level))
    return told


@dataclass(frozen=True, slots=True)
class Step:
    level: Level
    listeners: Sequence[Person]


def overdue(situation: Situation, one: OpenFinding, level: Level) -> bool:
    """Whether the data itself shows that the finding waits for longer than its level allows."""
    days, as_of = situation.settings.days(one.hit.severity, level), situation.as_of
    moment = situation.days.overdue(one, days)
    return moment is not None and as_of is not None and moment <= as_of


def _next(
    situation: Situation,
    one: OpenFinding,
    above: Mapping[Level, Sequence[Person]],
    heard: Mapping[Level, Heard],
) -> Step:
    """The first level that has not heard, if it is time; on a day of a step the rest of it."""
    for level in ABOVE:
        known = heard.get(level)
        if known is not None and known.day == situation.today:
            return Step(level, _free(situation, above[level], known.people))
        asked = above[level] and situation.settings.days(one.hit.severity, level) != NEVER
        if known is None and asked:
            listeners = _free(situation, above[level])
            return Step(level, listeners if overdue(situation, one, level) else [])
    return Step(Level.DIRECTOR, [])


def _free(
    situation: Situation, people: Iterable[Person], but: Collection[PersonId] = ()
) -> Sequence[Person]:
    """Those whom no message was written to today."""
    return [one for one in people if one.id not in situation.messaged and one.id not in but]


def _may_climb(situation: Situation, one: OpenFinding) -> bool:
    """Advice and what is nobody's stays; so does what is of the sick, or of a class on holidays."""
    staff = one.hit.staff
    if staff is None or one.hit.severity == Severity.ADVICE:
        return False
    return not situation.days.sick(staff) and situation.days.studies(one.hit.class_unit)


def _heard(situation: Situation) -> Mapping[FindingId, Mapping[Level, Heard]]:
    """When each level heard of a finding, and who did on its last day."""
    found: dict[FindingId, dict[Level, Heard]] = defaultdict(dict)
    for one in sorted(situation.said, key=lambda one: one.day):
        if one.level == Level.TEACHER:
            continue
        known = found[one.finding].get(one.level)
        if known is None or known.day != one.day:
            known = found[one.finding][one.level] = Heard(one.day, set())
        known.people.add(one.person)
    return found


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("ё", "е").split())


def _words(group: str) -> Sequence[str]:
    """«МО учителей математики» is «математики»."""
    found = _WORD.findall(_plain(group))
    return [one for one in found if one not in _UNSAID and not one.startswith(_UNION)]


def _stem(word: str) -> str:
    return word[: max(STEM + 1, len(word) - STEM)]
