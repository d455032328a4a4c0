"""A finding's life in conversation: its teacher, the administrators, the imports."""

import pytest
from aiogram.methods import SendMessage
from sqlalchemy import update

from services.access import Role
from services.ids import SchoolId
from storage.database import Database
from storage.schema.people import people
from tests.conftest import FrozenClock
from tests.handlers.conversation import Conversation, Staff
from tests.handlers.desk import OWNER, SECOND, TEACHER, Desk, Told, said, to
from tests.services.claims.ground import Ground

NAMES = {
    OWNER: ("Орлова Анна", Role.ADMINISTRATOR),
    SECOND: ("Петров Пётр", Role.ADMINISTRATOR),
    TEACHER: ("Ким Олег", Role.TEACHER),
}


@pytest.fixture
async def ground(database: Database, clock: FrozenClock) -> Ground:
    made = Ground(database, clock)
    await made.begin()
    return made


@pytest.fixture
async def desk(ground: Ground, staff: Staff) -> Desk:
    talk = Conversation(ground.database, ground.clock, staff)
    async with ground.database.unit_of_work() as work:
        for user, (name, _) in NAMES.items():
            of = (people.c.school == SchoolId(1)) & (people.c.user == user)
            await work.connection.execute(update(people).where(of).values(name=name))
    return Desk(talk, ground.database, ground.clock)


async def card(desk: Desk, what: str) -> Told:
    """The card of the teacher's finding whose button says ``what``."""
    [own] = to(await desk.tell(TEACHER, "/my"), TEACHER)
    why = next(data for label, data in own.buttons.items() if what in label)
    [found] = to(await desk.press(TEACHER, why), TEACHER)
    return found


async def press(desk: Desk, shown: Told, label: str, user: int = TEACHER) -> Told:
    """What a press shows in the same chat."""
    return to(await desk.press(user, shown.buttons[label]), user)[-1]


async def alert(desk: Desk, user: int, data: str) -> str:
    return to(await desk.press(user, data), None)[-1].text


async def disputed(desk: Desk, words: str = "") -> list[Told]:
    asked = await press(desk, await card(desk, "17.11"), "Не согласен")
    if words:
        return await desk.tell(TEACHER, words)
    return await desk.press(TEACHER, asked.buttons["Урока не было"])


async def checked(desk: Desk, ground: Ground) -> list[Told]:
    await ground.check()
    start = len(desk.told)
    await desk.deliver()
    return to(desk.told[start:], TEACHER)


async def test_mended_is_one_press_and_can_be_taken_back(desk: Desk) -> None:
    first = await card(desk, "17.11")
    said_so = await press(desk, first, "Исправлено")
    assert "Вы отметили 20.11 16:01, что исправлено" in said_so.text
    assert list(said_so.buttons) == ["Отозвать", "Прошу помощи", "Назад"]
    [own] = to(await desk.tell(TEACHER, "/my"), TEACHER)
    assert "17.11 · урок 1 · Математика · Нет домашнего задания · отмечено исправленным" in (
        own.text.replace("<i>", "").replace("</i>", "")
    )
    taken = await press(desk, said_so, "Отозвать")
    assert taken.text == first.text
    assert taken.buttons == first.buttons
    assert "уже отозвал" in await alert(desk, TEACHER, said_so.buttons["Отозвать"])


async def test_the_next_import_thanks_or_tells_kindly_in_one_letter(
    desk: Desk, ground: Ground
) -> None:
    for on in ("17.11", "18.11"):
        await press(desk, await card(desk, on), "Исправлено")
    await ground.mend("17.11")
    [letter] = await checked(desk, ground)
    assert "Спасибо! Исправлено 1 замечание" in letter.text
    assert "✓ P3 · 5А · 17.11 · урок 1 · Математика" in letter.text
    assert "в файле ещё видно 1 замечание" in letter.text
    assert "• 18.11.2026; урок 1; тема «Дроби»; задания нет" in letter.text
    assert "данные на 20.11 16:02" in letter.text
    left = await press(desk, letter, "Показать замечание")
    assert "следующий файл его ещё показывает" in left.text
    assert "Исправлено" in left.buttons


async def test_a_letter_about_an_import_that_was_undone_is_not_sent(
    desk: Desk, ground: Ground
) -> None:
    await press(desk, await card(desk, "17.11"), "Исправлено")
    number = await ground.mend("17.11")
    await ground.check()
    await ground.undo(number)
    await desk.deliver()
    assert not [one for one in desk.told if "Спасибо" in one.text]
    assert "Вы отметили" in (await card(desk, "17.11")).text


async def test_a_whole_day_is_mended_by_one_press(desk: Desk, ground: Ground) -> None:
    monday = await card(desk, "16.11")
    assert "Исправлено всё за 16.11 в 5А: 4" in monday.buttons
    await press(desk, monday, "Исправлено всё за 16.11 в 5А: 4")
    await ground.mend("16.11")
    [letter] = await checked(desk, ground)
    assert "Спасибо! Исправлено 4 замечания" in letter.text
    assert "Мои замечания" not in letter.buttons


