"""Who can be played in the demo: the heads, the teachers worth looking at, somebody from outside.

All names are invented, like the school.
"""

from collections import Counter
from dataclasses import dataclass

from bot.sandbox.people import Persona
from services.access import Role
from services.completeness.rule import Severity
from services.completeness.rules import catalogue
from services.generator import GeneratedSchool
from services.generator.curriculum import TALKS
from services.journal.model import Batch, LessonRow

SEVERAL = range(3, 9)
"""So many findings fill a message and still can be read at a glance."""
LATELY = 7
"""Days."""
GROUP = "Администрация школы"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """``name`` is what the school calls the person; ``staff``: its journal has a line of that name.

    The persona's own name is shorter, as accounts in messengers are.
    """

    persona: Persona
    role: Role
    name: str
    staff: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """``behind`` has gaps to mend, ``ahead`` has none."""

    administrator: Part
    director: Part
    deputy: Part
    behind: Part
    ahead: Part
    class_teacher: Part
    stranger: Persona

    @property
    def invited(self) -> list[Part]:
        return [self.director, self.deputy, self.behind, self.ahead, self.class_teacher]

    @property
    def personas(self) -> list[Persona]:
        """In the order of the page's list."""
        admitted = [self.administrator, *self.invited]
        return [*(part.persona for part in admitted), self.stranger]


def cast_of(school: GeneratedSchool) -> Cast:
    """The same school gives the same people."""
    lessons = school.week.lessons or []
    taught = Counter(row.teacher for row in lessons)
    working = sorted(_working(school) & taught.keys(), key=lambda name: (-taught[name], name))
    behind = _behind(school, working)
    ahead = _ahead(school, [name for name in working if name != behind])
    class_teacher, unit = _class_teacher(school.batch, set(working) - {behind, ahead})
    return Cast(
        administrator=_head(101, "Марина Орлова", "администратор журнала", Role.ADMINISTRATOR),
        director=_head(102, "Виктор Лапин", "директор", Role.DIRECTOR),
        deputy=_head(103, "Ольга Зимина", "завуч", Role.ADMINISTRATION),
        behind=_teacher(104, behind, f"учитель: {_subject(lessons, behind)}"),
        ahead=_teacher(105, ahead, f"учитель: {_subject(lessons, ahead)}"),
        class_teacher=_teacher(
            106, class_teacher, f"классный руководитель {unit}", Role.CLASS_TEACHER
        ),
        stranger=Persona(id=107, name="Тимур", role="посторонний"),
    )


def _head(number: int, name: str, words: str, role: Role) -> Part:
    return Part(persona=Persona(id=number, name=name, role=words), role=role, name=name)


def _teacher(number: int, name: str, words: str, role: Role = Role.TEACHER) -> Part:
    surname, first, *_ = name.split()
    persona = Persona(id=number, name=f"{first} {surname}", role=words)
    return Part(persona=persona, role=role, name=name, staff=True)


def _working(school: GeneratedSchool) -> set[str]:
    """Each once: of two names of one person the later line has the present one."""
    staff = {row.code: row.name for row in school.before.staff or [] if row.dismissed is None}
    return set(staff.values())


def _to_mend(code: str) -> bool:
    """Advice is nothing to mend."""
    rule = catalogue().get(code)
    return rule is not None and rule.severity is not Severity.ADVICE


def _behind(school: GeneratedSchool, working: list[str]) -> str:
    """Whose findings are several, with as many lessons left unfilled lately as can be."""
    truth = [one for one in school.truth if one.teacher and _to_mend(one.rule)]
    found = Counter(one.teacher for one in truth)
    lately = school.options.until - LATELY
    unfilled = [one for one in truth if one.rule[0] == "P" and (one.day or 0) > lately]
    fresh = Counter(one.teacher for one in unfilled)
    return min(working, key=lambda name: (found[name] not in SEVERAL, -fresh[name], name))


def _ahead(school: GeneratedSchool, working: list[str]) -> str:
    """Who has nothing to mend, and the most lessons of those."""
    found = Counter(one.teacher for one in school.truth if _to_mend(one.rule))
    return min(working, key=lambda name: found[name])


def _class_teacher(batch: Batch, free: set[str]) -> tuple[str, str]:
    """Who has the class hour is the class teacher; one from the middle of the school."""
    rows = [
        (row.teacher, row.class_unit) for row in batch.assignments or [] if row.subject == TALKS
    ]
    found = [pair for pair in rows if pair[0] in free] or rows
    return found[len(found) // 2]


def _subject(lessons: list[LessonRow], teacher: str) -> str:
    """«иностранный язык (английский)» is said without the brackets."""
    subjects = Counter(row.subject for row in lessons if row.teacher == teacher)
    return subjects.most_common(1)[0][0].lower().partition(" (")[0]
