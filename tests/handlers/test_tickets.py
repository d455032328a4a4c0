"""Words between a teacher and the administrators, and the author's own side."""

import pytest
from aiogram.methods import EditMessageText
from aiogram.types import Document
from teremok import MockUser

from services.access import Role
from services.helpdesk.tickets import Delivery, TicketNumber
from storage.database import Database
from tests.conftest import FrozenClock
from tests.handlers.conversation import Conversation, written
from tests.handlers.desk import (
    COLLEAGUE,
    DEPUTY,
    OWNER,
    SCHOOL,
    SECOND,
    STRANGER,
    TEACHER,
    Desk,
    Told,
    said,
    to,
)

ONE = TicketNumber(1)


@pytest.fixture
async def desk(talk: Conversation, database: Database, clock: FrozenClock) -> Desk:
    made = Desk(talk, database, clock)
    await made.people()
    return made


async def cards(desk: Desk) -> tuple[Told, Told]:
    """A ticket: the administrator's card and the author's own."""
    told = await desk.opened()
    return said(told, OWNER, "Нет списка"), said(told, TEACHER, "принято")


# -- to and fro ------------------------------------------------------------------------------------


async def test_a_reply_to_the_card_reaches_the_author_without_an_account(desk: Desk) -> None:
    card, _ = await cards(desk)

    told = await desk.reply(OWNER, card, "Добавил <список>, проверьте")

    got = said(told, TEACHER, "Добавил")
    assert "№ 1" in got.text
    assert "&lt;список&gt;" in got.text
    assert "Орлова" not in got.text
    assert "администратор" in got.text
    assert "доставлено" in said(told, OWNER, "№ 1: ").text
    assert "доставлено" in said(told, OWNER, "Нет списка").text
    assert "В работе: Орлова Анна" in said(told, SECOND, "Нет списка").text


async def test_the_receipt_answers_the_very_words(desk: Desk) -> None:
    card, _ = await cards(desk)
    words = written("Готово", MockUser(OWNER))
    shown = words.model_copy(update={"message_id": card.message})
    told = await desk.send(words.model_copy(update={"reply_to_message": shown}))
    first = next(one for one in to(told, OWNER) if one.text.startswith("№ 1: "))
    assert first.reply_to == words.message_id


async def test_the_author_answers_by_replying_and_whoever_took_it_hears(desk: Desk) -> None:
    card, _ = await cards(desk)
    got = said(await desk.reply(OWNER, card, "Какой класс?"), TEACHER, "Какой")

    words = written("5А", MockUser(TEACHER))
    shown = words.model_copy(update={"message_id": got.message})
    told = await desk.send(words.model_copy(update={"reply_to_message": shown}))

    heard = said(told, OWNER, "5А")
    assert "Ким Олег" in heard.text
    receipt = said(told, TEACHER, "передал администратору")
    assert receipt.reply_to == words.message_id
    assert not [one for one in to(told, SECOND) if not one.edits]

    back = await desk.reply(OWNER, heard, "Спасибо, чиню")
    assert "№ 1" in said(back, TEACHER, "Спасибо, чиню").text


async def test_everybody_hears_the_author_until_somebody_takes_it(desk: Desk) -> None:
    _, own = await cards(desk)
    told = await desk.reply(TEACHER, own, "И ещё в 5Б")
    for administrator in (OWNER, SECOND):
        assert "И ещё" in said(told, administrator, "Ким Олег").text


async def test_a_button_and_the_next_words_are_a_reply_too(desk: Desk) -> None:
    card, own = await cards(desk)
    [asked] = to(await desk.press(OWNER, card.buttons["Ответить"]), OWNER)
    assert "Напишите ответ" in asked.text
    told = await desk.tell(OWNER, "Готово")
    assert "Готово" in said(told, TEACHER, "администратор").text
    assert not said(await desk.tell(OWNER, "как войти"), OWNER, "").buttons.get("Взять")

    [asked] = to(await desk.press(TEACHER, own.buttons["Дополнить"]), TEACHER)
    told = await desk.tell(TEACHER, "Не всё")
    assert "Не всё" in said(told, OWNER, "Ким Олег").text


