"""``ask`` from the shell: over files, and over the school's base."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot.cli.program import program

KB: list[dict[str, Any]] = [
    {"id": "a", "question": "Как восстановить пароль?", "answer": "Нажмите «Забыли пароль»."},
    {"id": "b", "question": "Как поставить отметку?", "answer": "Откройте столбец даты.", "x": 1},
]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("DATABASE_URL", "DATA_DIR", "TIMEZONE", "NOW"):
        monkeypatch.delenv(name, raising=False)
    write(tmp_path / "kb.jsonl", KB)
    return tmp_path


def write(path: Path, lines: list[dict[str, Any]]) -> Path:
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    return path


def run(*arguments: object, code: int = 0) -> Result:
    result = CliRunner().invoke(program, ["ask", *map(str, arguments)])
    assert result.exit_code == code, (result.stdout, result.stderr)
    return result


def objects(*arguments: object) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run(*arguments, "--json").stdout.splitlines()]


def test_each_query_gets_one_object_in_its_order(home: Path) -> None:
    queries = write(
        home / "q.jsonl",
        [{"query": "восстановить пароль", "gold": ["a"]}, {"question": "борщ\u2028"}, {"text": ""}],
    )

    found = objects("--kb", home / "kb.jsonl", "--queries", queries)

    assert [one["query"] for one in found] == ["восстановить пароль", "борщ\u2028", ""]
    assert [one["band"] for one in found] == ["answer", "pass", "pass"]
    assert found[0]["hits"][0]["id"] == "a"
    assert set(found[0]) == {"query", "band", "hits"}
    assert set(found[0]["hits"][0]) == {"id", "score"}
    assert not (home / "var").exists(), "no database is needed"


def test_an_alias_of_a_file_is_searched(home: Path) -> None:
    queries = write(home / "q.jsonl", [{"query": "меня выкинуло из системы"}])
    [before] = objects("--kb", home / "kb.jsonl", "--queries", queries)
    aliases = write(home / "a.jsonl", [{"id": "a", "text": "выкинуло из системы"}])

    [after] = objects("--kb", home / "kb.jsonl", "--aliases", aliases, "--queries", queries)

    assert before["band"] == "pass"
    assert (after["band"], after["hits"][0]["id"]) == ("answer", "a")


def test_a_text_is_searched_in_a_file_too(home: Path) -> None:
    [found] = objects("как поставить отметку", "--kb", home / "kb.jsonl")
    assert (found["band"], found["hits"][0]["id"]) == ("answer", "b")


@pytest.mark.usefixtures("home")
def test_a_question_is_answered_from_the_school_s_base() -> None:
    [found] = objects("Как поставить отметку за прошедшую дату?")
    assert (found["band"], found["hits"][0]["id"]) == ("answer", "marks-past-date")

    said = run("Как поставить отметку за прошедшую дату?").stdout
    assert said.startswith("Как поставить отметку за прошедшую дату?\n\n")


def test_a_doubtful_question_gets_a_choice_and_a_foreign_one_the_truth(home: Path) -> None:
    base = write(
        home / "two.jsonl",
        [
            {"id": "a", "question": "Как удалить тему?", "answer": ""},
            {"id": "b", "question": "Как удалить урок?", "answer": ""},
        ],
    )
    assert run("как удалить", "--kb", base).stdout.splitlines() == [
        "Похоже на один из этих вопросов:",
        "- Как удалить урок?",
        "- Как удалить тему?",
    ]
    assert "Ответа в базе нет" in run("рецепт борща", "--kb", base).stdout


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ('{"id": "a", "question": "x"}', "kb.jsonl, строка 1: нет поля answer"),
        ('\n{"id": "a"', "kb.jsonl, строка 2: это не JSON"),
        ("[1]", "kb.jsonl, строка 1: нужен объект JSON"),
        ('{"id": true, "question": "x", "answer": "y"}', "kb.jsonl, строка 1: нет поля id"),
    ],
)
def test_an_unfit_line_is_refused_by_its_place(home: Path, content: str, why: str) -> None:
    (home / "kb.jsonl").write_text(content, "utf-8")
    assert run("вопрос", "--kb", home / "kb.jsonl", code=1).stderr == f"{why}\n"


def test_doubled_and_unknown_ids_are_refused(home: Path) -> None:
    twice = write(home / "twice.jsonl", [KB[0], KB[0]])
    assert "«a» уже была" in run("вопрос", "--kb", twice, code=1).stderr
    aliases = write(home / "a.jsonl", [{"id": "z", "text": "выкинуло"}])
    refused = run("вопрос", "--kb", home / "kb.jsonl", "--aliases", aliases, code=1)
    assert "нет статьи «z»" in refused.stderr


def test_a_file_that_cannot_be_read_is_refused(home: Path) -> None:
    (home / "bytes.jsonl").write_bytes(b"\xff\xfe{}")
    assert "UTF-8" in run("вопрос", "--kb", home / "bytes.jsonl", code=1).stderr
    assert "не читается" in run("вопрос", "--kb", home / "absent.jsonl", code=1).stderr


@pytest.mark.parametrize(
    "arguments", [[], ["вопрос", "--queries", "q.jsonl"], ["вопрос", "--aliases", "a.jsonl"]]
)
@pytest.mark.usefixtures("home")
def test_a_contradictory_command_line_is_wrong_usage(arguments: list[str]) -> None:
    run(*arguments, code=2)
