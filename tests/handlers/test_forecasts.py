"""«Прогноз»: asked for under /status, sent before a term ends."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from bot.forecasts import TermAhead
from storage.database import Database
from tests.conftest import FrozenClock
from tests.filled import SCHOOL
from tests.handlers.conversation import Conversation, Staff
from tests.handlers.desk import DEPUTY, NAMES, TEACHER, Desk, Told, to

ENDS = date(2026, 12, 30).toordinal()


@pytest.fixture
async def desk(full: Database, clock: FrozenClock, staff: Staff) -> Desk:
    """A generated school on Friday the 20th of November, 16:00."""
    made = Desk(Conversation(full, clock, staff), full, clock)
    await made.people(names=NAMES, into=SCHOOL)
    return made


async def tick(desk: Desk) -> list[Told]:
    start = len(desk.told)
    job = TermAhead(desk.database, desk.talk.provided["forecasts"])
    for due in await job.due(desk.clock.now()):
        async with desk.database.reading() as work:
            if await work.job_runs.done(job.name, due.school, due.period):
                continue
        await job.run(due)
    await desk.deliver()
    return desk.told[start:]


def days(desk: Desk) -> Iterator[int]:
    """Each day from tomorrow to the end of the term, days left."""
    while True:
        desk.clock.move(days=1)
        left = ENDS - desk.clock.now().date().toordinal()
        if left < 0:
            return
        yield left


async def test_status_leads_to_the_forecast_and_to_a_class(desk: Desk) -> None:
    [status] = to(await desk.tell(DEPUTY, "/status"), DEPUTY)
    [shown] = to(await desk.press(DEPUTY, status.buttons["Прогноз"]), DEPUTY)
    assert "<b>2 четверть</b>, до 30.12" in shown.text
    assert "При таком темпе отметок не хватит" in shown.text
    assert "Если доберут, как в прошлом периоде, останется" in shown.text
    name, press = next(iter(shown.buttons.items()))
    [one] = to(await desk.press(DEPUTY, press), DEPUTY)
    unit = name.split(" ·", maxsplit=1)[0]
    assert f"<b>{unit}</b>" in one.text
    assert f"{unit} №" in one.text
    assert (
        "Прогноз на конец периода"
        in to(await desk.press(DEPUTY, one.buttons["Назад"]), DEPUTY)[0].text
    )


async def test_a_class_that_is_not_there_is_an_empty_page(desk: Desk) -> None:
    [one] = to(await desk.press(DEPUTY, "fo:987654:1"), DEPUTY)
    assert "Здесь, скорее всего, всего хватит." in one.text


async def test_the_heads_hear_of_it_two_weeks_one_and_three_days_before(desk: Desk) -> None:
    assert await tick(desk) == []
    heard = {left: told for left in days(desk) if (told := to(await tick(desk), DEPUTY))}
    assert list(heard) == [14, 7, 3]
    assert all(len(told) == 1 for told in heard.values())
    assert "До конца периода 14 дней" in heard[14][0].text
    assert await tick(desk) == []


async def test_teachers_hear_nothing_of_it(desk: Desk) -> None:
    desk.clock.moment += timedelta(days=ENDS - 3 - date(2026, 11, 20).toordinal())
    told = await tick(desk)
    assert to(told, DEPUTY)
    assert not to(told, TEACHER)


async def test_before_any_data_there_is_nothing_to_foresee(
    talk: Conversation, database: Database, clock: FrozenClock
) -> None:
    desk = Desk(talk, database, clock)
    await desk.people()
    [shown] = to(await desk.press(DEPUTY, "fo:0:1"), DEPUTY)
    assert "пока нет данных" in shown.text


async def test_in_the_holidays_no_term_runs(desk: Desk) -> None:
    found = await desk.talk.provided["forecasts"].of(SCHOOL, date(2026, 10, 29).toordinal())
    assert found.as_of
    assert not found.terms
