"""/settings by buttons."""

from storage.database import Database
from storage.schema.people import audit
from tests.conftest import FrozenClock
from tests.handlers.conversation import Conversation
from tests.handlers.steps import rows


async def test_every_page_leads_back(talk: Conversation) -> None:
    await talk.set_up()
    [root] = await talk.tell(1, "/settings")

    for name in ("Название школы", "Часовой пояс", "День и час сводки"):
        [page] = await talk.press(1, root.buttons[name])
        [back] = await talk.press(1, page.buttons["Назад"])
        assert back.text == root.text


async def test_the_digest_moves_to_another_day_and_hour(talk: Conversation) -> None:
    await talk.set_up()
    [root] = await talk.tell(1, "/settings")

    [days] = await talk.press(1, root.buttons["День и час сводки"])
    [hours] = await talk.press(1, days.buttons["Понедельник"])
    [saved] = await talk.press(1, hours.buttons["9:00"])
    [after] = await talk.tell(1, "/settings")

    assert "Следующая сводка: пятница 27.11 в 16:00." in root.text
    assert "Следующая сводка: понедельник 23.11 в 09:00." in saved.text
    assert "Следующая сводка: понедельник 23.11 в 09:00." in after.text


async def test_the_zone_changes_the_hour_that_is_shown(talk: Conversation) -> None:
    await talk.set_up()
    [root] = await talk.tell(1, "/settings")

    [zones] = await talk.press(1, root.buttons["Часовой пояс"])
    [saved] = await talk.press(1, zones.buttons["Владивосток (МСК+7)"])

    assert "Часовой пояс: Владивосток (МСК+7)" in saved.text
    assert "пятница 27.11 в 16:00" in saved.text


async def test_a_zone_of_the_settings_file_is_shown_by_its_name(
    talk: Conversation, database: Database, clock: FrozenClock
) -> None:
    async with database.unit_of_work() as work:
        await work.schools.add(name="", timezone="Asia/Novokuznetsk", at=clock.now())
    await talk.set_up()

    [root] = await talk.tell(1, "/settings")

    assert "Часовой пояс: Asia/Novokuznetsk" in root.text


async def test_the_school_is_renamed_by_typing(talk: Conversation) -> None:
    await talk.set_up()
    [root] = await talk.tell(1, "/settings")
    await talk.press(1, root.buttons["Название школы"])

    [long] = await talk.tell(1, "Ш" * 121)
    [saved] = await talk.tell(1, "Гимназия <1>")

    assert "длиннее 120 символов" in long.text
    assert "<b>Гимназия &lt;1&gt;</b>" in saved.text


async def test_a_person_chooses_the_language(talk: Conversation) -> None:
    await talk.set_up()

    [offer] = await talk.tell(1, "/lang")
    [saved] = await talk.press(1, offer.buttons["English"])
    [root] = await talk.tell(1, "/settings")
    [unknown] = await talk.press(1, "sl:tt")

    assert "Русский" in offer.text
    assert "English" in saved.text
    assert "Next digest: Friday 27.11 at 16:00." in root.text
    assert "no longer works" in unknown.text


async def test_a_forged_press_changes_nothing(talk: Conversation) -> None:
    await talk.set_up()

    said = [(await talk.press(1, data))[0].text for data in ("sh:7:9", "sh:1:24", "sh:-1:3")]
    [root] = await talk.tell(1, "/settings")

    assert all("Такого значения нет" in text for text in said)
    assert "пятница 27.11 в 16:00" in root.text


async def test_a_change_is_in_the_audit_once(talk: Conversation, database: Database) -> None:
    await talk.set_up()
    await talk.press(1, "sh:0:9")
    await talk.press(1, "sh:0:9")

    async with database.reading() as work:
        kept = (await work.connection.run_sync(rows))[audit.name]
    assert [row["what"] for row in kept if row["what"] == "setting changed"] == ["setting changed"]
