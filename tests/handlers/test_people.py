"""/invite, the PIN and /people."""

import pytest
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import DeleteMessage, EditMessageText

from services.access import Actor, NotAllowedError, Role
from services.ids import ChatId, PersonId, SchoolId, StaffId
from services.people import StaffMember
from storage.database import Database
from tests.conftest import FrozenClock
from tests.handlers.conversation import Conversation, Staff, group
from tests.handlers.steps import LINK, invite_teacher, rows, with_pin

OWNER = Actor(
    chat=ChatId(1),
    person=PersonId(1),
    school=SchoolId(1),
    roles=frozenset({Role.ADMINISTRATOR}),
)


async def test_dismissed_staff_is_not_offered(talk: Conversation) -> None:
    await talk.set_up()

    [names] = await talk.press(1, "ir:teacher")

    assert list(names.buttons) == [
        "Иванова Мария Петровна",
        "Ким Олег Викторович",
        "Нет в списке",
        "Назад",
    ]


async def test_a_long_list_goes_by_letters_and_pages(talk: Conversation, staff: Staff) -> None:
    staff.members[:] = [
        StaffMember(StaffId(number), f"{'АБ'[number > 10]}{number:02}") for number in range(1, 31)
    ]
    await talk.set_up()

    [letters] = await talk.press(1, "ir:teacher")
    [first] = await talk.press(1, letters.buttons["Б"])
    [second] = await talk.press(1, first.buttons["›"])
    [back] = await talk.press(1, second.buttons["‹"])

    assert list(letters.buttons) == ["А", "Б", "Нет в списке", "Назад"]
    assert list(first.buttons)[:2] == ["Б11", "Б12"]
    assert list(second.buttons)[:2] == ["Б19", "Б20"]
    assert back == first
    assert "‹" not in first.buttons


async def test_somebody_outside_the_list_is_invited_by_a_typed_name(talk: Conversation) -> None:
    await talk.set_up()
    [names] = await talk.press(1, "ir:teacher")
    await talk.press(1, names.buttons["Нет в списке"])

    [link] = await talk.tell(1, "Петров  Иван <Ильич>")

    assert "<b>Петров Иван &lt;Ильич&gt;</b>" in link.text
    assert LINK.search(link.text)


async def test_a_command_ends_the_wait_for_a_name(talk: Conversation) -> None:
    await talk.set_up()
    await talk.press(1, "it:teacher")
    await talk.tell(1, "/help")

    [said] = await talk.tell(1, "Петров Иван")

    assert "Пока не знаю ответа" in said.text


async def test_an_empty_staff_list_still_lets_invite(talk: Conversation, staff: Staff) -> None:
    staff.members.clear()
    await talk.set_up()

    [names] = await talk.press(1, "ir:teacher")
    [asked] = await talk.press(1, names.buttons["Нет в списке"])
    [link] = await talk.press(1, asked.buttons["Без имени"])

    assert LINK.search(link.text)


async def test_other_roles_take_a_pin_which_the_first_need_sets(talk: Conversation) -> None:
    await talk.set_up()

    [asked] = await talk.press(1, "ir:director")
    deleted, taken = await talk.tell(1, "4071")
    [names] = await talk.press(1, taken.buttons["Продолжить"])

    assert "Придумайте PIN" in asked.text
    assert deleted.text == "deleted"
    assert "PIN принят" in taken.text
    assert taken.reply_to == deleted.reply_to
    assert "Ким Олег Викторович" in names.buttons


async def test_a_pin_holds_for_ten_minutes(talk: Conversation, clock: FrozenClock) -> None:
    await talk.set_up()
    await with_pin(talk, "Директор")

    clock.move(minutes=9)
    [open_still] = await talk.press(1, "ir:director")
    clock.move(minutes=1)
    [asked] = await talk.press(1, "ir:director")

    assert "Ким Олег Викторович" in open_still.buttons
    assert "Нужен ваш PIN" in asked.text


async def test_a_message_that_cannot_be_deleted_still_counts(talk: Conversation) -> None:
    await talk.set_up()
    await talk.press(1, "ir:director")
    talk.bot.add_result(
        DeleteMessage, ok=False, error_code=400, description="Bad Request: message can't be deleted"
    )

    said = await talk.tell(1, "4071")

    assert "PIN принят" in said[-1].text


async def test_what_is_no_pin_costs_no_try(talk: Conversation) -> None:
    await talk.set_up()
    await talk.press(1, "ir:director")

    said = [(await talk.tell(1, text))[-1].text for text in ("123", "123456789", "12 34", "١٢٣٤")]

    assert all("PIN состоит из 4–8 цифр" in text for text in said)


async def test_five_wrong_pins_lock_for_an_hour_and_tell_the_owners(
    talk: Conversation, clock: FrozenClock
) -> None:
    await talk.set_up()
    await talk.tell(2, f"/start {await with_pin(talk, 'Директор')}")
    clock.move(minutes=11)
    await talk.press(1, "ir:director")

    wrong = [(await talk.tell(1, "0000"))[-1].text for _ in range(4)]
    said = await talk.tell(1, "0000")
    [locked] = await talk.press(1, "ir:director")
    clock.move(hours=1)
    await talk.press(1, "ir:director")
    right = await talk.tell(1, "4071")

    assert "Осталось 4 попытки" in wrong[0]
    assert "Осталась 1 попытка" in wrong[3]
    alerts = [one for one in said if "Пять неверных PIN подряд" in one.text]
    assert {one.chat for one in alerts} == {1, 2}
    assert "закрыт до 20.11 17:11" in said[-1].text
    assert "закрыт до 20.11 17:11" in locked.text
    assert "PIN принят" in right[-1].text


