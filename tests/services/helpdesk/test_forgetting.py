"""Whoever asks to be forgotten: who may, and what is left of their tickets."""

from dataclasses import replace

import pytest

from bot.collaborators import for_people
from services.access import NotAllowedError
from services.helpdesk import group_cards
from services.helpdesk.tickets import Event, Said, State
from services.helpdesk.topics import QueueGroup
from services.ids import ChatId
from services.privacy import Privacy
from storage.database import Database
from storage.staff import StoredStaff
from tests.conftest import FrozenClock
from tests.services.helpdesk.setting import ONE, Setting, set_up


@pytest.fixture
async def setting(database: Database, clock: FrozenClock) -> Setting:
    return await set_up(database, clock)


@pytest.fixture
def privacy(database: Database, clock: FrozenClock) -> Privacy:
    provided = for_people(database, clock=clock, staff=StoredStaff(database))["privacy"]
    assert isinstance(provided, Privacy)
    return provided


async def test_a_closed_ticket_loses_its_words_and_is_not_closed_again(
    setting: Setting, privacy: Privacy
) -> None:
    await setting.open(text="Беда")
    await setting.desk["life"].close(setting.actors["owner"], ONE)
    await privacy.forget(setting.actors["teacher"])
    assert [one.text for one in await setting.messages()] == [""]
    async with setting.database.reading() as work:
        events = [one.what for one in await work.tickets.events(setting.school, ONE)]
    assert events.count(Event.CLOSED) == 1
    assert events[-1] is Event.ERASED


async def test_whoever_was_dismissed_earlier_is_forgotten_in_that_school_too(
    setting: Setting, privacy: Privacy, clock: FrozenClock
) -> None:
    other = await set_up(setting.database, clock)
    await other.open(text="Давняя беда")
    gone = other.actors["teacher"].person
    assert gone is not None
    async with setting.database.unit_of_work() as work:
        await work.people.revoke(other.school, gone, clock.now())
    await privacy.forget(setting.actors["teacher"])
    assert [one.text for one in await other.messages()] == [""]
    assert (await other.ticket()).state is State.CLOSED


async def test_whoever_is_not_admitted_has_no_data(setting: Setting, privacy: Privacy) -> None:
    nobody = replace(setting.actors["teacher"], person=None)
    await privacy.forget(setting.actors["teacher"])
    for actor in (nobody, setting.actors["teacher"]):
        for ask in (privacy.mine, privacy.ensure_may_go, privacy.forget):
            with pytest.raises(NotAllowedError):
                await ask(actor)


async def test_no_topic_is_made_anew_where_none_was(setting: Setting) -> None:
    await setting.open()
    ticket = await setting.ticket()
    group = QueueGroup(school=setting.school, chat=ChatId(-100), topics=True)
    put = []

    class Groups:
        async def get(self, _: object) -> QueueGroup:
            return group

        async def topic(self, *_: object) -> None:
            return None

    class Outbox:
        async def put(self, letter: object) -> None:
            put.append(letter)

    class Work:
        queue_groups, outbox = Groups(), Outbox()

    await group_cards.begin_anew(Work(), ticket)  # type: ignore[arg-type]  # no more is asked for
    assert put == []


async def test_another_author_s_ticket_goes_on_without_the_rating_s_words(
    setting: Setting, privacy: Privacy
) -> None:
    await setting.open(text="Первое")
    setting.clock.move(minutes=5)
    two = await setting.open("colleague", text="То же")
    await setting.desk["merging"].merge(setting.actors["owner"], two, ONE)
    await setting.desk["relay"].add(setting.actors["colleague"], ONE, Said(text="И ещё"))
    await privacy.forget(setting.actors["colleague"])
    assert [one.text for one in await setting.messages()] == ["Первое", ""]
    assert (await setting.ticket()).state is not State.CLOSED
