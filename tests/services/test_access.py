"""The access table, and what a group takes away."""

import pytest

from services.access import (
    IN_BOUND_GROUP,
    IN_FOREIGN_GROUP,
    TABLE,
    Actor,
    Capability,
    NotAllowedError,
    Role,
    demand,
)
from services.ids import ChatId, SchoolId

DIRECTOR = Actor(chat=ChatId(1), school=SchoolId(1), roles=frozenset({Role.DIRECTOR}))


STAFF = {
    Role.TEACHER,
    Role.CLASS_TEACHER,
    Role.ADMINISTRATION,
    Role.DIRECTOR,
    Role.ADMINISTRATOR,
    Role.DISTRICT,
}
HEADS = {Role.ADMINISTRATION, Role.DIRECTOR, Role.ADMINISTRATOR}
OWNERS = {Role.DIRECTOR, Role.ADMINISTRATOR}
WRITTEN_DOWN = {
    Capability.PUBLIC_QUESTIONS: set(Role),
    Capability.STAFF_QUESTIONS: STAFF,
    Capability.EDIT_QUESTIONS: {Role.ADMINISTRATOR},
    Capability.SUGGEST_QUESTIONS: {Role.TEACHER, Role.CLASS_TEACHER, Role.ADMINISTRATION},
    Capability.OWN_FINDINGS: {Role.TEACHER, Role.CLASS_TEACHER, Role.ADMINISTRATOR},
    Capability.CLASS_FIGURES: {Role.CLASS_TEACHER},
    Capability.SCHOOL_FIGURES: HEADS,
    Capability.TEACHER_FIGURES: HEADS,
    Capability.WEEKLY_DIGEST: HEADS,
    Capability.ANALYSES: HEADS,
    Capability.PREPARE_ANALYSES: {Role.ADMINISTRATOR},
    Capability.DECIDE_ANALYSES: {Role.DIRECTOR, Role.ADMINISTRATION},
    Capability.INVITE_TEACHER: OWNERS,
    Capability.INVITE_ANY: OWNERS,
    Capability.BIND_CHAT: OWNERS,
    Capability.IMPORT: {Role.ADMINISTRATOR},
    Capability.ROSTER: {Role.ADMINISTRATOR},
    Capability.SETTINGS: {Role.ADMINISTRATOR},
    Capability.RULES: OWNERS,
    Capability.PEOPLE: OWNERS,
    Capability.HEALTH: {Role.ADMINISTRATOR},
    Capability.OPEN_TICKET: STAFF - {Role.DISTRICT},
    Capability.CLOSE_OWN_TICKET: {Role.TEACHER, Role.CLASS_TEACHER, Role.ADMINISTRATOR},
    Capability.SEE_TICKETS: HEADS,
    Capability.ANSWER_TICKETS: {Role.ADMINISTRATOR},
    Capability.ANSWER_CLAIMS: {Role.ADMINISTRATOR},
    Capability.SILENCES: {Role.ADMINISTRATOR},
    Capability.REMINDERS: STAFF - {Role.DISTRICT},
    Capability.OUTAGES: {Role.ADMINISTRATOR},
    Capability.DECISIONS: HEADS,
    Capability.OWN_DECISIONS: STAFF - {Role.DISTRICT},
    Capability.DUTIES: OWNERS,
    Capability.KEEP_DUTIES: {Role.ADMINISTRATOR},
    Capability.MY_DATA: set(Role) - {Role.STRANGER},
}
"""Written a second time on purpose: a slip in the table must not pass as its own proof."""


def test_the_table_is_the_one_that_was_decided() -> None:
    assert TABLE == WRITTEN_DOWN


def test_groups_lend_what_was_decided() -> None:
    assert {Capability.BIND_CHAT} == IN_FOREIGN_GROUP
    assert {
        Capability.BIND_CHAT,
        Capability.PUBLIC_QUESTIONS,
        Capability.STAFF_QUESTIONS,
        Capability.SCHOOL_FIGURES,
        Capability.WEEKLY_DIGEST,
    } == IN_BOUND_GROUP


@pytest.mark.parametrize("capability", Capability)
def test_a_bound_group_lends_only_its_own_rights(capability: Capability) -> None:
    there = Actor(
        chat=ChatId(-1),
        school=SchoolId(1),
        roles=frozenset(Role),
        group=ChatId(-1),
        in_group=True,
    )
    assert there.may(capability) == (capability in IN_BOUND_GROUP)


@pytest.mark.parametrize("capability", Capability)
def test_a_foreign_group_lends_nothing_but_binding(capability: Capability) -> None:
    there = Actor(chat=ChatId(-1), school=SchoolId(1), roles=frozenset(Role), in_group=True)
    assert there.may(capability) == (capability in IN_FOREIGN_GROUP)


def test_a_right_is_demanded_with_the_school() -> None:
    assert demand(DIRECTOR, Capability.BIND_CHAT) == SchoolId(1)


@pytest.mark.parametrize(
    "actor",
    [
        Actor(chat=ChatId(1), roles=frozenset({Role.DIRECTOR})),
        Actor(chat=ChatId(1), school=SchoolId(1), roles=frozenset({Role.TEACHER})),
    ],
    ids=["no school", "no role"],
)
def test_whoever_lacks_either_is_refused(actor: Actor) -> None:
    with pytest.raises(NotAllowedError):
        demand(actor, Capability.BIND_CHAT)
