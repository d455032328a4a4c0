"""The weekly digest by a clock that is moved: once a week, caught up once, silent in holidays."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from aiogram.methods import SendDocument, SendMessage, SendPhoto
from sqlalchemy import select

from bot.digest_job import weekly_digest
from bot.digest_presenting import DigestPresenter
from bot.figures import for_figures
from bot.render import NBSP, Reader, Renderer
from bot.schedule import Schedule
from services.access import Role
from services.binding import BoundChat
from services.digest_schedule import JOB
from services.ids import ChatId, PersonId, SchoolId
from services.outgoing import Letter
from services.people import Newcomer, People, UserId
from services.schools import DigestTime
from storage.database import Database
from storage.letters import Sent
from storage.schema.process import outbox
from tests.conftest import FrozenClock
from tests.filled import SCHOOL, generated, load

RENDERER = Renderer()
GROUP = ChatId(-100)
ADMINISTRATOR, DIRECTOR, TEACHER = UserId(1), UserId(2), UserId(3)


class Stage:
    """A school's schedule with what it wrote to the outbox."""

    def __init__(self, database: Database, clock: FrozenClock) -> None:
        self.database, self.clock = database, clock
        people = People(unit_of_work=database.unit_of_work, reading=database.reading, clock=clock)
        provided = for_figures(database, clock=clock, people=people, renderer=RENDERER)
        self.letters = provided["digests"]
        self.presenter = DigestPresenter(self.letters, RENDERER)
        job = weekly_digest(database, clock, self.letters)
        self.schedule = Schedule(database=database, clock=clock, jobs=[job], pause=0.0)

    async def people(self) -> None:
        async with self.database.unit_of_work() as work:
            for user, role in (
                (ADMINISTRATOR, Role.ADMINISTRATOR),
                (DIRECTOR, Role.DIRECTOR),
                (TEACHER, Role.TEACHER),
            ):
                newcomer = Newcomer(user=user, name=f"Имя{user}")
                now = self.clock.now()
                person = await work.people.admit(newcomer, school=SCHOOL, staff=None, at=now)
                await work.people.give(person, role, given_by=None, at=now)

    async def bind(self, by: int = 1, topic: int | None = None) -> None:
        bound = BoundChat(
            school=SCHOOL,
            chat=GROUP,
            title="",
            topic=topic,
            bound_by=PersonId(by),
            bound_at=self.clock.now(),
        )
        async with self.database.unit_of_work() as work:
            await work.bound_chats.put(bound)

    async def at(self, moment: str, *, ticks: int = 3) -> None:
        """The clock shows a moment in Moscow."""
        self.clock.moment = datetime.fromisoformat(f"{moment}+03:00").astimezone(UTC)
        for _ in range(ticks):
            await self.schedule.tick()

    async def written(self) -> Sequence[Letter]:
        async with self.database.reading() as work:
            found = (await work.connection.execute(select(outbox).order_by(outbox.c.id))).all()
        return [
            Letter(
                school=SchoolId(row.school),
                chat=ChatId(row.chat),
                kind=row.kind,
                view=json.loads(row.view),
                card=row.card,
            )
            for row in found
        ]

    async def kinds(self) -> Counter[tuple[int, str]]:
        return Counter((letter.chat, letter.kind) for letter in await self.written())

    async def calls(self, letter: Letter) -> Sequence[Any]:
        return await self.presenter.kinds()[letter.kind](letter, Reader())


@pytest.fixture
async def stage(full: Database, clock: FrozenClock) -> Stage:
    """A school whose digest of the week before was sent."""
    made = Stage(full, clock)
    await made.people()
    await made.bind()
    async with full.unit_of_work() as work:
        assert await work.job_runs.claim(JOB, SCHOOL, "2026-W46")
    return made


@pytest.fixture
async def empty(database: Database, clock: FrozenClock) -> Stage:
    """A school that has loaded nothing yet."""
    clock.moment = datetime(2026, 10, 5, 6, tzinfo=UTC)
    async with database.unit_of_work() as work:
        await work.schools.add(name="", timezone="Europe/Moscow", at=clock.now())
    made = Stage(database, clock)
    await made.people()
    await made.bind()
    return made