async def test_a_reply_to_anything_else_is_a_question(desk: Desk) -> None:
    await cards(desk)
    [answer] = to(await desk.tell(TEACHER, "🙂"), TEACHER)
    told = await desk.reply(TEACHER, answer, "🙂")
    assert not to(told, OWNER)
    assert to(told, TEACHER)


async def test_files_go_both_ways_by_their_names_alone(desk: Desk) -> None:
    card, own = await cards(desk)
    shown = written("…", MockUser(OWNER)).model_copy(update={"message_id": card.message})
    told = await desk.photo(OWNER, "screen", caption="Нажмите сюда", reply_to_message=shown)
    got = said(told, TEACHER, "Нажмите сюда")
    assert got.file == "screen"
    assert "№ 1" in got.text

    shown = shown.model_copy(update={"message_id": own.message})
    told = await desk.voice(TEACHER, "word", reply_to_message=shown)
    assert [one.file for one in to(told, OWNER) if one.file] == ["word"]


async def test_a_document_in_reply_is_no_import(desk: Desk) -> None:
    card, _ = await cards(desk)
    shown = written("…", MockUser(OWNER)).model_copy(update={"message_id": card.message})
    document = Document(file_id="d", file_unique_id="ud", file_size=90_000_000)
    sent = written("", MockUser(OWNER)).model_copy(
        update={"text": None, "document": document, "reply_to_message": shown}
    )
    told = await desk.send(sent)
    assert [one.file for one in to(told, TEACHER) if one.file] == ["d"]
    assert not [one for one in told if "загру" in one.text.lower()]


async def test_an_edit_is_carried_over_in_place(desk: Desk) -> None:
    card, _ = await cards(desk)
    words = written("Готво", MockUser(OWNER))
    shown = words.model_copy(update={"message_id": card.message})
    got = said(
        await desk.send(words.model_copy(update={"reply_to_message": shown})), TEACHER, "Готво"
    )

    told = await desk.edit(words, "Готово")

    mended = said(told, TEACHER, "Готово")
    assert isinstance(mended.method, EditMessageText)
    assert mended.edits == got.message
    assert "исправлено" in mended.text
    assert "Готово" in said(told, OWNER, "Нет списка").text


async def test_an_edit_of_the_first_words_renews_the_card(desk: Desk) -> None:
    await desk.tell(TEACHER, "/problem")
    await desk.press(TEACHER, "tc:other")
    words = written("Нет журнла", MockUser(TEACHER))
    await desk.send(words)
    await desk.press(TEACHER, "tp:s:-1:1")
    told = await desk.edit(words, "Нет журнала")
    assert "Нет журнала" in said(told, OWNER, "№ 1").text
    assert not to(await desk.edit(words, "Нет журнала"), OWNER)


async def test_long_words_arrive_whole(desk: Desk) -> None:
    card, _ = await cards(desk)
    told = await desk.reply(OWNER, card, "слово " * 680)
    pieces = [one for one in to(told, TEACHER) if "слово" in one.text and not one.edits]
    assert sum(one.text.count("слово") for one in pieces) == 680
    assert all(len(one.text) <= 4000 for one in pieces)


# -- what does not arrive --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("why", "words"),
    [
        ("bot was blocked by the user", "закрыл бота или удалил аккаунт"),
        ("chat not found", "закрыл бота или удалил аккаунт"),
        ("wrong file identifier", "мессенджер не принял"),
    ],
)
async def test_what_did_not_arrive_is_said_with_its_reason(
    desk: Desk, why: str, words: str
) -> None:
    card, _ = await cards(desk)
    desk.refuses[TEACHER] = why
    told = await desk.reply(OWNER, card, "Готово")
    assert words in said(told, OWNER, "<b>№ 1: не доставлено").text
    assert words in said(told, OWNER, "Нет списка").text