async def test_a_right_pin_forgets_the_wrong_ones(talk: Conversation, clock: FrozenClock) -> None:
    await talk.set_up()
    await with_pin(talk, "Директор")
    for _ in range(2):
        clock.move(minutes=11)
        await talk.press(1, "ir:director")
        for _ in range(4):
            await talk.tell(1, "0000")
        right = await talk.tell(1, "4071")

    assert "PIN принят" in right[-1].text


async def test_a_pin_that_ran_out_while_a_name_was_typed_is_asked_again(
    talk: Conversation, clock: FrozenClock
) -> None:
    await talk.set_up()
    await with_pin(talk, "Директор")
    await talk.press(1, "it:director")
    clock.move(minutes=11)

    [asked] = await talk.tell(1, "Петров Иван")
    taken = await talk.tell(1, "4071")

    assert "Нужен ваш PIN" in asked.text
    assert not taken[-1].buttons


async def test_a_pin_is_kept_as_a_hash_alone(talk: Conversation, database: Database) -> None:
    await talk.set_up()
    await with_pin(talk, "Директор", pin="40718293")

    async with database.reading() as work:
        assert "40718293" not in repr(await work.connection.run_sync(rows))


async def test_digits_after_a_cancelled_pin_are_kept_nowhere(
    talk: Conversation, database: Database
) -> None:
    await talk.set_up()
    [asked] = await talk.press(1, "ir:director")
    await talk.press(1, asked.buttons["Отмена"])

    [said] = await talk.tell(1, "4071")

    assert "своими словами" in said.text
    async with database.reading() as work:
        kept = await work.connection.exec_driver_sql("SELECT text FROM consultations")
        assert [row.text for row in kept] == [""]


async def test_a_link_that_could_not_be_shown_is_sent_past_the_database(
    talk: Conversation, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await talk.set_up()
    send = talk.bot.mock_session.make_request

    async def broken(bot: object, method: object, timeout: int | None = None) -> object:
        if isinstance(method, EditMessageText):
            raise TelegramNetworkError(method, "cut")
        return await send(bot, method, timeout)  # type: ignore[arg-type]

    monkeypatch.setattr(talk.bot.mock_session, "make_request", broken)
    said = await talk.press(1, "ip:teacher:2")

    [code] = [found[1] for one in said if (found := LINK.search(one.text))]
    async with database.reading() as work:
        assert code not in repr(await work.connection.run_sync(rows))


async def test_a_teacher_cannot_press_an_administrator_s_button(talk: Conversation) -> None:
    await talk.set_up()
    await talk.tell(5, f"/start {await invite_teacher(talk, 'Ким Олег Викторович')}")

    said = [(await talk.press(5, data))[0].text for data in ("ia", "ir:teacher", "ip:teacher:2")]

    assert all("недоступно" in text for text in said)


async def test_ending_access_works_at_once_and_withdraws_invitations(talk: Conversation) -> None:
    await talk.set_up()
    await talk.tell(2, f"/start {await with_pin(talk, 'Директор')}")
    pending = await invite_teacher(talk, "Ким Олег Викторович", owner=2)
    [people] = await talk.tell(1, "/people")
    [card] = await talk.press(1, people.buttons["Имя2 · Директор"])
    [asked] = await talk.press(1, card.buttons["Закрыть доступ"])
    [done] = await talk.press(1, asked.buttons["Да, закрыть"])

    [refused] = await talk.tell(2, "/invite")
    [late] = await talk.tell(5, f"/start {pending}")

    assert "Доступ есть у 2 человек" in people.text
    assert "доступ закрыт: Имя2" in done.text
    assert "недоступно" in refused.text
    assert "Код не подошёл" in late.text


async def test_a_card_of_somebody_gone_shows_the_list(talk: Conversation) -> None:
    await talk.set_up()

    [said] = await talk.press(1, "pv:77")

    assert "Доступ есть у 1 человека" in said.text


async def test_nobody_ends_their_own_access(talk: Conversation) -> None:
    await talk.set_up()

    [card] = await talk.press(1, "pv:1")
    [refused] = await talk.press(1, "pr:1:1")
    [people] = await talk.tell(1, "/people")

    assert "Закрыть доступ" not in card.buttons
    assert "недоступно" in refused.text
    assert "у 1 человека" in people.text


async def test_who_comes_back_has_only_the_new_role(talk: Conversation) -> None:
    await talk.set_up()
    await talk.tell(2, f"/start {await with_pin(talk, 'Директор')}")
    await talk.press(1, "pr:2:1")
    await talk.tell(2, f"/start {await invite_teacher(talk, 'Ким Олег Викторович')}")

    [helped] = await talk.tell(2, "/help")

    assert "/my" in helped.text
    assert "/invite" not in helped.text


async def test_an_import_that_shows_a_dismissal_ends_the_rights(
    talk: Conversation, database: Database
) -> None:
    await talk.set_up()
    await talk.tell(5, f"/start {await invite_teacher(talk, 'Ким Олег Викторович')}")

    async with database.unit_of_work() as work:
        await talk.provided["people"].dismiss(work, SchoolId(1), [StaffId(2)])
    [said] = await talk.tell(5, "/help")

    assert "/my" not in said.text


async def test_the_pin_is_never_taken_in_a_group(talk: Conversation) -> None:
    await talk.set_up()
    actor = Actor(
        chat=ChatId(-100),
        person=PersonId(1),
        school=SchoolId(1),
        roles=OWNER.roles,
        in_group=True,
    )

    with pytest.raises(NotAllowedError):
        await talk.provided["pins"].enter(actor, "4071")
    assert not await talk.tell(1, "4071", chat=group())
