"""Loading the journal in a chat: look, apply, undo."""

from io import BytesIO

import openpyxl
import pytest
from aiogram.types import BufferedInputFile

from services.ids import ChatId, SchoolId
from services.journal.imports import StaleImportError
from services.journal.reading import SourceFile, read
from services.journal.sources import sources_of
from services.people import UserId
from storage.database import Database
from tests.conftest import FrozenClock
from tests.handlers import school_files as files
from tests.handlers.loading import OWNER, Loading, kept


async def test_a_document_is_shown_then_applied_then_undone_exactly(
    loading: Loading, database: Database
) -> None:
    await loading.load(files.school(files.lesson()))
    before = await kept(database)

    [card] = await loading.send(files.lessons(files.lesson("")))
    assert "Уроки: 1 · изменено 1" in card.text
    assert "Классы: 5А" in card.text
    assert "Уроки и отметки: 16.11.2026 – 16.11.2026" in card.text
    assert card.buttons.keys() == {"Применить", "Отмена"}

    closed, done = await loading.talk.press(OWNER, card.buttons["Применить"])
    assert (closed.text, closed.buttons) == (card.text, {})
    assert "применено" in done.text
    assert "новых 2, закрыто 0" in done.text
    assert await kept(database) != before

    [asked] = await loading.talk.press(OWNER, done.buttons["Отменить загрузку"])
    [undone] = await loading.talk.press(OWNER, asked.buttons["Да, отменить загрузку"])
    assert "данные на 20.11 16:00" in undone.text
    assert await kept(database) == before


async def test_an_undo_can_be_thought_better_of(loading: Loading, database: Database) -> None:
    done = await loading.load(files.school(files.lesson()))
    before = await kept(database)

    [asked] = await loading.talk.press(OWNER, done.buttons["Отменить загрузку"])
    [stays] = await loading.talk.press(OWNER, asked.buttons["Оставить как есть"])

    assert "в силе" in stays.text
    assert "Отменить загрузку" in stays.buttons
    assert await kept(database) == before


async def test_the_first_import_undone_leaves_the_journal_empty(loading: Loading) -> None:
    done = await loading.load(files.school(files.lesson()))

    [asked] = await loading.talk.press(OWNER, done.buttons["Отменить загрузку"])
    [undone] = await loading.talk.press(OWNER, asked.buttons["Да, отменить загрузку"])
    [again] = await loading.talk.press(OWNER, asked.buttons["Да, отменить загрузку"])

    assert "снова пуст" in undone.text
    assert "устарела" in again.text


async def test_nothing_is_written_before_the_button_is_pressed(
    loading: Loading, database: Database
) -> None:
    [card] = await loading.send(files.school(files.lesson()))
    async with database.reading() as work:
        assert await work.journal.current_import(SchoolId(1)) is None

    [cancelled] = await loading.talk.press(OWNER, card.buttons["Отмена"])
    assert "Загрузка отменена" in cancelled.text
    assert {name: rows for name, rows in (await kept(database)).items() if rows} == {
        "schools": (await kept(database))["schools"]
    }


async def test_a_file_that_is_loaded_already_says_so(
    loading: Loading, database: Database, clock: FrozenClock
) -> None:
    content = files.school(files.lesson())
    await loading.load(content)
    before = await kept(database)
    clock.move(hours=2)

    [said] = await loading.send(content, "другое имя.xlsx")

    assert "уже загружен, данные на 20.11 16:00" in said.text
    assert not said.buttons
    assert await kept(database) == before


async def test_a_card_overtaken_by_another_file_applies_nothing(
    loading: Loading, database: Database
) -> None:
    [old] = await loading.send(files.school(files.lesson()))
    [new] = await loading.send(files.school(files.lesson("Доли")))
    before = await kept(database)

    closed, stale = await loading.talk.press(OWNER, old.buttons["Применить"])

    assert not closed.buttons
    assert "Не применено" in stale.text
    assert await kept(database) == before
    for _ in range(2):
        *_, done = await loading.talk.press(OWNER, new.buttons["Применить"])
    assert "Не применено" in done.text, "the second press of the same button"


async def test_only_the_latest_import_is_undone(loading: Loading) -> None:
    first = await loading.load(files.school(files.lesson()))
    await loading.load(files.lessons(files.lesson("Доли")))

    [said] = await loading.talk.press(OWNER, first.buttons["Отменить загрузку"])

    assert "устарела" in said.text


async def test_a_preview_swept_away_while_it_is_written_leaves_no_row(
    loading: Loading, database: Database
) -> None:
    """Two previews at once (a chat and the command line): the later one wins whole."""
    receiving = loading.talk.provided["receiving"]
    before = await kept(database)
    user, chat = UserId(OWNER), ChatId(OWNER)
    owner = (await receiving.people.recognise(user=user, chat=chat)).actor

    async def overtaken(_stage: str, _done: int, _total: int) -> None:
        async with database.unit_of_work() as work:
            await work.journal.drop_staged(SchoolId(1))
            await work.journal.sweep(SchoolId(1))

    content = files.school(files.lesson())
    readings = await read([SourceFile("журнал.xlsx", content)], zone="Europe/Moscow")
    with pytest.raises(StaleImportError):
        await receiving.imports.preview(owner, sources_of(readings), progress=overtaken)

    after = await kept(database)
    assert after == before


async def test_the_command_explains_and_the_template_is_sent(loading: Loading) -> None:
    [said] = await loading.talk.tell(OWNER, "/import")
    await loading.talk.tell(OWNER, "/template")

    assert "/template" in said.text
    [sent] = loading.sent
    assert isinstance(sent.document, BufferedInputFile)
    assert "Уроки" in openpyxl.load_workbook(BytesIO(sent.document.data)).sheetnames
