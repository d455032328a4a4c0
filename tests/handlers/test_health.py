"""/health and /backup in chat; what is set aside is repeated or dropped."""

from datetime import UTC, datetime

import pytest

from services.alerts import Alert, tell
from services.binding import BoundChat
from services.ids import ChatId, SchoolId
from services.outgoing import Letter
from services.people import Newcomer, UserId
from storage.database import Database
from storage.inbox import Arrival
from tests.conftest import FrozenClock
from tests.handlers.conversation import Conversation
from tests.handlers.steps import invite_teacher

BOT = 42


async def set_aside(database: Database, chat: int, *, repeatable: bool = True) -> int:
    async with database.aside() as work:
        arrivals = [Arrival(update_id=chat % 10**9, chat=chat, raw="{}")]
        [kept] = await work.inbox.take(BOT, arrivals)
        await work.inbox.set_aside(kept.row, error="ZeroDivisionError", repeatable=repeatable)
    return kept.row


async def waiting(database: Database) -> list[int]:
    async with database.reading() as work:
        return [one.row for one in await work.inbox.waiting(BOT)]


async def test_all_is_well_at_first(talk: Conversation) -> None:
    await talk.set_up()
    [state] = await talk.tell(1, "/health")
    [copy] = await talk.tell(1, "/backup")
    assert "Бот в порядке" in state.text
    assert "Отложенного нет." in state.text
    assert "Копий базы ещё нет." in copy.text


async def test_an_update_set_aside_is_listed_and_repeated(
    talk: Conversation, database: Database
) -> None:
    await talk.set_up()
    row = await set_aside(database, 1)
    [state] = await talk.tell(1, "/health")
    [after] = await talk.press(1, state.buttons[f"Повторить № {row}"])

    assert "Боту нужно внимание" in state.text
    assert f"№ {row}, 20.11 16:00: ZeroDivisionError" in state.text
    assert "Отложенного нет." in after.text
    assert await waiting(database) == [row]


async def test_an_update_set_aside_is_dropped_once(talk: Conversation, database: Database) -> None:
    await talk.set_up()
    row = await set_aside(database, 7)
    [state] = await talk.tell(1, "/health")
    [after] = await talk.press(1, state.buttons[f"Отбросить № {row}"])
    [again] = await talk.press(1, state.buttons[f"Отбросить № {row}"])

    assert "Отложенного нет." in after.text
    assert "Этого в списке уже нет." in again.text
    assert await waiting(database) == []


async def test_what_was_half_done_cannot_be_repeated(
    talk: Conversation, database: Database
) -> None:
    await talk.set_up()
    row = await set_aside(database, 1, repeatable=False)
    [state] = await talk.tell(1, "/health")
    [said] = await talk.press(1, f"hl:r:{row}")

    assert f"Повторить № {row}" not in state.buttons
    assert "Этого в списке уже нет." in said.text
    assert await waiting(database) == []


async def another_school(database: Database, clock: FrozenClock, user: int) -> SchoolId:
    async with database.unit_of_work() as work:
        school = await work.schools.add(name="", timezone="Asia/Omsk", at=clock.now())
        newcomer = Newcomer(user=UserId(user), name="Чужой")
        await work.people.admit(newcomer, school=school, staff=None, at=clock.now())
        group = BoundChat(
            school=school,
            chat=ChatId(-7),
            title="",
            topic=None,
            bound_by=None,
            bound_at=clock.now(),
        )
        await work.bound_chats.put(group)
    return school


@pytest.mark.parametrize("chat", [70, -7])
async def test_another_school_s_updates_are_out_of_reach(
    talk: Conversation, database: Database, clock: FrozenClock, chat: int
) -> None:
    await talk.set_up()
    await another_school(database, clock, 70)
    row = await set_aside(database, chat)
    [state] = await talk.tell(1, "/health")
    [said] = await talk.press(1, f"hl:d:{row}")

    assert f"№ {row}" not in state.text
    assert "Этого в списке уже нет." in said.text


