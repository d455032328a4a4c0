"""Who may do what: roles, capabilities and the one table that joins them (default deny)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from services.errors import DomainError
from services.ids import ChatId, PersonId, SchoolId, StaffId


class Role(StrEnum):
    STRANGER = "stranger"
    PUPIL = "pupil"
    TEACHER = "teacher"
    CLASS_TEACHER = "class_teacher"
    ADMINISTRATION = "administration"
    DIRECTOR = "director"
    ADMINISTRATOR = "administrator"
    DISTRICT = "district"


class Capability(StrEnum):
    """What a use case demands; issues to come add theirs here with a row in TABLE."""

    PUBLIC_QUESTIONS = "public_questions"
    STAFF_QUESTIONS = "staff_questions"
    EDIT_QUESTIONS = "edit_questions"
    SUGGEST_QUESTIONS = "suggest_questions"
    OWN_FINDINGS = "own_findings"
    CLASS_FIGURES = "class_figures"
    SCHOOL_FIGURES = "school_figures"
    TEACHER_FIGURES = "teacher_figures"
    WEEKLY_DIGEST = "weekly_digest"
    ANALYSES = "analyses"
    PREPARE_ANALYSES = "prepare_analyses"
    DECIDE_ANALYSES = "decide_analyses"
    INVITE_TEACHER = "invite_teacher"
    INVITE_ANY = "invite_any"
    BIND_CHAT = "bind_chat"
    IMPORT = "import"
    ROSTER = "roster"
    SETTINGS = "settings"
    RULES = "rules"
    PEOPLE = "people"
    OPEN_TICKET = "open_ticket"
    CLOSE_OWN_TICKET = "close_own_ticket"
    SEE_TICKETS = "see_tickets"
    ANSWER_TICKETS = "answer_tickets"
    ANSWER_CLAIMS = "answer_claims"
    OUTAGES = "outages"
    SILENCES = "silences"
    REMINDERS = "reminders"
    DECISIONS = "decisions"
    OWN_DECISIONS = "own_decisions"
    DUTIES = "duties"
    KEEP_DUTIES = "keep_duties"
    MY_DATA = "my_data"
    HEALTH = "health"


_EVERYBODY = frozenset(Role)
_STAFF = _EVERYBODY - {Role.STRANGER, Role.PUPIL}
_HEADS = frozenset({Role.ADMINISTRATION, Role.DIRECTOR, Role.ADMINISTRATOR})
_OWNERS = frozenset({Role.DIRECTOR, Role.ADMINISTRATOR})
_ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})

TABLE: Mapping[Capability, frozenset[Role]] = {
    Capability.PUBLIC_QUESTIONS: _EVERYBODY,
    Capability.STAFF_QUESTIONS: _STAFF,
    Capability.EDIT_QUESTIONS: _ADMINISTRATOR,
    Capability.SUGGEST_QUESTIONS: frozenset(
        {Role.TEACHER, Role.CLASS_TEACHER, Role.ADMINISTRATION}
    ),
    Capability.OWN_FINDINGS: frozenset({Role.TEACHER, Role.CLASS_TEACHER, Role.ADMINISTRATOR}),
    Capability.CLASS_FIGURES: frozenset({Role.CLASS_TEACHER}),
    Capability.SCHOOL_FIGURES: _HEADS,
    Capability.TEACHER_FIGURES: _HEADS,
    Capability.WEEKLY_DIGEST: _HEADS,
    Capability.ANALYSES: _HEADS,
    Capability.PREPARE_ANALYSES: _ADMINISTRATOR,
    Capability.DECIDE_ANALYSES: frozenset({Role.DIRECTOR, Role.ADMINISTRATION}),
    Capability.INVITE_TEACHER: _OWNERS,
    Capability.INVITE_ANY: _OWNERS,
    Capability.BIND_CHAT: _OWNERS,
    Capability.IMPORT: _ADMINISTRATOR,
    Capability.ROSTER: _ADMINISTRATOR,
    Capability.SETTINGS: _ADMINISTRATOR,
    Capability.RULES: _OWNERS,
    Capability.PEOPLE: _OWNERS,
    Capability.HEALTH: _ADMINISTRATOR,
    Capability.OPEN_TICKET: _STAFF - {Role.DISTRICT},
    Capability.CLOSE_OWN_TICKET: frozenset({Role.TEACHER, Role.CLASS_TEACHER, Role.ADMINISTRATOR}),
    Capability.SEE_TICKETS: _HEADS,
    Capability.ANSWER_TICKETS: _ADMINISTRATOR,
    Capability.ANSWER_CLAIMS: _ADMINISTRATOR,
    Capability.OUTAGES: _ADMINISTRATOR,
    Capability.SILENCES: _ADMINISTRATOR,
    Capability.REMINDERS: _STAFF - {Role.DISTRICT},
    Capability.DECISIONS: _HEADS,
    Capability.OWN_DECISIONS: _STAFF - {Role.DISTRICT},
    Capability.DUTIES: _OWNERS,
    Capability.KEEP_DUTIES: _ADMINISTRATOR,
    Capability.MY_DATA: _EVERYBODY - {Role.STRANGER},
}

IN_FOREIGN_GROUP = frozenset({Capability.BIND_CHAT})
"""What a group that is not bound to the actor's school lends: only the offer to bind it."""

IN_BOUND_GROUP = IN_FOREIGN_GROUP | {
    Capability.PUBLIC_QUESTIONS,
    Capability.STAFF_QUESTIONS,
    Capability.SCHOOL_FIGURES,
    Capability.WEEKLY_DIGEST,
}
"""What a bound group (an administration chat) lends to whoever writes there; all else is denied."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who is acting, already recognised: a stranger has neither school nor roles.

    ``group`` is the group where the action happens if it is bound to the actor's school (for a
    stranger, to any); ``in_group`` is true in any group, so one that is not bound is never taken
    for a private chat.
    """

    chat: ChatId
    person: PersonId | None = None
    school: SchoolId | None = None
    staff: StaffId | None = None
    roles: frozenset[Role] = frozenset({Role.STRANGER})
    group: ChatId | None = None
    in_group: bool = False
    language: str = "ru"

    def may(self, capability: Capability) -> bool:
        """In a group the lesser of the person's and the group's rights holds."""
        if not self.roles & TABLE[capability]:
            return False
        if self.group is not None:
            return capability in IN_BOUND_GROUP
        return not self.in_group or capability in IN_FOREIGN_GROUP


class NotAllowedError(DomainError):
    """The person (or the chat) has no right to this."""

    key = "errors/not-allowed"


def demand(actor: Actor, capability: Capability) -> SchoolId:
    """The actor's school, or NotAllowedError: the first line of every use case."""
    if actor.school is None or not actor.may(capability):
        raise NotAllowedError(capability=capability.value)
    return actor.school
