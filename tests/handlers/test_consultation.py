"""Questions in own words: answers, choices, what is passed on, the base by topic."""

from datetime import timedelta

import pytest
from sqlalchemy import insert
from teremok import MockMessagePhoto, MockUser

from services.consultation.entries import Audience
from services.consultation.keeping import Edit, EntryCount
from services.ids import SchoolId
from storage.database import Database
from storage.schema.journal import rule_passports
from tests.conftest import FrozenClock
from tests.handlers.conversation import Conversation, Said, group, written
from tests.handlers.steps import invite_teacher

SCHOOL = SchoolId(1)
OWNER, TEACHER, STRANGER = 1, 5, 9
PAST = "как поставить отметку за прошлую дату"
UNKNOWN = "где взять ключ от спортзала"
HELPED, NOT_HELPED, CALL = "Помогло", "Не помогло", "Позвать администратора"


@pytest.fixture
async def school(talk: Conversation) -> Conversation:
    """A school with its administrator and one teacher."""
    await talk.set_up()
    await talk.tell(OWNER, "Школа № 12")
    await talk.tell(TEACHER, f"/start {await invite_teacher(talk, 'Ким Олег Викторович')}")
    return talk


async def answer(talk: Conversation, text: str, *, user: int = TEACHER) -> Said:
    said = [one for one in await talk.tell(user, text) if one.chat == user]
    assert len(said) == 1
    return said[0]


async def waiting(database: Database) -> list[tuple[str, int]]:
    async with database.reading() as work:
        return [(one.text, one.count) for one in await work.backlog.waiting(SCHOOL)]


async def test_a_question_is_answered_with_its_section(school: Conversation) -> None:
    said = await answer(school, PAST)

    section, question, *rest = said.text.splitlines()
    assert section == "<i>Отметки</i>"
    assert question == "<b>Как поставить отметку за прошедшую дату?</b>"
    assert rest[-1] == "Правило T3: пункт положения школы пока не внесён"
    assert list(said.buttons) == [HELPED, NOT_HELPED, CALL]
    assert said.reply_to is not None


async def test_an_answer_shows_the_clause_of_the_school_s_own_act(
    school: Conversation, database: Database, clock: FrozenClock
) -> None:
    row = {
        "school": SCHOOL,
        "rule": "T2",
        "version": 1,
        "enabled": 1,
        "severity": "minor",
        "clause": "п. 3.4 <Положения>",
        "thresholds": "{}",
        "changed_at": clock.now(),
    }
    async with database.unit_of_work() as work:
        await work.connection.execute(insert(rule_passports).values(row))

    said = await answer(school, PAST)

    assert "Основание правила T2: п. 3.4 &lt;Положения&gt;" in said.text


async def test_a_doubtful_question_gets_three_buttons(school: Conversation) -> None:
    said = await answer(school, "отметка")

    *choices, call = said.buttons
    assert len(choices) == 3
    assert call == CALL

    [shown] = await school.press(TEACHER, said.buttons[choices[0]])
    assert f"<b>{choices[0]}</b>" in shown.text
    assert list(shown.buttons) == [HELPED, NOT_HELPED, CALL]


async def test_what_is_not_known_is_said_and_passed_on_without_a_name(
    school: Conversation, database: Database
) -> None:
    said = await school.tell(TEACHER, UNKNOWN)
    again = await school.tell(TEACHER, f"Здравствуйте, {UNKNOWN}?")

    [mine] = [one for one in said if one.chat == TEACHER]
    [card] = [one for one in said if one.chat == OWNER]
    assert "передал вопрос администратору" in mine.text
    assert UNKNOWN in card.text
    assert "Ким" not in card.text
    [renewed] = [one for one in again if one.chat == OWNER]
    assert "(2 раза)" in renewed.text
    assert await waiting(database) == [(f"Здравствуйте, {UNKNOWN}?", 2)]


async def test_an_administrator_s_own_question_rings_nobody(
    school: Conversation, database: Database
) -> None:
    [said] = await school.tell(OWNER, UNKNOWN)

    assert said.chat == OWNER
    assert await waiting(database) == [(UNKNOWN, 1)]


@pytest.mark.parametrize("text", ["Здравствуйте!", "💡", "ок", "?"])
async def test_what_asks_nothing_is_answered_and_not_passed_on(
    school: Conversation, database: Database, text: str
) -> None:
    said = await answer(school, text)

    assert "Спросите меня об электронном журнале" in said.text
    assert await waiting(database) == []


async def test_an_answer_that_did_not_help_is_passed_on_once(
    school: Conversation, database: Database
) -> None:
    said = await answer(school, PAST)

    first = await school.press(TEACHER, said.buttons[NOT_HELPED])
    await school.press(TEACHER, said.buttons[NOT_HELPED])
    called = await school.press(TEACHER, said.buttons[CALL])

    [mine] = [one for one in first if one.chat == TEACHER]
    assert "Вопрос у администратора" in mine.text
    assert "Как поставить отметку за урок?" in mine.buttons
    assert "Как поставить отметку за прошедшую дату?" not in mine.buttons
    assert any("Передал администратору: № 1" in one.text for one in called)
    assert await waiting(database) == [(PAST, 1)]