async def test_words_to_a_chat_known_to_be_closed_fail_too(desk: Desk) -> None:
    card, _ = await cards(desk)
    desk.refuses[TEACHER] = "bot was blocked by the user"
    await desk.reply(OWNER, card, "Готово")
    told = await desk.reply(OWNER, card, "Ау")
    assert "не доставлено" in said(told, OWNER, "<b>№ 1:").text


async def test_an_author_who_left_the_school_is_not_written_to(desk: Desk) -> None:
    card, _ = await cards(desk)
    async with desk.database.unit_of_work() as work:
        [teacher] = [
            one for one in await work.people.list(SCHOOL, desk.clock.now()) if one.user == TEACHER
        ]
        await work.people.revoke(SCHOOL, teacher.id, desk.clock.now())
    told = await desk.reply(OWNER, card, "Готово")
    assert not to(told, TEACHER)
    assert "больше нет в школе" in said(told, OWNER, "Нет списка").text


async def test_every_copy_is_settled(desk: Desk) -> None:
    card, own = await cards(desk)
    await desk.reply(OWNER, card, "Готово")
    await desk.reply(TEACHER, own, "Спасибо")
    async with desk.database.reading() as work:
        messages = await work.ticket_messages.list(SCHOOL, ONE)
        copies = [copy for one in messages for copy in await work.ticket_messages.copies(one.id)]
    assert {copy.delivery for copy in copies} == {Delivery.DELIVERED}


# -- the author's own side -------------------------------------------------------------------------


async def test_own_tickets_are_listed_and_shown_without_notes(desk: Desk) -> None:
    card, _ = await cards(desk)
    await desk.press(OWNER, card.buttons["Заметка"])
    await desk.tell(OWNER, "Опять этот класс")
    await desk.reply(OWNER, card, "Смотрю")
    [listed] = to(await desk.tell(TEACHER, "/tickets"), TEACHER)
    told = await desk.press(TEACHER, listed.buttons["№ 1 · Не тот список"])
    shown = said(told, TEACHER, "№ 1")
    assert "Смотрю" in shown.text
    assert "Опять" not in shown.text
    assert "в работе" in shown.text


async def test_whoever_has_none_is_told_how_to_open_one(desk: Desk) -> None:
    [said_] = to(await desk.tell(TEACHER, "/tickets"), TEACHER)
    assert "/problem" in said_.text


@pytest.mark.parametrize("data", ["to:s:1:1", "to:a:1:1", "to:c:1:1", "to:r:1:1", "tr:1:5"])
@pytest.mark.parametrize("user", [COLLEAGUE, DEPUTY])
async def test_another_s_ticket_does_not_exist(desk: Desk, user: int, data: str) -> None:
    await cards(desk)
    told = await desk.press(user, data)
    words = [one.text for one in to(told, None)]
    assert words
    assert not to(told, TEACHER)
    assert "Обращения № 1 нет." in words or (user == DEPUTY and data.startswith("to:c"))


async def test_the_author_closes_rates_and_adds_a_word(desk: Desk) -> None:
    _, own = await cards(desk)
    told = await desk.press(TEACHER, own.buttons["Закрыть"])
    [rating] = [one for one in to(told, TEACHER) if "Как всё прошло" in one.text]
    assert "закрыто" in said(told, OWNER, "Нет списка").text
    told = await desk.press(TEACHER, rating.buttons["5"])
    thanks = said(told, TEACHER, "5 из 5")
    assert "5 из 5" in said(told, OWNER, "Нет списка").text
    await desk.press(TEACHER, thanks.buttons["Добавить пару слов"])
    told = await desk.tell(TEACHER, "Быстро и вежливо")
    assert "Быстро и вежливо" in said(told, OWNER, "Нет списка").text


