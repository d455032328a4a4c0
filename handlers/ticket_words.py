"""What a ticket's categories, people and places are called."""

from handlers.ports import Say, words
from services.helpdesk.settings import Category
from services.helpdesk.tickets import Place

CATEGORIES = {
    "no_access": words("No access"),
    "journal_down": words("The journal does not work"),
    "wrong_list": words("Wrong list of pupils"),
    "mark_topic": words("Mark or topic"),
    "timetable": words("Timetable, substitution"),
    "plan": words("Lesson plan"),
    "term_mark": words("Term mark"),
    "question": words("Question"),
    "other": words("Something else"),
}
_UNNAMED = CATEGORIES["other"]


def title_of(category: Category, say: Say) -> str:
    """The school's own title, or that of a shipped one."""
    return category.title or say(CATEGORIES.get(category.code, _UNNAMED))


def place_of(place: Place) -> str:
    """«5А, математика, 18.11»; «» for none."""
    day = f"{place.date:%d.%m}" if place.date else ""
    return ", ".join(part for part in (place.class_unit, place.subject, day) if part)
