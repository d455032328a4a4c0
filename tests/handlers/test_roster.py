"""The OneRoster archive under /import: asked about, made, written down."""

from aiogram.types import BufferedInputFile

from services.ids import SchoolId
from storage.database import Database
from tests.handlers import school_files as files
from tests.handlers.loading import OWNER, Loading
from tests.services.readers.books import parsed


async def test_the_archive_is_asked_about_and_then_sent(
    loading: Loading, database: Database
) -> None:
    await loading.load(files.school(files.lesson()))
    [said] = await loading.talk.tell(OWNER, "/import")
    [asked] = await loading.talk.press(OWNER, said.buttons["Выгрузить OneRoster"])
    assert "с именами учеников" in asked.text
    assert not loading.sent

    [given] = await loading.talk.press(OWNER, asked.buttons["Да, выгрузить с именами"])

    [sent] = loading.sent
    assert isinstance(sent.document, BufferedInputFile)
    assert sent.document.filename == "OneRoster.zip"
    assert len(parsed(sent.document.data, "OneRoster.zip").rows["enrollments"]) == 2
    assert "имена учеников" in given.text
    async with database.reading() as work:
        entries = await work.audit.list(SchoolId(1))
    assert [each.what for each in entries].count("roster exported") == 1


async def test_before_any_list_there_is_nothing_to_export(loading: Loading) -> None:
    [said] = await loading.talk.tell(OWNER, "/import")
    [refused] = await loading.talk.press(OWNER, said.buttons["Выгрузить OneRoster"])
    assert "Выгружать пока нечего" in refused.text