async def test_a_word_within_a_fortnight_opens_it_again(desk: Desk) -> None:
    _, own = await cards(desk)
    await desk.press(TEACHER, own.buttons["Закрыть"])
    desk.clock.move(days=13)
    told = await desk.reply(TEACHER, own, "Снова пропал")
    assert "открыто снова" in said(told, TEACHER, "№ 1").text
    assert "новое" in said(told, OWNER, "Нет списка").text


async def test_opened_again_without_a_word_rings_for_whoever_has_it(desk: Desk) -> None:
    await cards(desk)
    told = await desk.press(OWNER, "tk:v:1")
    told = await desk.press(TEACHER, said(told, TEACHER, "Так ли это").buttons["Не решено"])
    rung = said(told, OWNER, "не решено")
    assert rung.edits is None
    assert not [one for one in to(told, SECOND) if "не решено" in one.text]
    [card] = to(await desk.press(OWNER, rung.buttons["Показать"]), OWNER)
    assert "Открыто снова" in card.text


async def test_a_word_after_a_fortnight_becomes_a_new_ticket(desk: Desk) -> None:
    _, own = await cards(desk)
    await desk.press(TEACHER, own.buttons["Закрыть"])
    desk.clock.move(days=15)
    told = await desk.reply(TEACHER, own, "Снова пропал")
    asked = said(told, TEACHER, "больше 14 дней назад")
    await desk.press(TEACHER, asked.buttons["Не тот список"])
    told = await desk.press(TEACHER, "tp:s:-1:1")
    assert "№ 2" in said(told, TEACHER, "Номер обращения").text
    assert "Снова пропал" in said(told, OWNER, "№ 2").text
    refused = await desk.press(TEACHER, "to:r:1:1")
    assert "больше 14 дней" in to(refused, None)[-1].text


async def test_a_stranger_s_reply_is_a_question(desk: Desk) -> None:
    card, _ = await cards(desk)
    told = await desk.reply(STRANGER, card, "Пустите")
    assert not to(told, OWNER)
    assert to(told, STRANGER)


async def test_another_school_s_number_does_not_exist(desk: Desk) -> None:
    await cards(desk)
    await desk.people(school="Другая", names={50: ("Чужой", Role.ADMINISTRATOR)})
    told = await desk.tell(50, "/queue 1")
    assert "Обращения № 1 нет." in to(told, 50)[-1].text
    for data in ("tk:s:1", "tk:t:1", "tk:c:1", "to:s:1:1"):
        told = await desk.press(50, data)
        assert "Обращения № 1 нет." in to(told, None)[-1].text
        assert not to(told, OWNER)


@pytest.mark.parametrize(
    "data", ["tk:s:99999999999999999999", "to:s:-1:1", "tw:1:-2", "td:9999999"]
)
async def test_a_number_that_no_button_has_is_a_stale_button(desk: Desk, data: str) -> None:
    told = await desk.press(OWNER, data)
    assert "Эта кнопка уже не действует" in to(told, None)[-1].text


async def test_a_reply_leaves_whatever_else_was_begun(desk: Desk) -> None:
    card, _ = await cards(desk)
    other = await desk.opened(COLLEAGUE, "Другое дело")
    await desk.press(OWNER, said(other, OWNER, "Другое дело").buttons["Ответить"])
    await desk.reply(OWNER, card, "Сначала это")
    told = await desk.tell(OWNER, "А теперь то")
    assert "№ 2" in said(told, COLLEAGUE, "А теперь то").text


async def test_a_message_without_words_or_files_is_refused(desk: Desk) -> None:
    card, _ = await cards(desk)
    shown = written("…", MockUser(OWNER)).model_copy(update={"message_id": card.message})
    sticker = written("", MockUser(OWNER)).model_copy(
        update={"text": None, "reply_to_message": shown}
    )
    told = await desk.send(sticker)
    assert "ничего из этого нет" in to(told, OWNER)[-1].text