async def test_the_last_backup_is_told_and_the_file_never_sent(
    talk: Conversation, database: Database
) -> None:
    await talk.set_up()
    made = {
        "at": datetime(2026, 11, 20, 0, 30, tzinfo=UTC).isoformat(),
        "file": "yozh-20261120-003000.db",
        "size": 12_340_000,
        "rows": 21,
        "sealed": False,
        "failed_at": datetime(2026, 11, 20, 1, 0, tzinfo=UTC).isoformat(),
    }
    async with database.aside() as work:
        await work.process.note("backup", made)
    said = await talk.tell(1, "/backup")
    [state] = await talk.tell(1, "/health")

    assert len(said) == 1
    assert "20.11 03:30, 12.3 МБ" in said[0].text
    assert "21 строка" in said[0].text
    assert "Следующая не удалась: 20.11 04:00" in said[0].text
    assert "Боту нужно внимание" in state.text


async def test_a_teacher_hears_nothing_of_it(talk: Conversation) -> None:
    await talk.set_up()
    await talk.tell(2, f"/start {await invite_teacher(talk, 'Ким Олег Викторович')}")
    [health] = await talk.tell(2, "/health")
    [copy] = await talk.tell(2, "/backup")
    assert health.text == copy.text
    assert "недоступно" in health.text


async def test_every_kind_of_alert_reads_well(
    talk: Conversation, database: Database, clock: FrozenClock
) -> None:
    await talk.set_up()
    alerts = [
        Alert(kind="health/closed", key="1", view={"name": "Пед", "group": True, "reason": "x"}),
        Alert(kind="health/closed", key="2", view={"name": "Ким", "group": False, "reason": "x"}),
        Alert(kind="health/silence", key="3", view={"since": "1.1 1:00", "until": "2.1 1:00"}),
        Alert(kind="health/no-digest", key="4", view={"period": "2026-W47"}),
        Alert(kind="health/undelivered", key="5", view={"period": "2026-W47", "chats": 2}),
        Alert(kind="health/no-backup", key="6", view={"last": "20.11 03:30"}),
        Alert(kind="health/no-backup", key="7", view={"last": None}),
        Alert(kind="health/behind", key="8", view={"since": "20.11 03:30", "count": 5}),
    ]
    async with database.aside() as work:
        for alert in alerts:
            await tell(work, alert, school=SchoolId(1), now=clock.now())
    said = await talk.deliver()
    assert [one.chat for one in said] == [1] * len(alerts)
    assert "«Пед»" in said[0].text
    assert "не получили 2 чата" in said[4].text
    assert "5 сообщений ждут с 20.11 03:30" in said[7].text


async def test_a_card_of_what_was_set_aside_leads_to_the_list(
    talk: Conversation, database: Database, clock: FrozenClock
) -> None:
    await talk.set_up()
    alert = Alert(kind="health/aside", key="a", view={"incident": "4"}, card="aside:1")
    async with database.aside() as work:
        await tell(work, alert, school=SchoolId(1), now=clock.now())
    [card] = await talk.deliver()
    [state] = await talk.press(1, card.buttons["Показать список"])
    assert "№ 4" in card.text
    assert "Бот в порядке" in state.text


async def test_a_letter_that_died_within_a_day_is_told(
    talk: Conversation, database: Database, clock: FrozenClock
) -> None:
    await talk.set_up()
    async with database.aside() as work:
        await work.outbox.put(Letter(school=None, chat=ChatId(9), kind="health/gone"))
        [posted] = [
            one
            for one in await work.outbox.lease(await work.outbox.heads(busy=(), limit=9))
            if one.letter.kind == "health/gone"
        ]
        await work.outbox.give_up(posted.row, state="dead", error="TelegramBadRequest")
    [state] = await talk.tell(1, "/health")
    clock.move(hours=25)
    [later] = await talk.tell(1, "/health")
    assert "не удалось доставить 1 письмо" in state.text
    assert "не удалось доставить" not in later.text
