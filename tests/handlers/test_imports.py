"""Loading the journal in a chat: look, apply, undo."""

import asyncio
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from aiogram.methods import GetFile, SendDocument
from aiogram.types import BufferedInputFile, Document
from sqlalchemy import select
from teremok import MockMessageDocument, MockUser

from bot.importing import ImportDesk, reported
from services.ids import ChatId, SchoolId
from services.journal.deliveries import Delivery
from services.journal.imports import Imports, StaleImportError
from services.journal.reading import SourceFile, read
from services.journal.sources import sources_of
from services.people import UserId
from storage.database import Database
from storage.journal import LIVING
from storage.schema.people import schools
from storage.schema.process import outbox
from tests.conftest import FrozenClock
from tests.handlers import school_files as files
from tests.handlers.conversation import Conversation, Said, group
from tests.handlers.steps import invite_teacher
from tests.services.readers.books import workbook

OWNER = 1


@dataclass
class Loading:
    """The administrator's private chat, and the desk at which files are read."""

    talk: Conversation
    desk: ImportDesk

    async def send(self, content: bytes, name: str = "журнал.xlsx", **more: Any) -> list[Said]:
        await self.lay(content, name, **more)
        return await self.read()

    async def lay(
        self, content: bytes, name: str, *, user: int = OWNER, size: int | None = None, **more: Any
    ) -> list[Said]:
        """Send it, and do not wait for it to be read."""
        identity = f"file{len(self.talk.bot.mock_session.files)}"
        self.talk.bot.add_file(identity, content)
        message = MockMessageDocument(identity, name, user=MockUser(user), **more)
        document = Document(
            file_id=identity,
            file_unique_id=f"u{identity}",
            file_name=name,
            file_size=len(content) if size is None else size,
        )
        return await self.talk.send(message.model_copy(update={"document": document}))

    async def read(self) -> list[Said]:
        await self.desk.round()
        return await self.talk.deliver()

    async def load(self, content: bytes) -> Said:
        """Send and apply; what was said last."""
        [card] = await self.send(content)
        *_, done = await self.talk.press(OWNER, card.buttons["Применить"])
        assert "применено" in done.text
        return done

    @property
    def sent(self) -> list[SendDocument]:
        calls = self.talk.bot.requests.all
        return [call for call in calls if isinstance(call, SendDocument)]


async def _nothing() -> None: ...


@pytest.fixture
async def loading(talk: Conversation, database: Database) -> Loading:
    await talk.set_up()
    await talk.press(OWNER, "cn")
    desk = ImportDesk(
        receiving=talk.provided["receiving"],
        database=database,
        resume=_nothing,
        stop=asyncio.Event(),
        doorbell=asyncio.Event(),
    )
    return Loading(talk, desk)