async def test_the_group_and_the_director_get_it_once_a_week(stage: Stage) -> None:
    await stage.at("2026-11-20 15:59")
    assert not await stage.kinds()
    await stage.at("2026-11-20 16:00")
    await stage.at("2026-11-22 23:00")
    assert await stage.kinds() == {(GROUP, "digest/week"): 1, (DIRECTOR, "digest/week"): 1}


async def test_without_a_group_it_comes_privately(full: Database, clock: FrozenClock) -> None:
    stage = Stage(full, clock)
    await stage.people()
    await stage.at("2026-11-20 16:30")
    assert await stage.kinds() == {
        (ADMINISTRATOR, "digest/week"): 1,
        (DIRECTOR, "digest/week"): 1,
    }


@pytest.mark.parametrize("back", ["2026-11-20 17:00", "2026-11-22 16:00", "2026-11-26 09:00"])
async def test_a_missed_friday_is_sent_once_for_its_own_week(stage: Stage, back: str) -> None:
    await stage.at(back)
    [first, *_] = await stage.written()
    [message, *_] = await stage.calls(first)
    assert "неделя 16.11–22.11" in message.text
    assert max((await stage.kinds()).values()) == 1


async def test_weeks_of_silence_are_caught_up_by_one_digest(stage: Stage) -> None:
    await stage.at("2026-12-12 10:00")
    assert await stage.kinds() == {(GROUP, "digest/no-data"): 1, (DIRECTOR, "digest/no-data"): 1}


async def test_a_clock_set_back_brings_no_second_one(stage: Stage) -> None:
    await stage.at("2026-11-20 16:00")
    await stage.at("2026-11-20 14:00")
    await stage.at("2026-11-20 16:00")
    assert set((await stage.kinds()).values()) == {1}


async def test_an_asked_for_digest_does_not_replace_the_scheduled_one(stage: Stage) -> None:
    asked = await stage.letters.latest(SCHOOL)
    await stage.at("2026-11-20 16:00")
    assert {letter.view["digest"] for letter in await stage.written()} == {asked.id}


async def test_the_hour_is_that_of_the_school_s_own_zone_and_setting(stage: Stage) -> None:
    async with stage.database.unit_of_work() as work:
        school = await work.schools.get(SCHOOL)
        await work.schools.save(
            replace(school, timezone="Asia/Vladivostok", digest=DigestTime(4, 22))
        )
    await stage.at("2026-11-20 15:00", ticks=1)
    assert await stage.kinds()


async def test_a_zone_with_summer_time_has_one_digest_in_the_week_of_the_change(
    stage: Stage,
) -> None:
    async with stage.database.unit_of_work() as work:
        school = await work.schools.get(SCHOOL)
        await work.schools.save(replace(school, timezone="Europe/Berlin", digest=DigestTime(6, 2)))
    stage.clock.moment = datetime(2027, 3, 27, 22, tzinfo=UTC)
    for _ in range(16):
        await stage.schedule.tick()
        stage.clock.move(minutes=30)
    assert set((await stage.kinds()).values()) == {1}


async def test_early_in_a_week_the_digest_tells_of_the_week_before(stage: Stage) -> None:
    async with stage.database.unit_of_work() as work:
        school = await work.schools.get(SCHOOL)
        await work.schools.save(replace(school, digest=DigestTime(0, 8)))
    await stage.at("2026-11-23 08:00")
    [message, *_] = await stage.calls((await stage.written())[0])
    assert "неделя 16.11–22.11" in message.text


async def test_nothing_is_caught_up_from_before_the_school_was_there(
    database: Database, clock: FrozenClock
) -> None:
    clock.moment = datetime(2026, 11, 23, 6, tzinfo=UTC)
    async with database.unit_of_work() as work:
        await work.schools.add(name="", timezone="Europe/Moscow", at=clock.now())
    stage = Stage(database, clock)
    await stage.people()
    await stage.schedule.tick()
    assert not await stage.kinds()


