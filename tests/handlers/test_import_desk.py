"""The desk at which files are read: albums, progress, restarts and failures."""

import asyncio

import pytest
from sqlalchemy import select

from bot.importing import reported
from services.ids import ChatId
from services.journal.deliveries import Delivery
from services.journal.imports import Imports
from services.journal.reading import SourceFile
from storage.database import Database
from storage.schema.process import outbox
from tests.conftest import FrozenClock
from tests.handlers import school_files as files
from tests.handlers.conversation import Conversation, Said
from tests.handlers.loading import OWNER, Loading


async def test_an_album_is_one_import(loading: Loading, clock: FrozenClock) -> None:
    parts = [files.school(), files.lessons(files.lesson())]
    for number, content in enumerate(parts):
        await loading.lay(content, f"{number}.xlsx", media_group_id="7")
        assert not await loading.read()
    clock.move(seconds=3)

    [card] = await loading.read()

    assert "0.xlsx" in card.text
    assert "1.xlsx" in card.text
    assert "Сотрудники: 2 · новых 2" in card.text
    assert "Уроки: 1 · новых 1" in card.text


async def test_a_late_part_joins_its_album_on_the_same_card(
    loading: Loading, clock: FrozenClock
) -> None:
    lists = files.school()
    await loading.lay(lists, "0.xlsx", media_group_id="7")
    clock.move(seconds=3)
    [first] = await loading.read()
    await loading.lay(lists, "0 (копия).xlsx", media_group_id="7")
    await loading.lay(files.lessons(files.lesson()), "1.xlsx", media_group_id="7")
    clock.move(seconds=3)

    [card] = await loading.read()

    assert card.reply_to is None, "an edit of the first card"
    assert "Уроки: 1 · новых 1" in card.text
    assert "копия" not in card.text
    [_, stale] = await loading.talk.press(OWNER, first.buttons["Применить"])
    assert "Не применено" in stale.text
    [_, done] = await loading.talk.press(OWNER, card.buttons["Применить"])
    assert "применено" in done.text


async def test_files_that_wait_survive_a_restart(
    loading: Loading, database: Database, clock: FrozenClock
) -> None:
    await loading.lay(files.school(files.lesson()), "журнал.xlsx")

    after = Conversation(database, clock, loading.talk.provided["invitations"].staff)
    loading.desk.receiving = after.provided["receiving"]
    await loading.desk.round()

    assert any("Применить" in said.buttons for said in await after.deliver())


async def test_long_work_tells_how_far_it_is_on_one_card(
    loading: Loading, database: Database
) -> None:
    delivery = Delivery(
        chat=ChatId(OWNER),
        group="message 5",
        messages=[5],
        files=[SourceFile("журнал.xlsx", b"")],
        arrived=database.clock.now(),
    )
    async with reported(delivery, database, tick=0) as report:
        report.reading("журнал.xlsx", 40, 100)
        said = await told(loading)
    assert [each.text for each in said] == ["Читаю файл «журнал.xlsx»… 40 %"]
    [over] = await loading.talk.deliver()

    assert "итог ниже" in over.text
    assert over.reply_to is None, "an edit of the same message"


async def test_quick_work_tells_nothing_but_its_outcome(
    loading: Loading, database: Database
) -> None:
    await loading.send(files.school(files.lesson()))

    async with database.reading() as work:
        kinds = (await work.connection.execute(select(outbox.c.kind))).scalars().all()
    assert "imports/progress" not in kinds


async def told(loading: Loading) -> list[Said]:
    for _ in range(1000):
        await asyncio.sleep(0)
        if said := await loading.talk.deliver():
            return said
    return []


async def test_a_bug_gives_one_file_up_and_not_the_desk(
    loading: Loading, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_self: Imports, *_: object, **__: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(Imports, "preview", broken)
        [said] = await loading.send(files.school(files.lesson()))
    assert "моя ошибка" in said.text

    [card] = await loading.send(files.school(files.lesson()))
    assert "Применить" in card.buttons


async def test_files_wait_while_the_disk_is_full(
    loading: Loading, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_self: Imports, *_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Imports, "preview", full)
        assert not await loading.send(files.school(files.lesson()))

    [card] = await loading.read()
    assert "Применить" in card.buttons
