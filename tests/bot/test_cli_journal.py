"""generate, import, analyse from the shell, on a small made-up school."""

import asyncio
import json
import sqlite3
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot.cli.generate import last_friday
from bot.cli.opening import opened
from bot.cli.program import program
from bot.journal import imports_of
from bot.settings import load
from storage.journal import LIVING
from tests.handlers import school_files as files
from tests.services.completeness.test_truth import ADVICE, MEASURED
from tests.services.readers.books import Rows, packed, workbook

EVENING = "2026-10-30T23:59:59+03:00"
RULES = MEASURED - ADVICE
PLACE = ("rule", "class", "group", "subject", "date", "lesson", "pupil")


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two classes to the end of the first quarter, by the command itself."""
    out = tmp_path_factory.mktemp("school")
    arguments = ["--out", str(out), "--classes", "2", "--until", "2026-10-30", "--seed", "5"]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(out)
        result = CliRunner().invoke(program, ["generate", *arguments])
    assert result.exit_code == 0, result.stderr
    return out


@dataclass(frozen=True)
class Shell:
    """The program in a directory of its own."""

    home: Path

    def run(self, *arguments: object, code: int = 0) -> Result:
        result = CliRunner().invoke(program, [str(one) for one in arguments])
        assert result.exit_code == code, (result.stdout, result.stderr)
        return result

    def lines(self, *arguments: object, code: int = 0) -> list[dict[str, Any]]:
        result = self.run(*arguments, "--json", code=code)
        return [json.loads(line) for line in result.stdout.splitlines()]

    def kept(self) -> dict[str, list[tuple[Any, ...]]]:
        """The living rows and findings, without the numbers of rows."""
        with sqlite3.connect(self.home / "var" / "yozh.db") as connection:
            return {
                table.name: sorted(
                    (row[1:] for row in connection.execute(f"SELECT * FROM {table.name}")),  # noqa: S608
                    key=repr,
                )
                for table in LIVING
            }


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NOW", "2026-10-31T10:00:00+03:00")
    for name in ("DATABASE_URL", "DATA_DIR", "TIMEZONE"):
        monkeypatch.delenv(name, raising=False)
    return Shell(tmp_path)


def place(finding: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(finding[part] for part in PLACE)


def test_what_was_made_and_imported_is_found_exactly(shell: Shell, generated: Path) -> None:
    [file] = shell.lines("import", generated, "--apply")
    assert (file["file"], file["format"], file["applied"]) == ("school.xlsx", "F12", True)
    assert file["refused"] == []

    found = [one for one in shell.lines("analyse", "--as-of", EVENING) if one["rule"] in RULES]

    truth = [json.loads(line) for line in (generated / "truth.jsonl").read_text().splitlines()]
    latest = max("2026-10-30", *(one["date"] for one in truth if one["rule"] == "T4"))
    assert (file["scope"]["from"], file["scope"]["to"]) == ("2026-09-01", latest)
    expected = {place(one) for one in truth if one["rule"] in RULES}
    assert {one[0] for one in expected} > {"P1", "T1", "N1", "R1"}
    assert {place(one) for one in found} == expected
    assert len(found) == len(expected)
    assert all(one["title"] and one["why"] for one in found)
    assert set(found[0]) == {*PLACE, "severity", "teacher", "title", "why"}


def test_a_second_import_changes_nothing(shell: Shell, generated: Path) -> None:
    first = shell.lines("import", generated / "school.xlsx", "--apply")
    before = shell.kept()

    again = shell.lines("import", generated / "school.xlsx", "--apply")
    tables = shell.lines("import", generated / "csv", "--apply")

    assert again == first
    assert sum(one["taken"] for one in tables) == first[0]["taken"]
    assert shell.kept() == before, "the text tables say what the workbook says"


def test_an_undone_import_leaves_rows_and_findings_as_they_were(
    shell: Shell, generated: Path
) -> None:
    shell.run("import", generated / "weeks" / "before.xlsx", "--apply")
    before = shell.kept()
    shell.run("import", generated / "weeks" / "week.xlsx", "--apply")
    assert shell.kept() != before

    asyncio.run(undo_latest())

    assert shell.kept() == before


async def undo_latest() -> None:
    async with opened(load()) as place_:
        async with place_.database.reading() as work:
            record = await work.journal.current_import(place_.school.id)
        assert record is not None
        imports = imports_of(place_.database, place_.database.clock)
        await imports.undo(place_.actor, record.id)


def test_without_apply_nothing_is_written(shell: Shell, generated: Path) -> None:
    [file] = shell.lines("import", generated)
    assert (file["applied"], file["taken"] > 0) == (False, True)
    assert not any(shell.kept().values())
    assert "нет данных" in shell.run("analyse", code=1).stderr.lower()

    readable = shell.run("import", generated).stdout
    assert "Ничего не записано" in readable
    assert "Уроки: взято" in readable


def test_findings_can_be_narrowed(shell: Shell, generated: Path) -> None:
    shell.run("import", generated, "--apply")

    everything = shell.lines("analyse", "--as-of", EVENING)
    week = shell.lines("analyse", "--as-of", EVENING, "--from", "2026-10-05", "--to", "2026-10-11")
    two = shell.lines("analyse", "--as-of", EVENING, "--rules", "t1,P1")
    early = shell.lines("analyse", "--as-of", "2026-09-04")

    within = [one for one in everything if "2026-10-05" <= (one["date"] or "") <= "2026-10-11"]
    assert week == within
    assert 0 < len(week) < len(everything)
    assert two == [one for one in everything if one["rule"] in {"T1", "P1"}]
    assert len(early) < len(everything)
    running = {"N4", "N5"}  # of the term that runs: their day is its last
    late = {one["rule"] for one in early if (one["date"] or "") > "2026-09-04"}
    assert late <= running
    said = shell.run("analyse", "--as-of", EVENING).stdout
    assert said.endswith(f"Замечаний: {len(everything)}\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ("analyse", "--rules", "P1,X9"),
        ("analyse", "--rules", ","),
        ("analyse", "--as-of", "вчера"),
        ("analyse", "--from", "31.02.2026"),
        ("generate", "--classes", "3"),
        ("generate", "--out", "x", "--classes", "0"),
        ("generate", "--out", "x", "--until", "2026-13-01"),
        ("import",),
    ],
)
def test_wrong_usage_ends_with_two(shell: Shell, arguments: tuple[str, ...]) -> None:
    shell.run(*arguments, code=2)


def test_a_refused_file_ends_with_one_and_keeps_the_others_out(
    shell: Shell, tmp_path: Path
) -> None:
    good, bad = tmp_path / "good.xlsx", tmp_path / "bad.xlsx"
    good.write_bytes(files.school(files.lesson()))
    bad.write_bytes(files.PICTURE)

    result = shell.run("import", good, bad, "--apply", "--json", code=1)

    assert "bad.xlsx: Это картинка" in result.stderr
    first, second = (json.loads(line) for line in result.stdout.splitlines())
    assert (first["file"], first["applied"]) == ("good.xlsx", False)
    assert (second["file"], second["format"], second["taken"]) == ("bad.xlsx", None, 0)
    assert not any(shell.kept().values())


def test_refused_rows_stand_with_their_number_and_reason(shell: Shell, tmp_path: Path) -> None:
    school, lessons = tmp_path / "school.xlsx", tmp_path / "lessons.xlsx"
    school.write_bytes(files.school(files.lesson()))
    lessons.write_bytes(files.lessons(files.lesson(teacher="Чужой Пётр Ильич")))
    shell.run("import", school, "--apply")

    [file] = shell.lines("import", lessons)

    assert file["refused"] == [
        {"row": 2, "reason": "Уроки: неизвестный учитель «Чужой Пётр Ильич»"}
    ]
    readable = shell.run("import", lessons).stdout
    assert "строка 2: Уроки: неизвестный учитель" in readable
    assert "Нет в списках школы: учитель «Чужой Пётр Ильич», строк 1" in readable


def test_a_teacher_is_named_as_the_lists_had_it_at_the_moment(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, later = tmp_path / "first.xlsx", tmp_path / "later.xlsx"
    married = "Белова Мария Петровна"
    coded: Rows = [("ФИО", "Код"), (files.IVANOVA, "С1"), (files.KIM, "С2")]
    lessons = [files.LESSONS, files.lesson("")]
    first.write_bytes(workbook({**files.SCHOOL, "Сотрудники": coded, "Уроки": lessons}))
    later.write_bytes(workbook({"Сотрудники": [("ФИО", "Код"), (married, "С1")]}))
    for now, file in (("2026-11-17T10:00:00+03:00", first), ("2026-11-19T10:00:00+03:00", later)):
        monkeypatch.setenv("NOW", now)
        shell.run("import", file, "--apply")

    def named(*asked: str) -> set[str]:
        return {one["teacher"] for one in shell.lines("analyse", *asked) if one["rule"] == "P2"}

    assert named() == {married}
    assert named("--as-of", "2026-11-18") == {files.IVANOVA}


def test_a_path_that_is_not_there_ends_with_one(shell: Shell) -> None:
    assert "такого файла нет" in shell.run("import", "nowhere.xlsx", code=1).stderr


def test_a_folder_without_a_clear_choice_is_refused(shell: Shell, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    assert "нет таблиц" in shell.run("import", empty, code=1).stderr
    for name in ("one", "two"):
        (empty / name).mkdir()
        (empty / name / "журнал.xlsx").write_bytes(files.school(files.lesson()))
    assert "в нескольких папках" in shell.run("import", empty, code=1).stderr
    (empty / "two" / "журнал.xlsx").unlink()
    assert shell.lines("import", empty)[0]["file"] == "журнал.xlsx"


@pytest.mark.parametrize(
    ("today", "friday"),
    [
        (date(2026, 11, 24), date(2026, 11, 27)),
        (date(2026, 11, 29), date(2026, 11, 27)),
        (date(2026, 11, 1), date(2026, 10, 23)),
        (date(2027, 1, 3), date(2026, 12, 25)),
        (date(2027, 7, 15), date(2027, 5, 28)),
        (date(2026, 8, 20), date(2026, 5, 29)),
    ],
)
def test_the_last_friday_is_a_school_day(today: date, friday: date) -> None:
    assert last_friday(today) == friday


def test_files_of_an_archive_and_beside_it_are_one_import(shell: Shell, tmp_path: Path) -> None:
    archive = tmp_path / "выгрузка.zip"
    archive.write_bytes(packed({"а/Уроки.xlsx": files.lessons(files.lesson())}))
    (tmp_path / "школа.xlsx").write_bytes(files.school())

    lines = shell.lines("import", archive, tmp_path / "школа.xlsx", "--apply")

    assert [(one["file"], one["format"], one["applied"]) for one in lines] == [
        ("Уроки.xlsx", "F12", True),
        ("школа.xlsx", "F12", True),
    ]
    assert lines[0]["refused"] == []


def test_a_hostile_archive_is_refused_with_its_reason(shell: Shell, tmp_path: Path) -> None:
    archive = tmp_path / "выгрузка.zip"
    archive.write_bytes(packed({"../Уроки.xlsx": files.lessons(files.lesson())}))
    [line] = shell.lines("import", archive, code=1)
    assert "пути за его пределы" in line["refused"][0]["reason"]


def test_a_doubtful_file_is_read_as_the_option_says(shell: Shell, tmp_path: Path) -> None:
    shell_school = tmp_path / "школа.xlsx"
    shell_school.write_bytes(files.school())
    shell.run("import", shell_school, "--apply")
    doubtful = tmp_path / "5А математика.xlsx"
    rows: Rows = [("Дата", "Тема"), ("16.11.2026", "Дроби")]
    doubtful.write_bytes(workbook({"Лист1": rows}))

    refused = shell.run("import", doubtful, code=1)
    assert "Похоже на список уроков" in refused.stderr
    assert "--format F5" in refused.stderr

    [line] = shell.lines("import", doubtful, "--format", "f5", "--apply")
    assert (line["format"], line["taken"], line["applied"]) == ("F5", 1, True)
    wrong = shell.run("import", doubtful, "--format", "F99", code=2)
    assert "нет формата" in wrong.stderr