async def test_without_data_one_line_says_what_to_send(empty: Stage) -> None:
    await empty.at("2026-10-09 16:00")
    [letter, *_] = await empty.written()
    [call] = await empty.calls(letter)
    assert "05.10–11.10" in call.text
    assert "нет данных" in call.text
    assert set((await empty.kinds()).values()) == {1}


async def test_holidays_are_told_of_once(empty: Stage) -> None:
    batch = generated().batch
    until = date(2026, 10, 9).toordinal()
    lessons = [one for one in batch.lessons or [] if one.day <= until]
    marks = [one for one in batch.marks or [] if one.day <= until]
    codes = [one for one in batch.attendance or [] if one.day <= until]
    await load(
        empty.database,
        empty.clock,
        replace(batch, lessons=lessons, marks=marks, attendance=codes),
    )
    await empty.at("2027-01-08 16:00")
    [letter, *_] = await empty.written()
    [call] = await empty.calls(letter)
    assert call.text == "На этой неделе каникулы, сводки нет; следующая – 15.01 16:00."
    await empty.at("2027-07-02 16:00")
    await empty.at("2027-07-09 16:00")
    [*_, last] = [one for one in await empty.written() if one.chat == GROUP]
    [call] = await empty.calls(last)
    assert call.text == "На этой неделе каникулы, сводки нет."
    assert await empty.kinds() == {
        (GROUP, "digest/holidays"): 2,
        (DIRECTOR, "digest/holidays"): 2,
    }


async def test_the_letter_is_a_message_a_picture_and_a_file_in_the_group_s_topic(
    stage: Stage,
) -> None:
    await stage.bind(topic=7)
    await stage.at("2026-11-20 16:00")
    [letter] = [one for one in await stage.written() if one.chat == GROUP]
    calls = await stage.calls(letter)
    assert [type(call) for call in calls] == [SendMessage, SendPhoto, SendDocument]
    assert {call.message_thread_id for call in calls} == {7}
    assert len(calls[0].text.splitlines()) <= 25
    assert "данные на 20.11 16:00" in calls[0].text.replace(NBSP, " ")


async def test_a_chat_unbound_after_the_letter_was_written_gets_nothing(stage: Stage) -> None:
    await stage.at("2026-11-20 16:00")
    [letter] = [one for one in await stage.written() if one.chat == GROUP]
    async with stage.database.unit_of_work() as work:
        await work.bound_chats.drop(GROUP)
    assert not await stage.calls(letter)


async def test_a_line_instead_of_the_digest_is_not_sent_to_an_unbound_chat(empty: Stage) -> None:
    await empty.at("2026-10-09 16:00")
    [letter] = [one for one in await empty.written() if one.chat == GROUP]
    async with empty.database.unit_of_work() as work:
        await work.bound_chats.drop(GROUP)
    assert not await empty.calls(letter)


async def test_an_acknowledgement_is_shown_wherever_the_digest_stands(stage: Stage) -> None:
    await stage.at("2026-11-20 16:00")
    [letter] = [one for one in await stage.written() if one.chat == GROUP]
    async with stage.database.aside() as work:
        await work.outbox.sent([Sent(row=1, letter=letter, step=1, last=False, message="77")])
    director = (await stage.letters.people.recognise(user=DIRECTOR, chat=ChatId(DIRECTOR))).actor
    await stage.letters.accept(director, letter.view["digest"])
    [card] = [one for one in await stage.written() if one.kind == "digest/card"]
    [call] = await stage.calls(card)
    assert (card.chat, card.card) == (GROUP, letter.card)
    assert "Приняли: 1" in call.text
    assert "Имя2 20.11 16:00" in call.text


async def test_the_picture_and_the_file_are_made_once_for_all_chats(stage: Stage) -> None:
    await stage.at("2026-11-20 16:00")
    made = [await stage.calls(letter) for letter in await stage.written()]
    assert len(made) == 2
    assert made[0][1].photo.data is made[1][1].photo.data
