"""What was asked and what became of it: in /faq and in the digest."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.consultation_job import ForgetQuestions
from bot.schedule import Due
from services.consultation.figures import consulted
from services.consultation.keeping import UnansweredState
from services.figures import Consulted
from services.ids import PersonId, SchoolId
from services.periods import Span
from services.schools import School
from services.week_view import Asked
from storage.database import Database
from tests.conftest import FrozenClock
from tests.handlers.conversation import Conversation
from tests.handlers.faq_steps import COLLEAGUE, KEY, TEACHER, Base, base_of

SCHOOL = SchoolId(1)
PAST = "Как поставить отметку за прошедшую дату?"


@pytest.fixture
async def base(talk: Conversation, database: Database) -> Base:
    return await base_of(talk, database)


async def week_of_questions(base: Base) -> None:
    """Two weeks: one question in the first, five in the second."""
    await base.ask(PAST)
    clock = base.database.clock
    assert isinstance(clock, FrozenClock)
    clock.move(days=7)
    helped = await base.ask(PAST)
    await base.talk.press(TEACHER, helped.buttons["Помогло"])
    not_helped = await base.ask(PAST, user=COLLEAGUE)
    await base.talk.press(COLLEAGUE, not_helped.buttons["Не помогло"])
    await base.ask("отметка")
    await base.ask(KEY)
    await base.ask("у кого ключ от спортзала")
    await base.ask("спасибо!")
    await base.ask("💡")


async def test_figures_tell_what_became_of_the_questions(base: Base) -> None:
    await week_of_questions(base)
    await base.type("/faq")
    shown = (await base.press("Цифры")).text

    assert "Вопросов за восемь недель: 6" in shown
    assert "Отвечено: 3 (50\u00a0%), помогло: 1 (17\u00a0%), передано: 3 (50\u00a0%)" in shown
    assert "23.11–29.11: 5, 2, 3\n16.11–22.11: 1, 1, 0\n09.11–15.11: 0, 0, 0" in shown
    assert "Отметки: 3" in shown
    assert f"3 · {PAST}" in shown
    assert f"2 · {KEY}" in shown
    assert len(shown) < 4000


async def test_figures_of_a_school_that_asked_nothing_are_noughts(base: Base) -> None:
    await base.type("/faq")
    assert (await base.press("Цифры")).text == "<b>Вопросов за восемь недель: 0</b>"


async def test_a_chosen_answer_counts_as_answered(base: Base) -> None:
    choices = await base.ask("отметка")
    await base.talk.press(TEACHER, next(iter(choices.buttons.values())))
    await base.type("/faq")
    assert "Отвечено: 1 (100\u00a0%)" in (await base.press("Цифры")).text


async def test_an_entry_that_is_no_longer_kept_is_in_no_list(
    base: Base, database: Database, clock: FrozenClock
) -> None:
    async with database.unit_of_work() as work:
        await work.consultations.record(
            SCHOOL, band="answer", text="старое", entry="nosuch", at=clock.now()
        )
    await base.type("/faq")
    shown = (await base.press("Цифры")).text
    assert "Вопросов за восемь недель: 1" in shown
    assert "Чаще всего" not in shown


async def test_the_digest_counts_seven_days_up_to_its_data(base: Base, clock: FrozenClock) -> None:
    await week_of_questions(base)
    clock.move(seconds=1)
    async with base.database.reading() as work:
        now = await consulted(work.consultations, SCHOOL, clock.now())
        before = await consulted(work.consultations, SCHOOL, datetime(2026, 11, 21, tzinfo=UTC))
    assert now == Consulted(asked=5, answered=2, helped=1, passed=3)
    assert before == Consulted(asked=1, answered=1)


def test_a_week_that_is_over_counts_to_its_end() -> None:
    zone = ZoneInfo("Europe/Moscow")
    monday = datetime(2026, 11, 16, tzinfo=zone)
    span = Span(monday.toordinal(), monday.toordinal() + 6)
    school = School(id=SCHOOL, name="", timezone="Europe/Moscow")
    friday = datetime(2026, 11, 20, 13, tzinfo=UTC)
    for as_of, until in (
        (friday, friday),
        (datetime(2026, 12, 1, tzinfo=UTC), datetime(2026, 11, 23, tzinfo=zone)),
    ):
        asked = Asked(school=school, span=span, as_of=as_of, today=0)
        assert asked.until == until


async def test_questions_in_words_are_forgotten_at_night_and_counts_stay(
    base: Base, database: Database, clock: FrozenClock
) -> None:
    await base.ask(PAST)
    await base.ask(KEY)
    job = ForgetQuestions(database)
    [due] = await job.due(clock.now())
    assert due == Due(SCHOOL, "2026-11-20")
    await job.run(due)
    assert len(await texts(database)) == 2

    clock.move(days=91)
    [due] = await job.due(clock.now())
    await job.run(due)

    assert await texts(database) == []
    async with database.reading() as work:
        assert await work.job_runs.done(job.name, due.school, due.period)
        assert [one.text for one in await work.backlog.waiting(SCHOOL)] == [KEY]
        kept = await work.consultations.rows(
            SCHOOL, datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
        )
    assert len(kept) == 2


async def test_what_nobody_asks_for_a_year_does_not_wait_any_more(
    base: Base, database: Database, clock: FrozenClock
) -> None:
    await base.ask(KEY)
    clock.move(days=366)
    job = ForgetQuestions(database)
    [due] = await job.due(clock.now())
    await job.run(due)
    async with database.reading() as work:
        assert await work.backlog.waiting(SCHOOL) == []


async def test_a_settled_question_is_forgotten_after_ninety_days(
    base: Base, database: Database, clock: FrozenClock
) -> None:
    await base.ask(KEY)
    async with database.unit_of_work() as work:
        [one] = await work.backlog.waiting(SCHOOL)
        await work.backlog.settle(SCHOOL, one.id, UnansweredState.DISMISSED)
    clock.move(days=91)
    async with database.unit_of_work() as work:
        now = clock.now()
        assert await work.backlog.forget(SCHOOL, settled=now, waiting=now) == 1
        assert await work.backlog.dismissed(SCHOOL) == []
        assert await work.backlog.release(one.id) == []


async def test_before_its_hour_the_night_is_still_yesterday_s(
    base: Base, database: Database
) -> None:
    job = ForgetQuestions(database)
    early, late = datetime(2026, 11, 24, 0, 30, tzinfo=UTC), datetime(2026, 11, 24, 1, tzinfo=UTC)
    assert [one.period for one in await job.due(early)] == ["2026-11-23"]
    assert [one.period for one in await job.due(late)] == ["2026-11-24"]
    assert base.at is None


async def test_the_asker_is_forgotten_with_the_answer(base: Base, database: Database) -> None:
    await base.ask(KEY)
    async with database.unit_of_work() as work:
        [one] = await work.backlog.waiting(SCHOOL)
        assert await work.backlog.release(one.id) == [PersonId(2)]
        assert await work.backlog.release(one.id) == []


async def texts(database: Database) -> list[str]:
    async with database.reading() as work:
        rows = await work.consultations.rows(
            SCHOOL, datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
        )
    return [one.text for one in rows if one.text]
