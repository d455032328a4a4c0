"""Admission, roles in time, two schools, the setup code."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.collaborators import for_people
from services.access import Actor, Capability, NotAllowedError, Role
from services.entrance import CodeRefusedError
from services.ids import ChatId, PersonId, SchoolId, StaffId
from services.invitations import UnfitNameError, UnknownStaffError, hash_code
from services.people import Newcomer, UserId
from services.pins import WrongPinError
from services.schools import UnfitSettingError
from storage.database import Database
from tests.conftest import FrozenClock
from tests.handlers.conversation import QUICK, Staff

TEACHER = Newcomer(user=UserId(5), name="Ким Олег")


class Services:
    """Everything for people, over the test's database."""

    def __init__(self, database: Database, clock: FrozenClock) -> None:
        made = for_people(database, clock=clock, staff=Staff(), hasher=QUICK)
        self.people, self.setup, self.entrance = made["people"], made["setup"], made["entrance"]
        self.invitations, self.pins, self.settings = (
            made["invitations"],
            made["pins"],
            made["school_settings"],
        )
        self.binding = made["binding"]


@pytest.fixture
def services(database: Database, clock: FrozenClock) -> Services:
    return Services(database, clock)


@pytest.fixture
async def school(database: Database, clock: FrozenClock) -> SchoolId:
    async with database.unit_of_work() as work:
        return await work.schools.add(name="Школа", timezone="Europe/Moscow", at=clock.now())


async def admit(
    database: Database, school: SchoolId, role: Role, newcomer: Newcomer = TEACHER
) -> PersonId:
    async with database.unit_of_work() as work:
        now = database.clock.now()
        person = await work.people.admit(newcomer, school=school, staff=None, at=now)
        await work.people.give(person, role, given_by=None, at=now)
        return person


def acting(school: SchoolId, person: PersonId, role: Role) -> Actor:
    return Actor(chat=ChatId(5), person=person, school=school, roles=frozenset({role}))


async def test_roles_given_twice_are_held_once(
    services: Services, database: Database, school: SchoolId
) -> None:
    await admit(database, school, Role.TEACHER)
    await admit(database, school, Role.TEACHER)
    await admit(database, school, Role.CLASS_TEACHER)

    known = await services.people.recognise(user=UserId(5), chat=ChatId(5))

    assert known.actor.roles == {Role.TEACHER, Role.CLASS_TEACHER}


async def test_somebody_without_a_role_has_a_stranger_s_rights(
    services: Services, database: Database, school: SchoolId
) -> None:
    async with database.unit_of_work() as work:
        await work.people.admit(TEACHER, school=school, staff=None, at=database.clock.now())

    known = await services.people.recognise(user=UserId(5), chat=ChatId(5))

    assert known.actor.roles == {Role.STRANGER}
    assert not known.actor.may(Capability.STAFF_QUESTIONS)


async def test_the_latest_admission_decides_between_two_schools(
    services: Services, database: Database, school: SchoolId, clock: FrozenClock
) -> None:
    await admit(database, school, Role.TEACHER)
    clock.move(minutes=1)
    async with database.unit_of_work() as work:
        other = await work.schools.add(name="", timezone="Asia/Omsk", at=clock.now())
    await admit(database, other, Role.DIRECTOR)

    known = await services.people.recognise(user=UserId(5), chat=ChatId(5))

    assert (known.actor.school, known.actor.roles) == (other, {Role.DIRECTOR})
    assert known.zone == "Asia/Omsk"


async def test_people_of_another_school_are_out_of_reach(
    services: Services, database: Database, school: SchoolId, clock: FrozenClock
) -> None:
    person = await admit(database, school, Role.TEACHER)
    async with database.unit_of_work() as work:
        other = await work.schools.add(name="", timezone="Asia/Omsk", at=clock.now())
    stranger = acting(other, PersonId(99), Role.DIRECTOR)

    with pytest.raises(NotAllowedError):
        await services.people.revoke(stranger, person)
    assert await services.people.list(stranger) == []


async def test_only_a_member_chooses_a_language(
    services: Services, database: Database, school: SchoolId
) -> None:
    person = await admit(database, school, Role.TEACHER)
    await services.people.speak(acting(school, person, Role.TEACHER), "en")

    known = await services.people.recognise(user=UserId(5), chat=ChatId(5))
    assert known.actor.language == "en"
    with pytest.raises(NotAllowedError):
        await services.people.speak(Actor(chat=ChatId(9)), "en")


