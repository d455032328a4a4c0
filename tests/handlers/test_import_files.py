"""Files that are refused, in part or whole, and what is warned about."""

from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from aiogram.methods import GetFile
from aiogram.types import BufferedInputFile

from services.ids import SchoolId
from storage.database import Database
from tests.conftest import FrozenClock
from tests.handlers import school_files as files
from tests.handlers.conversation import group
from tests.handlers.loading import OWNER, Loading, kept
from tests.handlers.steps import invite_teacher
from tests.services.readers.books import workbook


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


async def test_rows_refused_for_one_reason_are_told_once(loading: Loading) -> None:
    await loading.load(files.school(files.lesson()))
    stranger = [files.lesson(teacher="Чужой Пётр Ильич", number=one) for one in range(1, 6)]
    other = files.lesson(unit="7Я")

    [card] = await loading.send(files.lessons(*stranger, other))

    assert "Уроки: неизвестный учитель «Чужой Пётр Ильич» – 5 строк: 2, 3, 4…" in card.text
    assert card.text.count("неизвестный учитель") == 1
    assert "строка 7: Уроки: неизвестный класс «7Я»" in card.text
    [later] = await loading.talk.press(OWNER, card.buttons["Это …"])
    [again] = await loading.talk.press(OWNER, later.buttons["Назад"])
    assert again.text == card.text


async def test_reasons_of_several_files_name_the_file(loading: Loading, clock: FrozenClock) -> None:
    await loading.load(files.school(files.lesson()))
    for name, unit in (("а.xlsx", "7Я"), ("б.xlsx", "7Ю")):
        line = files.lesson(unit=unit)
        await loading.lay(files.lessons(line, line), name, media_group_id="9")
    clock.move(seconds=3)

    [card] = await loading.read()

    assert "а.xlsx · строка 2: Уроки: неизвестный класс «7Я»" in card.text
    assert "б.xlsx · строка 2: Уроки: неизвестный класс «7Ю»" in card.text


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


async def test_most_of_a_scope_going_away_is_warned_about(loading: Loading) -> None:
    days = [files.MONDAY + timedelta(days=number) for number in range(60)]
    many = [(day, *files.lesson()[1:]) for day in days]
    await loading.load(files.school(*many))

    [card] = await loading.send(files.lessons(many[0], many[-1]))

    assert "Из «Уроки» исчезнет 58 из 60 строк" in card.text