async def kept(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that the journal and its findings consist of, and which generation is shown."""
    async with database.reading() as work:
        return {
            table.name: sorted(
                (tuple(row) for row in await work.connection.execute(select(table))), key=repr
            )
            for table in (*LIVING, schools)
        }


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


async def test_an_unknown_teacher_is_added(loading: Loading, database: Database) -> None:
    await loading.load(files.school(files.lesson()))

    [card] = await loading.send(files.lessons(files.lesson(teacher="Новая Нина Ильинична")))
    assert "учитель «Новая Нина Ильинична»: 1 строка" in card.text
    assert "Отказано: 1 строка" in card.text
    reading, again = await loading_add(loading, card.buttons["Добавить: Новая Нина Ильинична"])
    assert "ещё раз" in reading.text
    assert "Отказано" not in again.text
    assert "Сотрудники: 0 · новых 1" in again.text
    await loading.talk.press(OWNER, again.buttons["Применить"])

    async with database.reading() as work:
        names = (await work.journal.dictionary(SchoolId(1))).staff.values()
    assert "Новая Нина Ильинична" in {each.name for each in names}


async def loading_add(loading: Loading, data: str) -> list[Said]:
    return [*await loading.talk.press(OWNER, data), *await loading.read()]


async def test_an_unknown_name_is_said_to_be_somebody_for_good(loading: Loading) -> None:
    await loading.load(files.school(files.lesson()))
    misspelt = files.lesson("Проценты", teacher="Ивонова Мария Петровна")

    [card] = await loading.send(files.lessons(misspelt))
    [choice] = await loading.talk.press(OWNER, card.buttons["Это …"])
    names = list(choice.buttons)
    assert names == [files.IVANOVA, files.KIM, "Назад"], "the likest first"
    _, again = await loading_add(loading, choice.buttons[files.IVANOVA])
    assert "Отказано" not in again.text
    assert "Уроки: 1 · изменено 1" in again.text
    await loading.talk.press(OWNER, again.buttons["Применить"])

    [later] = await loading.send(files.lessons(files.lesson("Доли", teacher=str(misspelt[4]))))
    assert "Нет в списках" not in later.text
    assert "Уроки: 1 · изменено 1" in later.text


async def test_many_unknown_names_are_paged_and_added_at_once(loading: Loading) -> None:
    await loading.load(files.school(files.lesson()))
    strangers = [
        files.lesson(teacher=f"Чужой{number} Пётр Ильич", number=number) for number in range(1, 8)
    ]

    [card] = await loading.send(files.lessons(*strangers))
    assert "Похоже на файл другой школы" in card.text
    [second] = await loading.talk.press(OWNER, card.buttons["›"])
    assert "Добавить: Чужой5 Пётр Ильич" in second.buttons
    [back] = await loading.talk.press(OWNER, second.buttons["‹"])
    assert back.buttons == card.buttons
    _, again = await loading_add(loading, card.buttons["Добавить все: 7"])

    assert "Сотрудники: 0 · новых 7" in again.text
    assert "Нет в списках" not in again.text


async def test_an_unknown_class_can_be_one_of_the_school_s(loading: Loading) -> None:
    await loading.load(files.school(files.lesson()))

    [card] = await loading.send(files.lessons(files.lesson("Доли", unit="5Я")))
    assert "класс «5Я»: 1 строка" in card.text
    [choice] = await loading.talk.press(OWNER, card.buttons["Это …"])
    _, again = await loading_add(loading, choice.buttons["5А"])

    assert "Уроки: 1 · изменено 1" in again.text


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


async def test_refused_rows_are_a_list_on_a_button(loading: Loading) -> None:
    await loading.load(files.school(files.lesson()))
    wrong = [(files.MONDAY, 1, "5А", "Математика", number, "5") for number in range(10, 17)]

    [card] = await loading.send(files.marks(*wrong))
    assert "Отказано: 7 строк" in card.text
    assert card.text.count("строка ") == 5
    await loading.talk.press(OWNER, card.buttons["Все отказанные строки"])

    [sent] = loading.sent
    assert isinstance(sent.document, BufferedInputFile)
    sheet = openpyxl.load_workbook(BytesIO(sent.document.data)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == ("Файл", "Строка", "Причина")
    assert [row[1] for row in rows[1:]] == list(range(2, 9))


@pytest.mark.parametrize(
    ("content", "name", "word"),
    [
        (files.PICTURE, "журнал.xlsx", "картинка"),
        (files.ENCRYPTED, "журнал.xlsx", "пароль"),
        (b"", "журнал.xlsx", "пуст"),
        (files.sparse_giant(), "журнал.xlsx", "300 000"),
        (files.half_of_the_columns(), "журнал.xlsx", "Предмет"),
        (b"\x00\x01\x02" * 50, "журнал.xlsx", ""),
        ("Просто письмо.".encode(), "письмо.txt", "Не узнаю"),
        (b"<html><table></table></html>", "отчёт.xls", "веб-страница"),
    ],
    ids=["picture", "encrypted", "empty", "giant", "half", "noise", "letter", "page"],
)
async def test_a_bad_file_gets_one_sentence_and_nothing_is_kept(
    content: bytes, name: str, word: str, loading: Loading, database: Database
) -> None:
    before = await kept(database)

    [said] = await loading.send(content, name)

    assert word in said.text
    assert "Ничего не записано" in said.text
    assert not said.buttons
    assert await kept(database) == before
    assert database.file is not None
    assert not list(database.file.parent.glob("imports/*/*"))
    [card] = await loading.send(files.school(files.lesson()))
    assert "Применить" in card.buttons, "the bot stays up"


async def test_a_table_in_cp1251_is_read(loading: Loading) -> None:
    await loading.load(files.school(files.lesson()))
    rows = (files.LESSONS, ("17.11.2026", "1", *map(str, files.lesson()[2:])))
    text = "\r\n".join(";".join(row) for row in rows)

    [card] = await loading.send(text.encode("cp1251"), "Уроки.csv")

    assert "Уроки: 1 · новых 1" in card.text


async def test_another_year_is_warned_about(loading: Loading) -> None:
    await loading.load(files.school(files.lesson()))
    old = list(files.lesson())
    old[0] = files.MONDAY.replace(year=2024)

    [card] = await loading.send(files.lessons(old))

    assert "другой учебный год: 2024/2025" in card.text


async def test_another_school_is_warned_about_even_where_its_codes_are_the_same(
    loading: Loading,
) -> None:
    ours = [("ФИО", "Код"), (files.IVANOVA, "С001"), (files.KIM, "С002")]
    theirs = [("ФИО", "Код"), ("Сидоров Егор Ильич", "С001"), ("Орлова Яна Олеговна", "С002")]
    await loading.load(workbook({**files.SCHOOL, "Сотрудники": ours}))

    [card] = await loading.send(workbook({"Сотрудники": theirs}))

    assert "файл другой школы: из учителей в нём (2) знакомы 0" in card.text


async def test_a_good_file_beside_a_bad_one_is_shown_with_the_reason(
    loading: Loading, clock: FrozenClock
) -> None:
    await loading.lay(files.school(files.lesson()), "журнал.xlsx", media_group_id="8")
    await loading.lay(files.PICTURE, "фото.png", media_group_id="8")
    clock.move(seconds=3)

    [card] = await loading.read()

    assert "фото.png: Это картинка" in card.text
    assert "Применить" in card.buttons


async def test_a_file_too_large_is_not_fetched(loading: Loading) -> None:
    [said] = await loading.lay(b"", "журнал.xlsx", size=21 * 1024 * 1024)

    assert "больше 20 МБ" in said.text
    assert not [call for call in loading.talk.bot.requests.all if isinstance(call, GetFile)]


async def test_others_are_told_who_loads_journals(loading: Loading) -> None:
    code = await invite_teacher(loading.talk, files.KIM)
    await loading.talk.tell(5, f"/start {code}")

    for user in (5, 9):
        [said] = await loading.lay(files.school(), "журнал.xlsx", user=user)
        assert "только администратор журнала" in said.text
    assert not await loading.read()


async def test_a_document_in_a_group_is_left_alone(loading: Loading) -> None:
    assert not await loading.lay(files.school(), "журнал.xlsx", chat=group())
    assert not await loading.read()


async def test_rights_are_asked_for_again_when_the_file_is_read(
    loading: Loading, database: Database
) -> None:
    await loading.lay(files.school(), "журнал.xlsx")
    async with database.unit_of_work() as work:
        [owner] = await work.people.list(SchoolId(1), database.clock.now())
        await work.people.revoke(SchoolId(1), owner.id, database.clock.now())

    [said] = await loading.read()

    assert "только администратор журнала" in said.text


async def test_the_command_explains_and_the_template_is_sent(loading: Loading) -> None:
    [said] = await loading.talk.tell(OWNER, "/import")
    await loading.talk.tell(OWNER, "/template")

    assert "/template" in said.text
    [sent] = loading.sent
    assert isinstance(sent.document, BufferedInputFile)
    assert "Уроки" in openpyxl.load_workbook(BytesIO(sent.document.data)).sheetnames


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


async def test_quick_work_tells_nothing_but_its_outcome(
    loading: Loading, database: Database
) -> None:
    await loading.send(files.school(files.lesson()))

    async with database.reading() as work:
        kinds = (await work.connection.execute(select(outbox.c.kind))).scalars().all()
    assert "imports/progress" not in kinds