async def test_a_made_setup_code_is_told_once(services: Services) -> None:
    code = await services.setup.prepare()

    assert code is not None
    assert await services.setup.prepare() is None
    assert (await services.entrance.enter(code, TEACHER)).role is Role.ADMINISTRATOR
    assert await services.setup.prepare() is None


async def test_a_configured_code_replaces_one_not_used_yet(services: Services) -> None:
    made = await services.setup.prepare()
    assert await services.setup.prepare("from-settings") is None

    with pytest.raises(CodeRefusedError):
        await services.entrance.enter(made, TEACHER)
    assert (await services.entrance.enter("from-settings", TEACHER)).first


async def test_a_new_configured_code_opens_nothing_after_the_first_owner(
    services: Services,
) -> None:
    await services.setup.prepare("first")
    await services.entrance.enter("first", TEACHER)

    await services.setup.prepare("second")

    for code in ("first", "second"):
        with pytest.raises(CodeRefusedError):
            await services.entrance.enter(code, Newcomer(user=UserId(6), name=""))


async def test_the_owner_joins_a_school_that_an_import_made(
    services: Services, school: SchoolId
) -> None:
    await services.setup.prepare("code")

    welcome = await services.entrance.enter("code", TEACHER)

    assert welcome.school == "Школа"
    known = await services.people.recognise(user=UserId(5), chat=ChatId(5))
    assert known.actor.school == school


@pytest.mark.parametrize("role", [Role.STRANGER, Role.PUPIL, Role.DISTRICT])
async def test_some_roles_are_given_by_no_link(
    services: Services, database: Database, school: SchoolId, role: Role
) -> None:
    person = await admit(database, school, Role.DIRECTOR)

    with pytest.raises(NotAllowedError):
        await services.invitations.issue(acting(school, person, Role.DIRECTOR), role=role)


async def test_an_actor_without_a_person_issues_no_link(
    services: Services, school: SchoolId
) -> None:
    nobody = replace(acting(school, PersonId(1), Role.DIRECTOR), person=None)

    with pytest.raises(NotAllowedError):
        await services.invitations.issue(nobody, role=Role.TEACHER)


async def test_a_link_needs_a_person_of_the_list_or_a_fit_name(
    services: Services, database: Database, school: SchoolId
) -> None:
    director = acting(school, await admit(database, school, Role.DIRECTOR), Role.DIRECTOR)

    with pytest.raises(UnknownStaffError):
        await services.invitations.issue(director, role=Role.TEACHER, staff=StaffId(77))
    with pytest.raises(UnfitNameError):
        await services.invitations.issue(director, role=Role.TEACHER, name="И" * 101)


async def test_two_people_racing_for_a_link_are_let_in_once(
    services: Services, database: Database, school: SchoolId
) -> None:
    director = acting(school, await admit(database, school, Role.DIRECTOR), Role.DIRECTOR)
    issued = await services.invitations.issue(director, role=Role.TEACHER)

    async with database.unit_of_work() as work:
        hashed = hash_code(issued.code)
        assert await work.invitations.use(hashed, TEACHER, database.clock.now())
        assert not await work.invitations.use(hashed, TEACHER, database.clock.now())


async def test_a_school_stays_in_a_zone_that_exists(
    services: Services, database: Database, school: SchoolId
) -> None:
    role = Role.ADMINISTRATOR
    actor = acting(school, await admit(database, school, role), role)

    with pytest.raises(UnfitSettingError):
        await services.settings.move_zone(actor, "Mars/Phobos")


async def test_the_pin_of_a_replaced_hash_does_not_fit(
    services: Services, database: Database, school: SchoolId, clock: FrozenClock
) -> None:
    role = Role.ADMINISTRATOR
    actor = acting(school, await admit(database, school, role), role)
    await services.pins.enter(actor, "4071")
    async with database.unit_of_work() as work:
        pin = await work.pins.get(PersonId(1))
        assert pin is not None
        assert pin.fresh_until == clock.now() + timedelta(minutes=10)
        await work.pins.put(replace(pin, hash="not an argon2 hash"))

    with pytest.raises(WrongPinError):
        await services.pins.enter(actor, "4071")


async def test_leaving_a_group_that_was_never_bound_changes_nothing(
    services: Services, database: Database, school: SchoolId
) -> None:
    director = acting(school, await admit(database, school, Role.DIRECTOR), Role.DIRECTOR)
    await services.binding.left(ChatId(-100))
    await services.binding.moved(ChatId(-100), ChatId(-200))
    await services.binding.unbind(replace(director, chat=ChatId(-100), in_group=True))

    async with database.reading() as work:
        assert await work.audit.list(school) == []