async def test_a_dispute_reaches_the_administrators_with_the_rows_and_is_waived(
    desk: Desk,
) -> None:
    told = await disputed(desk)
    assert "Вы не согласны: «Урока не было»" in to(told, TEACHER)[-1].text
    for user in (OWNER, SECOND):
        appeal = said(told, user, "Учитель не согласен")
        assert "Ким Олег" in appeal.text
        assert "17.11.2026; урок 1; тема «Дроби»; задания нет" in appeal.text
        assert "Причина: «Урока не было»" in appeal.text
        assert appeal.buttons["Поручить"].startswith("da:finding:")
    asked = await press(desk, said(told, OWNER, "не согласен"), "Снять замечание", OWNER)
    answered = await desk.press(OWNER, asked.buttons["Учитель прав"])
    assert "Снято 20.11 16:01, Орлова Анна: «Учитель прав»" in said(answered, OWNER, "Снято").text
    other = said(answered, SECOND, "Снято 20.11 16:01")
    assert other.edits == said(told, SECOND, "не согласен").message
    letter = said(answered, TEACHER, "Замечание снято")
    assert "17.11" in letter.text
    [own] = to(await desk.tell(TEACHER, "/my"), TEACHER)
    assert "17.11" not in own.text


async def test_the_second_of_two_administrators_is_told_that_it_is_answered(desk: Desk) -> None:
    told = await disputed(desk)
    appeal = said(told, OWNER, "не согласен")
    first = await press(desk, appeal, "Оставить", OWNER)
    second = await press(desk, appeal, "Снять замечание", SECOND)
    await desk.press(SECOND, second.buttons["Ошибка в файле"])
    data = first.buttons["Проверил: замечание верное"]
    assert await alert(desk, OWNER, data) == "Это замечание уже снято."
    assert await alert(desk, OWNER, appeal.buttons["Оставить"]) == "Это замечание уже снято."


async def test_typed_reasons_go_both_ways(desk: Desk) -> None:
    told = await disputed(desk, "Класс был на экскурсии")
    assert said(told, TEACHER, "«Класс был на экскурсии»")
    appeal = said(told, OWNER, "«Класс был на экскурсии»")
    asked = await press(desk, appeal, "Оставить", OWNER)
    assert "Что ответить учителю?" in asked.text
    answered = await desk.tell(OWNER, "Внесите тему экскурсии")
    assert "Ответ 20.11 16:01, Орлова Анна: «Внесите тему экскурсии»" in (
        said(answered, OWNER, "Ответ").text
    )
    letter = said(answered, TEACHER, "замечание остаётся")
    assert "«Внесите тему экскурсии»" in letter.text
    shown = await press(desk, letter, "Показать замечание")
    assert "Администратор посмотрел и оставил замечание: «Внесите тему экскурсии»" in shown.text
    assert "Не согласен" in shown.buttons


async def test_a_waiver_takes_typed_words_too(desk: Desk) -> None:
    told = await disputed(desk)
    await press(desk, said(told, OWNER, "не согласен"), "Снять замечание", OWNER)
    empty = await desk.tell(OWNER, "…")
    assert "в двух словах почему" in said(empty, OWNER, "Напишите").text
    answered = await desk.tell(OWNER, "Приказ № 12")
    assert "Приказ № 12" in said(answered, TEACHER, "снято").text


async def test_a_waived_finding_is_listed_apart_and_brought_back(desk: Desk) -> None:
    told = await disputed(desk)
    asked = await press(desk, said(told, OWNER, "не согласен"), "Снять замечание", OWNER)
    await desk.press(OWNER, asked.buttons["Учитель прав"])
    [queue] = to(await desk.tell(OWNER, "/queue"), OWNER)
    nothing = await press(desk, queue, "Возражения: 0", OWNER)
    assert "Ответа никто не ждёт." in nothing.text
    waived = await press(desk, nothing, "Снятые: 1", OWNER)
    assert "1 замечание не считается" in waived.text
    row = next(label for label in waived.buttons if label.startswith("P3 · 5А 17.11"))
    shown = await press(desk, waived, row, OWNER)
    sure = await press(desk, shown, "Вернуть", OWNER)
    back = await desk.press(OWNER, sure.buttons["Да, вернуть"])
    assert "снова считается" in said(back, OWNER, "возвращено").text
    letter = said(back, TEACHER, "Администратор вернул замечание")
    again = await press(desk, letter, "Показать замечание")
    assert "администратор его вернул" in again.text


