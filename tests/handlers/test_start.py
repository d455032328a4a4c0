"""Coming in: the setup code, an invitation, and a stranger."""

from aiogram.methods import SetMyCommands
from aiogram.types import BotCommandScopeChat

from storage.database import Database
from storage.schema.people import audit, invitations, people
from tests.conftest import FrozenClock
from tests.handlers.conversation import CODE, Conversation
from tests.handlers.steps import invite_teacher, rows


async def test_a_stranger_is_told_how_to_get_in(talk: Conversation) -> None:
    [said] = await talk.tell(9, "/start")

    assert "Здравствуйте" in said.text
    assert "/start КОД" in said.text
    assert "/settings" not in said.text


async def test_the_setup_code_makes_the_administrator_and_asks_the_name(talk: Conversation) -> None:
    [said] = await talk.set_up()

    assert "теперь вы администратор журнала" in said.text
    assert "Пропустить" in said.buttons


async def test_the_setup_code_works_once(talk: Conversation) -> None:
    await talk.set_up(owner=1)

    [second] = await talk.tell(2, f"/start {CODE}")
    [again] = await talk.tell(1, f"/start {CODE}")

    [wrong] = await talk.tell(3, "/start wrong")
    assert second.text == again.text == wrong.text
    assert "Код не подошёл" in wrong.text


async def test_the_next_text_is_the_school_s_name(talk: Conversation) -> None:
    await talk.set_up()

    [said] = await talk.tell(1, "Школа  № 12")

    assert "Записано: <b>Школа № 12</b>" in said.text


async def test_the_name_can_be_skipped_and_commands_work_meanwhile(talk: Conversation) -> None:
    [asked] = await talk.set_up()

    [helped] = await talk.tell(1, "/help")
    [skipped] = await talk.press(1, asked.buttons["Пропустить"])
    [text] = await talk.tell(1, "Школа № 12")

    assert "/settings" in helped.text
    assert "название подождёт" in skipped.text
    assert "Пока не знаю ответа" in text.text


async def test_a_question_is_not_taken_for_the_school_s_name(talk: Conversation) -> None:
    await talk.set_up()

    [said] = await talk.tell(1, "Как поставить отметку?")

    assert "Как поставить отметку за урок?" in said.text


async def test_the_owner_of_a_named_school_is_asked_nothing(
    talk: Conversation, database: Database, clock: FrozenClock
) -> None:
    async with database.unit_of_work() as work:
        await work.schools.add(name="Школа № 12", timezone="Europe/Moscow", at=clock.now())

    [said] = await talk.set_up()

    assert "Ваша школа: <b>Школа № 12</b>. Ваша роль: <b>Администратор журнала</b>" in said.text
    assert not said.buttons


async def test_a_menu_that_cannot_be_set_costs_no_answer(talk: Conversation) -> None:
    await talk.set_up()
    talk.bot.add_result(SetMyCommands, ok=False, error_code=400, description="Bad Request: no")

    [said] = await talk.tell(1, "/help")

    assert "/settings" in said.text


async def test_the_menu_of_a_chat_is_what_its_person_may_do(talk: Conversation) -> None:
    await talk.set_up()
    code = await invite_teacher(talk, "Ким Олег Викторович")
    teacher = ["help", "ask", "problem", "tickets", "my", "privacy", "lang", "my_data", "forget"]

    await talk.tell(5, "/start")
    assert not [one for one in menus(talk) if one.scope == BotCommandScopeChat(chat_id=5)]
    for words in (f"/start {code}", "/help"):
        before = len(menus(talk))
        await talk.tell(5, words)
        [call] = menus(talk)[before:]
        assert [one.command for one in call.commands] == teacher
        assert call.scope == BotCommandScopeChat(chat_id=5)


async def test_the_owner_has_an_administrator_s_menu_at_once(talk: Conversation) -> None:
    await talk.set_up()

    [call] = menus(talk)
    assert {"import", "settings", "invite"} < {one.command for one in call.commands}
    assert call.scope == BotCommandScopeChat(chat_id=1)


async def test_a_code_refused_brings_no_menu(talk: Conversation) -> None:
    await talk.tell(5, "/start wrong")

    assert not menus(talk)


def menus(talk: Conversation) -> list[SetMyCommands]:
    return [one for one in talk.bot.requests.all if isinstance(one, SetMyCommands)]


async def test_an_invited_teacher_sees_only_a_teacher_s_commands(talk: Conversation) -> None:
    await talk.set_up()
    code = await invite_teacher(talk, "Ким Олег Викторович")

    [welcome] = await talk.tell(5, f"/start {code}")
    [helped] = await talk.tell(5, "/help")

    assert "Добро пожаловать, Ким Олег Викторович" in welcome.text
    assert "Учитель" in welcome.text
    assert "/my" in helped.text
    assert "/settings" not in helped.text


async def test_an_invitation_lets_in_one_person(talk: Conversation) -> None:
    await talk.set_up()
    code = await invite_teacher(talk, "Ким Олег Викторович")
    await talk.tell(5, f"/start {code}")

    [said] = await talk.tell(6, f"/start {code}")

    assert "Код не подошёл" in said.text


async def test_an_invitation_ends_after_three_days(talk: Conversation, clock: FrozenClock) -> None:
    await talk.set_up()
    code = await invite_teacher(talk, "Ким Олег Викторович")
    clock.move(hours=72)

    [said] = await talk.tell(5, f"/start {code}")

    assert "Код не подошёл" in said.text


async def test_ten_wrong_codes_close_the_door_for_an_hour(
    talk: Conversation, clock: FrozenClock
) -> None:
    await talk.set_up()
    code = await invite_teacher(talk, "Ким Олег Викторович")
    for number in range(10):
        await talk.tell(5, f"/start wrong-{number}")

    [closed] = await talk.tell(5, f"/start {code}")
    clock.move(hours=1)
    [opened] = await talk.tell(5, f"/start {code}")

    assert "Слишком много неверных кодов подряд. Попробуйте после 20.11 17:00" in closed.text
    assert "Добро пожаловать" in opened.text


async def test_no_code_is_kept_in_clear(talk: Conversation, database: Database) -> None:
    await talk.set_up()
    code = await invite_teacher(talk, "Ким Олег Викторович")

    async with database.reading() as work:
        for table in (await work.connection.run_sync(rows)).values():
            assert code not in repr(table)
            assert CODE not in repr(table)


async def test_who_gave_the_role_is_in_the_audit(talk: Conversation, database: Database) -> None:
    await talk.set_up()
    code = await invite_teacher(talk, "Ким Олег Викторович")
    await talk.tell(5, f"/start {code}")

    async with database.reading() as work:
        kept = await work.connection.run_sync(rows)
    assert [row["what"] for row in kept[audit.name]] == [
        "role given",
        "invitation issued",
        "role given",
    ]
    assert "Ким" not in repr(kept[audit.name])
    assert kept[invitations.name][0]["used_by"] == 5
    assert [row["staff"] for row in kept[people.name]] == [None, 2]
