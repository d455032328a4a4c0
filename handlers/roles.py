"""What the roles are called; the order is that of the buttons."""

from handlers.ports import words
from services.access import Role

ROLE_NAMES = {
    Role.TEACHER: words("Teacher"),
    Role.CLASS_TEACHER: words("Class teacher"),
    Role.ADMINISTRATION: words("Administration (deputy, head of a subject group)"),
    Role.DIRECTOR: words("Director"),
    Role.ADMINISTRATOR: words("Journal administrator"),
}
