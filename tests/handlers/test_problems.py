"""/problem: from the first word to a number."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update
from teremok import MockUser

from services.helpdesk.tickets import State
from storage.database import Database
from storage.schema.journal import relations
from storage.schema.people import people
from tests.conftest import FrozenClock
from tests.handlers.conversation import Conversation, Staff, written
from tests.handlers.desk import COLLEAGUE, OWNER, SCHOOL, SECOND, STRANGER, TEACHER, Desk, said, to

TEXT = "В 5А пропал список <учеников>"


@pytest.fixture
async def desk(talk: Conversation, database: Database, clock: FrozenClock) -> Desk:
    made = Desk(talk, database, clock)
    await made.people()
    return made


async def test_a_problem_gets_a_number_in_four_steps(desk: Desk) -> None:
    [asked] = to(await desk.tell(TEACHER, "/problem"), TEACHER)
    assert "О чём обращение" in asked.text
    told = await desk.press(TEACHER, asked.buttons["Не тот список"])
    words = said(told, TEACHER, "своими словами")
    assert list(words.buttons) == ["Назад", "Отмена"]
    [review] = to(await desk.tell(TEACHER, TEXT), TEACHER)
    assert "Не тот список" in review.text
    assert "&lt;учеников&gt;" in review.text

    told = await desk.press(TEACHER, review.buttons["Отправить"])

    assert "№ 1" in said(told, TEACHER, "Номер обращения").text
    assert "принято" in said(told, TEACHER, "Передал администратору").text
    for administrator in (OWNER, SECOND):
        [card] = to(told, administrator)
        assert "№ 1" in card.text
        assert "Ким Олег" in card.text
        assert "&lt;учеников&gt;" in card.text
        assert {"Взять", "Ответить", "Решено"} <= set(card.buttons)
    assert not to(told, COLLEAGUE)


async def test_numbers_count_on_within_the_school(desk: Desk) -> None:
    await desk.opened()
    desk.clock.move(minutes=2)
    told = await desk.opened(COLLEAGUE)
    assert "№ 2" in said(told, COLLEAGUE, "Номер обращения").text


async def test_the_author_s_number_answers_the_words_themselves(desk: Desk) -> None:
    await desk.tell(TEACHER, "/problem")
    await desk.press(TEACHER, "tc:wrong_list")
    words = written(TEXT, MockUser(TEACHER))
    await desk.send(words)
    told = await desk.press(TEACHER, "tp:s:-1:1")
    assert said(told, TEACHER, "Передал администратору").reply_to == words.message_id


async def test_words_may_come_before_the_category(desk: Desk) -> None:
    await desk.tell(TEACHER, "/problem")
    [asked] = to(await desk.tell(TEACHER, TEXT), TEACHER)
    assert "О чём обращение" in asked.text
    told = await desk.press(TEACHER, asked.buttons["КТП"])
    assert "пропал список" in said(told, TEACHER, "КТП").text


async def test_further_words_are_added_and_shown(desk: Desk) -> None:
    await desk.tell(TEACHER, "/problem")
    await desk.press(TEACHER, "tc:other")
    await desk.tell(TEACHER, "Первое")
    [review] = to(await desk.tell(TEACHER, "второе"), TEACHER)
    assert "Первое второе" in review.text


async def test_every_step_can_be_left(desk: Desk) -> None:
    for steps in (["/problem"], ["/problem", "tc:plan"], ["/problem", "tc:plan", TEXT]):
        for step in steps:
            told = await (
                desk.press(TEACHER, step) if step.startswith("tc:") else desk.tell(TEACHER, step)
            )
        last = to(told, TEACHER)[-1]
        left = await desk.press(TEACHER, last.buttons["Отмена"])
        assert "не отправил" in said(left, TEACHER, "обращение").text
    async with desk.database.reading() as work:
        assert not await work.tickets.list(SCHOOL, list(State))


async def test_a_command_ends_the_draft(desk: Desk) -> None:
    await desk.tell(TEACHER, "/problem")
    await desk.tell(TEACHER, "/help")
    told = await desk.press(TEACHER, "tc:plan")
    assert "Эта кнопка" in to(told, None)[-1].text


async def test_back_leads_through_the_steps(desk: Desk) -> None:
    await desk.tell(TEACHER, "/problem")
    await desk.press(TEACHER, "tc:plan")
    [review] = to(await desk.tell(TEACHER, TEXT), TEACHER)
    told = await desk.press(TEACHER, review.buttons["Назад"])
    categories = said(told, TEACHER, "О чём обращение")
    told = await desk.press(TEACHER, categories.buttons["Нет доступа"])
    assert "Нет доступа" in said(told, TEACHER, "пропал список").text


async def test_a_photo_counts_with_its_caption_and_warns(desk: Desk) -> None:
    await desk.tell(TEACHER, "/problem")
    await desk.press(TEACHER, "tc:mark_topic")
    [review] = to(await desk.photo(TEACHER, caption="Не видно темы"), TEACHER)
    assert "фамилий учеников" in review.text
    assert "Не видно темы" in review.text
    assert "1 файл" in review.text

    told = await desk.press(TEACHER, review.buttons["Отправить"])

    assert [one.file for one in to(told, OWNER) if one.file] == ["a"]
    assert "№ 1" in next(one.text for one in to(told, OWNER) if one.file)


async def test_a_voice_needs_no_words(desk: Desk) -> None:
    await desk.tell(TEACHER, "/problem")
    await desk.press(TEACHER, "tc:mark_topic")
    [asked] = to(await desk.voice(TEACHER), TEACHER)
    told = await desk.press(TEACHER, asked.buttons["Без слов"])
    told = await desk.press(TEACHER, said(told, TEACHER, "Отметка").buttons["Отправить"])
    assert [one.file for one in to(told, OWNER) if one.file] == ["v"]


async def test_an_empty_draft_is_not_sent(desk: Desk) -> None:
    await desk.tell(TEACHER, "/problem")
    await desk.press(TEACHER, "tc:mark_topic")
    told = await desk.press(TEACHER, "tp:s:-1:1")
    assert "ничего из этого нет" in to(told, None)[-1].text


async def test_parts_of_an_album_are_answered_once(desk: Desk) -> None:
    await desk.tell(TEACHER, "/problem")
    await desk.press(TEACHER, "tc:mark_topic")
    first = await desk.photo(TEACHER, "a", caption="Три снимка", media_group_id="7")
    more = await desk.photo(TEACHER, "b", media_group_id="7")
    again = await desk.photo(TEACHER, "b", media_group_id="7")
    assert len(to(first, TEACHER)) == 1
    assert not to(more, TEACHER)
    assert not to(again, TEACHER)
    told = await desk.press(TEACHER, "tp:s:-1:1")
    late = await desk.photo(TEACHER, "c", media_group_id="7")
    doubled = await desk.photo(TEACHER, "c", media_group_id="7")
    assert [one.file for one in to(told, OWNER) if one.file] == ["a", "b"]
    assert [one.file for one in to(late, OWNER) if one.file] == ["c"]
    assert not to(doubled, OWNER)


async def test_words_mended_before_sending_go_out_mended(desk: Desk) -> None:
    await desk.tell(TEACHER, "/problem")
    await desk.press(TEACHER, "tc:other")
    words = written("нет тмы", MockUser(TEACHER))
    await desk.send(words)
    await desk.edit(words, "нет темы")
    told = await desk.press(TEACHER, "tp:s:-1:1")
    assert "нет темы" in said(told, OWNER, "№ 1").text


async def test_a_likely_answer_may_end_it_without_a_ticket(desk: Desk) -> None:
    await desk.tell(TEACHER, "/problem")
    await desk.press(TEACHER, "tc:mark_topic")
    question = "Как поставить отметку за прошедшую дату?"
    [review] = to(await desk.tell(TEACHER, question), TEACHER)
    assert "Возможно, ответ уже есть" in review.text
    shown = said(await desk.press(TEACHER, review.buttons[question]), TEACHER, question)
    told = await desk.press(TEACHER, shown.buttons["Это помогло"])
    assert "Рад, что помогло" in said(told, TEACHER, "помогло").text
    assert not to(told, OWNER)
    since, until = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
    async with desk.database.reading() as work:
        [count] = await work.consultations.counts(SCHOOL, since, until)
    assert (count.asked, count.helped) == (1, 1)


async def test_the_sixth_ticket_in_a_minute_goes_on_in_the_last(desk: Desk) -> None:
    for number in range(5):
        await desk.opened(text=f"Беда {number}")
    told = await desk.opened(text="Беда шестая")
    assert "№ 5" in said(told, TEACHER, "ничего не потеряется").text
    assert "Беда шестая" in said(told, OWNER, "Ким Олег").text
    desk.clock.move(minutes=2)
    told = await desk.opened(text="Беда седьмая")
    assert "№ 6" in said(told, TEACHER, "Номер обращения").text


async def test_a_stranger_opens_nothing(desk: Desk) -> None:
    [refused] = to(await desk.tell(STRANGER, "/problem"), STRANGER)
    assert "О чём" not in refused.text


async def test_calling_the_administrator_under_an_answer_is_a_ticket_at_once(desk: Desk) -> None:
    question = "Как поставить отметку за прошедшую дату?"
    [shown] = to(await desk.tell(TEACHER, question), TEACHER)
    told = await desk.press(TEACHER, shown.buttons["Позвать администратора"])
    assert "№ 1" in said(told, TEACHER, "Передал администратору: №").text
    assert question in said(told, OWNER, "№ 1").text
    again = await desk.press(TEACHER, shown.buttons["Позвать администратора"])
    assert "№ 1" in said(again, TEACHER, "Передал администратору: №").text
    assert not to(again, OWNER)


async def test_a_category_that_is_not_offered_is_something_else(desk: Desk) -> None:
    await desk.tell(TEACHER, "/problem")
    await desk.press(TEACHER, "tc:hack")
    [review] = to(await desk.tell(TEACHER, TEXT), TEACHER)
    assert "<b>Другое</b>" in review.text


async def test_an_answer_that_is_not_there_any_more_is_said(desk: Desk) -> None:
    await desk.tell(TEACHER, "/problem")
    await desk.press(TEACHER, "tc:plan")
    await desk.tell(TEACHER, TEXT)
    told = await desk.press(TEACHER, "tp:a:7:1")
    assert "успел измениться" in said(told, TEACHER, "ответ").text
    told = await desk.press(TEACHER, "tp:h:7:1")
    assert "Рад, что помогло" in said(told, TEACHER, "помогло").text


async def test_own_classes_and_days_are_offered_and_stand_on_the_card(
    full: Database, clock: FrozenClock, staff: Staff
) -> None:
    desk = Desk(Conversation(full, clock, staff), full, clock)
    await desk.people(into=SCHOOL)
    slots = relations["timetable_slots"]
    async with full.unit_of_work() as work:
        some = select(slots.c.staff).where(slots.c.staff.is_not(None)).limit(1)
        line = (await work.connection.execute(some)).scalar_one()
        own = update(people).where(people.c.user == TEACHER).values(staff=line)
        await work.connection.execute(own)

    await desk.tell(TEACHER, "/problem")
    await desk.press(TEACHER, "tc:mark_topic")
    [asked] = to(await desk.tell(TEACHER, TEXT), TEACHER)
    assert "Какой класс и предмет" in asked.text
    place = next(iter(asked.buttons))
    [days] = to(await desk.press(TEACHER, asked.buttons[place]), TEACHER)
    assert "Какой день" in days.text
    [back] = to(await desk.press(TEACHER, days.buttons["Назад"]), TEACHER)
    assert list(back.buttons) == list(asked.buttons)
    await desk.press(TEACHER, asked.buttons[place])
    day = next(iter(days.buttons))
    [review] = to(await desk.press(TEACHER, days.buttons[day]), TEACHER)
    told = await desk.press(TEACHER, review.buttons["Отправить"])

    assert f"{place.replace(' · ', ', ')}, {day}" in said(told, OWNER, "№ 1").text