async def test_the_log_counts_by_entry_and_names_nobody(
    school: Conversation, database: Database, clock: FrozenClock
) -> None:
    for button in (HELPED, HELPED, NOT_HELPED):
        said = await answer(school, PAST)
        await school.press(TEACHER, said.buttons[button])

    day = timedelta(days=1)
    async with database.reading() as work:
        counts = await work.consultations.counts(SCHOOL, clock.now() - day, clock.now() + day)
        bands = await work.consultations.bands(SCHOOL, clock.now() - day, clock.now() + day)
    assert counts == [EntryCount(entry="marks-past-date", asked=3, helped=2, not_helped=1)]
    assert bands == {"answer": 3}


async def test_a_stranger_is_answered_from_public_entries_only(
    school: Conversation, database: Database
) -> None:
    public = await answer(school, "Забыли логин или пароль от дневника", user=STRANGER)
    staff = await answer(school, PAST, user=STRANGER)
    unknown = await answer(school, UNKNOWN, user=STRANGER)

    assert "<b>Забыли логин или пароль от дневника" in public.text
    async with database.reading() as work:
        entries = await work.knowledge.entries(SCHOOL, Audience.PUBLIC)
    assert "за прошедшую дату" not in staff.text
    assert set(staff.buttons) - {CALL} <= {one.question for one in entries}
    assert "передал" not in unknown.text
    assert "ссылку-приглашение" in unknown.text


async def test_a_stranger_does_not_ring_the_administrator(school: Conversation) -> None:
    said = await school.tell(STRANGER, UNKNOWN)
    assert {one.chat for one in said} == {STRANGER}


async def test_before_there_is_a_school_everybody_is_answered(talk: Conversation) -> None:
    said = await answer(talk, PAST, user=STRANGER)
    assert "не знаю" in said.text


async def test_an_entry_of_the_staff_cannot_be_pressed_open_by_a_stranger(
    school: Conversation,
) -> None:
    for data in ("qc:1:marks-past-date", "qe:marks-past-date:1"):
        [said] = await school.press(STRANGER, data)
        assert said.text == "Этой статьи больше нет."


async def test_a_changed_base_is_searched_at_once(
    school: Conversation, database: Database, clock: FrozenClock
) -> None:
    assert "<b>" not in (await answer(school, UNKNOWN)).text
    async with database.unit_of_work() as work:
        edit = Edit(by=None, at=clock.now())
        assert await work.knowledge.add_alias(SCHOOL, "marks-put", UNKNOWN, edit)

    assert "<b>" in (await answer(school, UNKNOWN)).text


async def test_the_base_is_browsed_by_topic_and_back(school: Conversation) -> None:
    [topics] = await school.tell(TEACHER, "/ask")
    [section] = await school.press(TEACHER, topics.buttons["Отметки"])
    assert section.text == "<b>Отметки</b>"
    [second] = await school.press(TEACHER, section.buttons["›"])
    question = next(iter(second.buttons))
    [entry] = await school.press(TEACHER, second.buttons[question])
    assert f"<b>{question}</b>" in entry.text
    [back] = await school.press(TEACHER, entry.buttons["Назад"])
    assert back.buttons == second.buttons
    [top] = await school.press(TEACHER, back.buttons["Назад"])
    assert top.buttons == topics.buttons


async def test_a_topic_shows_nobody_more_than_they_may_read(school: Conversation) -> None:
    topics = [set((await school.tell(user, "/ask"))[0].buttons) for user in (STRANGER, TEACHER, 1)]
    offer = "Предложить ответ"
    assert [offer in one for one in topics] == [False, True, False]
    assert topics[0] < topics[1] - {offer} < topics[2]


async def test_ask_with_words_is_a_question(school: Conversation) -> None:
    [said] = await school.tell(TEACHER, f"/ask {PAST}")
    assert "<b>Как поставить отметку за прошедшую дату?</b>" in said.text


async def test_a_caption_is_a_question_too(school: Conversation) -> None:
    photo = MockMessagePhoto(user=MockUser(TEACHER)).model_copy(update={"caption": PAST})
    [said] = await school.send(photo)
    assert "<b>Как поставить отметку за прошедшую дату?</b>" in said.text


async def test_in_a_bound_group_only_a_mention_is_a_question(school: Conversation) -> None:
    await school.press(OWNER, "bd:b", chat=group())

    assert not await school.tell(TEACHER, PAST, chat=group())
    [said] = await school.tell(TEACHER, f"@test_bot {PAST}", chat=group())
    [by_command] = await school.tell(TEACHER, f"/ask {PAST}", chat=group())

    assert "<b>Как поставить отметку за прошедшую дату?</b>" in said.text
    assert by_command.text == said.text


async def test_a_thousand_signs_of_markup_stay_text(school: Conversation) -> None:
    said = await answer(school, "<b>" * 1000 + PAST)
    assert said.reply_to is not None
    message = written("' OR 1=1; DROP TABLE schools --", MockUser(TEACHER))
    assert await school.send(message)
