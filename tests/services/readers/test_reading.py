"""Files through the child: what comes back, and several files as one import."""

import asyncio
import hashlib
from itertools import permutations
from pathlib import Path

import pytest

from services.journal import model
from services.journal.merging import MixedNumberingError, merge
from services.journal.model import Batch, MarkRow, Refusal
from services.journal.reading import ROW_TYPES, SHEETS, FileReading, SourceFile, read
from tests.services.readers.books import LESSONS, MARKS, workbook

DATA = Path(__file__).parents[2] / "data"
LESSON = ("20.11.2026", 2, "5А", "Алгебра", "Иванова И.И.", "Дроби", "№ 5")
MARK = ("20.11.2026", 2, "5А", "Алгебра", 17, "5")


def given(batch: Batch, sha256: str) -> FileReading:
    return FileReading(name=sha256, sha256=sha256, format="F12", confidence=1, batch=batch)


async def test_rows_come_back_as_their_types() -> None:
    content = workbook({"Уроки": [LESSONS, LESSON], "Отметки": [MARKS, MARK, ("завтра",)]})
    (found,) = await read([SourceFile("а.xlsx", content)], zone="Europe/Moscow")
    batch = found.batch
    assert batch is not None
    assert (found.format, found.confidence, found.failure) == ("F12", 1.0, None)
    assert found.sha256 == hashlib.sha256(content).hexdigest()
    assert batch.lessons is not None
    assert batch.lessons[0].teacher == "Иванова И.И."
    assert isinstance((batch.marks or [])[0], MarkRow)
    assert batch.terms is None
    assert batch.row_number("Отметки", 0) == 2
    assert [type(each) for each in batch.refused] == [Refusal]
    assert batch.refused[0].row == 3


async def test_real_exports_come_through_from_a_disk() -> None:
    names = ("f1_progress_report.xlsx", "f2_report_card.xlsx")
    found = await read([SourceFile(name, DATA / name) for name in names], zone="UTC")
    assert [each.format for each in found] == ["F1", "F2"]


async def test_progress_is_told_in_rows() -> None:
    told: list[tuple[str, int, int]] = []
    await read(
        [SourceFile("а.xlsx", workbook({"Уроки": [LESSONS, LESSON]}))],
        zone="UTC",
        progress=lambda *step: told.append(step),
    )
    assert told == [("а.xlsx", 1, 2)]


async def test_the_loop_is_free_while_files_are_read() -> None:
    turns = 0

    async def turn() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    async with asyncio.TaskGroup() as group:
        turning = group.create_task(turn())
        await read([SourceFile("f1.xlsx", DATA / "f1_progress_report.xlsx")], zone="UTC")
        turning.cancel()
    assert turns > 100


async def test_the_child_sees_no_setting_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", "1:secret")
    monkeypatch.setenv("PYTHONSTARTUP", "/nowhere")
    from services.journal.reading import _environment  # noqa: PLC0415  # after the change

    assert not {"BOT_TOKEN", "PYTHONSTARTUP"} & _environment().keys()


def test_every_list_of_a_batch_has_its_type_and_sheet() -> None:
    lists = {name for name in model.Batch.__dataclass_fields__ if name in ROW_TYPES}
    assert lists == set(ROW_TYPES) == set(SHEETS)


async def test_several_files_are_one_import_in_any_order() -> None:
    def table(*rows: tuple[object, ...]) -> bytes:
        return "\n".join(";".join(map(str, row)) for row in rows).encode("cp1251")

    files = [
        SourceFile("Уроки.csv", table(LESSONS, LESSON)),
        SourceFile("Уроки 2.csv", table(LESSONS, LESSON, ("21.11.2026", *LESSON[1:]))),
        SourceFile("Отметки.csv", table(MARKS, MARK)),
        SourceFile("Отметки 2.csv", table(MARKS, (*MARK[:5], "4"))),
    ]
    readings = await read(files, zone="UTC")
    batches = [merge(order) for order in permutations(readings)]
    assert all(batch == batches[0] for batch in batches)
    lessons, marks = batches[0].lessons, batches[0].marks
    assert lessons is not None
    assert marks is not None
    assert len(lessons) == 2
    assert sorted(mark.position for mark in marks) == [0, 1]
    assert {mark.value for mark in marks} == {4, 5}


def mark(pupil: int, value: int, class_unit: str = "5А") -> MarkRow:
    return MarkRow(
        1, None, 1, class_unit, "", "Труд", pupil, 0, value, "", str(value), "", None, None, None
    )


def test_rows_that_contradict_another_file_are_refused() -> None:
    row = model.BellRow(1, 510, 555, "")
    one = given(Batch(bells=[row], row_numbers={"Звонки": [2]}), "1")
    two = given(Batch(bells=[row, row._replace(number=2)], row_numbers={"Звонки": [2, 3]}), "2")
    other = given(Batch(bells=[row._replace(ends=560)], row_numbers={"Звонки": [7]}), "3")
    merged = merge([other, two, one])
    assert merged.bells == [row, row._replace(number=2)]
    assert merged.refused == [Refusal("Звонки", 7, "повтор строки из другого файла")]


def test_lists_of_names_become_one_and_rows_follow() -> None:
    one = given(Batch(marks=[mark(1, 5), mark(2, 4)], pupil_names={"5А": ["Ян", "Ася"]}), "1")
    two = given(Batch(marks=[mark(1, 3)], pupil_names={"5А": ["Ли"]}), "2")
    merged = merge([one, two])
    names = merged.pupil_names["5А"]
    assert names == ["Ася", "Ли", "Ян"]
    assert {(names[row.pupil - 1], row.value) for row in merged.marks or []} == {
        ("Ян", 5), ("Ася", 4), ("Ли", 3),
    }  # fmt: skip


def test_namesakes_stay_two() -> None:
    one = given(Batch(marks=[mark(2, 4)], pupil_names={"5А": ["Ян", "Ян"]}), "1")
    two = given(Batch(marks=[mark(1, 3)], pupil_names={"5А": ["Ян"]}), "2")
    assert merge([one, two]).pupil_names == {"5А": ["Ян", "Ян"]}


def test_a_class_numbered_by_one_file_and_named_by_another_is_refused() -> None:
    one = given(Batch(marks=[mark(1, 4)], pupil_names={"5А": ["Ян"]}), "1")
    two = given(Batch(marks=[mark(1, 3), mark(1, 3, "5Б")]), "2")
    with pytest.raises(MixedNumberingError) as refusal:
        merge([one, two])
    assert refusal.value.class_units == ("5А",)


def test_the_period_spans_all_files() -> None:
    lesson = model.LessonRow(
        50, 1, "5А", "", "Труд", "А", None, "", "", "", None, None, None, None, None, None
    )
    named = given(Batch(period=(10, 20), year="2026/2027"), "1")
    unnamed = given(Batch(lessons=[lesson], year="2025/2026"), "2")
    merged = merge([named, unnamed])
    assert (merged.period, merged.year) == ((10, 50), None)
    assert merge([unnamed, given(Batch(), "3")]).period is None


def test_a_lone_file_and_refused_ones_are_that_file() -> None:
    batch = Batch(period=(1, 2))
    assert merge([FileReading(name="а", sha256="", failure="нет"), given(batch, "1")]) is batch
    assert merge([]) == Batch()
