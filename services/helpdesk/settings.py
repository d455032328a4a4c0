"""What a school may set at its help desk: categories with their targets, hours, replies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from services.helpdesk.hours import WorkingHours

HOUR = 60
DAY = 9 * HOUR
"""Minutes of a working day."""
QUESTION, OTHER = "question", "other"
HIGHEST = 3
YEAR = 365
PERIODS = (90, 180, YEAR, 3 * YEAR)
"""Days; the shortest is longer than a closed ticket may be opened again."""
FEW, MANY = 3, 10
"""People hit from which a ticket grows more pressing by one and by two steps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """``title`` is the school's own; a shipped one is said by its ``code`` while it is empty.

    ``priority`` 1 can wait, 2 is usual, 3 presses; ``answer`` and ``solution`` are targets in
    minutes of working time. A ``hidden`` one is not offered.
    """

    code: str
    title: str = ""
    priority: int = 2
    answer: int = 4 * HOUR
    solution: int = 2 * DAY
    hidden: bool = False


SHIPPED = (
    Category(code="no_access", priority=3, answer=HOUR, solution=DAY),
    Category(code="journal_down", priority=3, answer=HOUR // 2, solution=4 * HOUR),
    Category(code="wrong_list"),
    Category(code="mark_topic", answer=2 * HOUR, solution=DAY),
    Category(code="timetable"),
    Category(code="plan", priority=1, answer=DAY, solution=5 * DAY),
    Category(code="term_mark", priority=3, answer=HOUR, solution=DAY),
    Category(code=OTHER),
    Category(code=QUESTION, hidden=True),
)
"""In the order they are offered; a question passed on by the consultation is not offered."""


@dataclass(frozen=True, slots=True)
class CannedReply:
    """``title`` stands on the button; ``text`` may hold {номер}, {класс}, {предмет}, {срок}."""

    title: str
    text: str


REPLIES = (
    CannedReply(
        "Взяли в работу",
        "Здравствуйте! Обращение № {номер} взял в работу. Отвечу до {срок}.",
    ),
    CannedReply(
        "Нужен снимок экрана",
        "Пришлите, пожалуйста, снимок экрана с ошибкой по обращению № {номер}. "
        "Фамилии учеников закройте.",
    ),
    CannedReply(
        "Исправлено, проверьте",
        "По обращению № {номер} всё исправлено. Проверьте, пожалуйста, журнал ({класс}).",
    ),
    CannedReply(
        "Передали поставщику",
        "Обращение № {номер} передал поставщику журнала. Как только ответят, напишу.",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskSettings:
    """``hours`` None are those of a five-day or a six-day school, as its timetable shows.

    Words and files of a closed ticket are ``kept`` for so many days.
    """

    categories: Sequence[Category] = SHIPPED
    hours: WorkingHours | None = None
    replies: Sequence[CannedReply] = field(default=REPLIES)
    kept: int = YEAR

    def category(self, code: str) -> Category:
        """One that was taken away since goes on as «other» with its own code."""
        found = {one.code: one for one in self.categories}
        return found.get(code) or replace(found.get(OTHER, Category(code=OTHER)), code=code)

    @property
    def offered(self) -> Sequence[Category]:
        return [one for one in self.categories if not one.hidden]


def urgency(category: Category, people: int) -> int:
    """1, 2 or 3: the category's priority, raised by the number of different people hit."""
    return min(HIGHEST, category.priority + (people >= FEW) + (people >= MANY))


def to_plain(settings: DeskSettings) -> dict[str, Any]:
    """As JSON keeps it."""
    return {
        "categories": [
            {
                "code": one.code,
                "title": one.title,
                "priority": one.priority,
                "answer": one.answer,
                "solution": one.solution,
                "hidden": one.hidden,
            }
            for one in settings.categories
        ],
        "hours": settings.hours and list(settings.hours.week),
        "replies": [[one.title, one.text] for one in settings.replies],
        "kept": settings.kept,
    }


def from_plain(kept: Mapping[str, Any]) -> DeskSettings:
    week = kept["hours"]
    return DeskSettings(
        categories=[Category(**one) for one in kept["categories"]],
        hours=WorkingHours(tuple(tuple(one) if one else None for one in week)) if week else None,
        replies=[CannedReply(*one) for one in kept["replies"]],
        kept=kept.get("kept", YEAR),
    )