async def test_a_delay_is_marked_in_my_and_seen_by_the_administrator(desk: Desk) -> None:
    days = await press(desk, await card(desk, "17.11"), "Отсрочка")
    assert list(days.buttons) == ["Завтра, 21.11", "23.11", "27.11", "Отмена"]
    assert "04.12" in days.text
    why = await press(desk, days, "23.11")
    shown = await press(desk, why, "Болею")
    assert "Отсрочка до 23.11: «Болею». До этого дня не напоминаю." in shown.text
    [own] = to(await desk.tell(TEACHER, "/my"), TEACHER)
    assert "отсрочка до 23.11" in own.text
    [queue] = to(await desk.tell(OWNER, "/queue"), OWNER)
    objections = await press(desk, queue, "Возражения: 0", OWNER)
    listed = await press(desk, objections, "Отсрочки: 1", OWNER)
    appeal = await press(desk, listed, next(iter(listed.buttons)), OWNER)
    assert "До 23.11, причина: «Болею»" in appeal.text
    asked = await press(desk, appeal, "Отказать в отсрочке", OWNER)
    refused = await desk.press(OWNER, asked.buttons["Заполните, пожалуйста"])
    letter = said(refused, TEACHER, "Отсрочку дать не получается")
    assert "«Заполните, пожалуйста»" in letter.text
    after = await press(desk, letter, "Показать замечание")
    assert "Администратор не согласился на отсрочку" in after.text


async def test_a_day_and_a_reason_may_be_typed(desk: Desk, clock: FrozenClock) -> None:
    await press(desk, await card(desk, "17.11"), "Отсрочка")
    for words, answer in (
        ("скоро", "Не понимаю день"),
        ("19.11.2026", "должен быть впереди"),
        ("25.12", "не больше двух недель"),
    ):
        assert said(await desk.tell(TEACHER, words), TEACHER, answer)
    assert said(await desk.tell(TEACHER, "28.11"), TEACHER, "Отсрочка до 28.11. Почему?")
    done = await desk.tell(TEACHER, "Жду ведомость")
    assert said(done, TEACHER, "Отсрочка до 28.11: «Жду ведомость»")
    clock.move(days=9)
    assert "Отсрочка до 28.11 закончилась." in (await card(desk, "17.11")).text


async def test_what_is_pending_is_said_in_one_sentence(desk: Desk) -> None:
    first = await card(desk, "17.11")
    days = await press(desk, first, "Отсрочка")
    why = await press(desk, days, "23.11")
    await press(desk, why, "Болею")
    for label in ("Исправлено", "Не согласен", "Отсрочка"):
        assert await alert(desk, TEACHER, first.buttons[label]) == (
            "Действует отсрочка до 23.11. Чтобы сказать другое, сначала отзовите её."
        )


async def test_a_finding_that_is_gone_meanwhile_is_told_kindly(desk: Desk, ground: Ground) -> None:
    first = await card(desk, "17.11")
    asked = await press(desk, first, "Не согласен")
    await ground.mend("17.11")
    assert "уже исправлено" in await alert(desk, TEACHER, first.buttons["Исправлено"])
    assert "уже исправлено" in await alert(desk, TEACHER, asked.buttons["Урока не было"])
    assert said(await desk.tell(TEACHER, "Урока не было"), TEACHER, "уже исправлено")


async def test_an_appeal_about_what_is_gone_needs_no_answer(desk: Desk, ground: Ground) -> None:
    appeal = said(await disputed(desk), OWNER, "не согласен")
    await ground.mend("17.11")
    assert "больше нет" in await alert(desk, OWNER, appeal.buttons["Снять замечание"])
    shown = await press(desk, appeal, "К списку", OWNER)
    assert "Ответа никто не ждёт." in shown.text


async def test_the_teacher_takes_a_dispute_back_and_the_card_says_so(desk: Desk) -> None:
    told = await disputed(desk)
    appeal = said(told, OWNER, "не согласен")
    taken = await desk.press(TEACHER, to(told, TEACHER)[-1].buttons["Отозвать"])
    assert said(taken, OWNER, "Учитель отозвал").edits == appeal.message
    assert await alert(desk, OWNER, appeal.buttons["Оставить"]) == "Учитель уже отозвал."


async def test_every_question_can_be_left(desk: Desk, ground: Ground) -> None:
    first = await card(desk, "17.11")
    for label in ("Не согласен", "Отсрочка"):
        asked = await press(desk, first, label)
        assert (await press(desk, asked, "Отмена")).text == first.text
        assert not [one for one in await desk.tell(TEACHER, "Слова") if "Вы не" in one.text]
    appeal = said(await disputed(desk), OWNER, "не согласен")
    for label in ("Снять замечание", "Оставить"):
        asked = await press(desk, appeal, label, OWNER)
        assert "Учитель не согласен" in (await press(desk, asked, "Отмена", OWNER)).text
    await desk.tell(OWNER, "Слова")
    [standing] = (await ground.standing()).values()
    assert standing.stands.value == "disputed"


async def test_no_reason_leaves_the_private_chats_of_its_two_sides(desk: Desk) -> None:
    told = await disputed(desk, "Иванов Пётр болел")
    chats = {one.chat for one in told if "Иванов" in one.text}
    assert chats == {TEACHER, OWNER, SECOND}
    assert all(isinstance(one.method, SendMessage) for one in told if "Иванов" in one.text)
