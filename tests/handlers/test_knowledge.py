"""«В базу ответов»: what a ticket taught is kept for the next who asks."""

import pytest

from services.helpdesk.personal import Suspicion, suspicions
from storage.database import Database
from tests.conftest import FrozenClock
from tests.handlers.conversation import Conversation
from tests.handlers.desk import COLLEAGUE, OWNER, SCHOOL, TEACHER, Desk, said, to

QUESTION = "Как исправить тему урока после закрытия четверти?"
ANSWER = "Откройте урок, нажмите карандаш и сохраните новую тему."


@pytest.fixture
async def desk(talk: Conversation, database: Database, clock: FrozenClock) -> Desk:
    made = Desk(talk, database, clock)
    await made.people()
    return made


async def answered(desk: Desk, question: str = QUESTION, answer: str = ANSWER) -> None:
    await desk.opened(TEACHER, question)
    await desk.press(OWNER, "tk:r:1")
    await desk.tell(OWNER, answer)


async def own_entries(desk: Desk) -> list[tuple[str, str]]:
    async with desk.database.reading() as work:
        kept = await work.knowledge.kept(SCHOOL)
    return [(one.entry.question, one.entry.answer) for one in kept if one.origin is None]


async def test_a_closed_ticket_becomes_an_answer_in_two_presses(desk: Desk) -> None:
    await answered(desk)
    [card] = to(await desk.press(OWNER, "tk:c:1"), OWNER)[-1:]
    [preview] = to(await desk.press(OWNER, card.buttons["В базу ответов"]), OWNER)
    assert QUESTION in preview.text
    assert ANSWER in preview.text
    assert "Проверьте" not in preview.text
    assert await own_entries(desk) == []

    [kept] = to(await desk.press(OWNER, preview.buttons["Сохранить новым ответом"]), OWNER)

    assert QUESTION in kept.text
    assert await own_entries(desk) == [(QUESTION, ANSWER)]
    found = await desk.tell(COLLEAGUE, "как исправить тему урока после закрытия четверти")
    assert ANSWER in said(found, COLLEAGUE, "карандаш").text


async def test_both_texts_are_edited_before_they_are_kept(desk: Desk) -> None:
    await answered(desk, "Петрова Анна, 5А №17, почему нет списка?")
    [preview] = to(await desk.press(OWNER, "tb:b:1"), OWNER)
    assert "похоже на:</b> имя человека, номер ученика" in preview.text
    assert "Имён нет, сохранить" in preview.buttons

    [asked] = to(await desk.press(OWNER, preview.buttons["Изменить вопрос"]), OWNER)
    assert "<code>Петрова Анна" in asked.text
    [preview] = to(await desk.tell(OWNER, "Почему нет списка класса?"), OWNER)
    assert "Проверьте" not in preview.text
    [asked] = to(await desk.press(OWNER, preview.buttons["Изменить ответ"]), OWNER)
    [preview] = to(await desk.tell(OWNER, "Список появится после приказа."), OWNER)
    await desk.press(OWNER, preview.buttons["Сохранить новым ответом"])

    assert await own_entries(desk) == [
        ("Почему нет списка класса?", "Список появится после приказа.")
    ]


async def test_what_does_not_fit_is_asked_for_again(desk: Desk) -> None:
    await answered(desk)
    await desk.press(OWNER, "tb:b:1")
    await desk.press(OWNER, "tb:q:1")
    [refused] = to(await desk.tell(OWNER, "!!!"), OWNER)
    assert "В базу ответов" not in refused.text
    [preview] = to(await desk.tell(OWNER, "Как открыть журнал?"), OWNER)
    assert "Как открыть журнал?" in preview.text
    await desk.press(OWNER, "tb:a:1")
    await desk.tell(OWNER, "я" * 3000)
    [back] = to(await desk.press(OWNER, "tb:s:1"), OWNER)
    assert ANSWER in back.text


async def test_the_question_becomes_another_wording_of_an_answer(desk: Desk) -> None:
    await answered(desk, "Пароль от журнала забыл, что делать?")
    await desk.press(OWNER, "tb:b:1")
    [offered] = to(await desk.press(OWNER, "tb:m:1"), OWNER)
    assert "Какой ответ это уже говорит" in offered.text
    choice = next(data for data in offered.buttons.values() if data.startswith("te:"))
    entry = choice.split(":")[2]

    await desk.press(OWNER, choice)

    async with desk.database.reading() as work:
        kept = await work.knowledge.get(SCHOOL, entry)
    assert kept is not None
    assert "Пароль от журнала забыл, что делать?" in kept.entry.aliases
    assert await own_entries(desk) == []


async def test_a_ticket_without_an_answer_teaches_nothing_yet(desk: Desk) -> None:
    await desk.opened()
    told = await desk.press(OWNER, "tb:b:1")
    assert "пока нечего взять" in told[-1].text
    await desk.photo(TEACHER, "x")
    told = await desk.press(OWNER, "tb:k:9")
    assert "№ 9 нет" in told[-1].text


async def test_buttons_of_an_older_preview_begin_from_the_ticket(desk: Desk) -> None:
    await answered(desk)
    await desk.press(OWNER, "tb:k:1")
    assert await own_entries(desk) == [(QUESTION, ANSWER)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Почему у меня нет списка класса?", []),
        ("В журнале Сетевой Город не видно темы", []),
        ("У Петровой не стоит отметка", [Suspicion.NAME]),
        ("Сидоренко не в списке", [Suspicion.NAME]),
        ("Иванова М. П. не видит класс", [Suspicion.NAME]),
        ("спросите М.П. Иванову", [Suspicion.NAME]),
        ("Мария Петровна не может войти", [Suspicion.NAME]),
        ("у Олеговича нет класса", [Suspicion.NAME]),
        ("звоните +7 (912) 345-67-89", [Suspicion.PHONE]),
        ("мой номер 89123456789", [Suspicion.PHONE]),
        ("пишите на ivanova@school.ru", [Suspicion.ADDRESS]),
        ("мой телеграм @ivanova_maria", [Suspicion.ADDRESS]),
        ("5А №17 без отметки", [Suspicion.PUPIL]),
        ("у 7 «Б», № 3 точка", [Suspicion.PUPIL]),
        ("урок 3, кабинет 12, 20.11.2026", []),
    ],
)
def test_what_looks_personal_is_noticed(text: str, found: list[Suspicion]) -> None:
    assert suspicions(text) == found
