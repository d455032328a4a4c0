"""The base of answers as YAML: what goes out comes in, and nothing clever does."""

import pytest

from services.consultation.notation import read, written
from services.consultation.table import COLUMNS, NotABaseError, read_file

ENTRY = dict.fromkeys(COLUMNS, "") | {
    "Код": "007",
    "Вопрос": "Как поставить отметку за прошедшую дату?",
    "Ответ": "Откройте урок.\nПоставьте отметку: да, именно там.",
    "Синонимы": "отметка задним числом\nпрошлая дата",
    "Показывать": "да",
}
MANY = "- {Вопрос: &а [x], Ответ: *а}"


def test_what_is_written_is_read_back_as_it_was() -> None:
    [(line, cells), (second, _)] = read(written([ENTRY, ENTRY]))
    assert (line, cells) == (1, ENTRY)
    assert second > line


def test_texts_stay_as_they_are_typed_and_nothing_is_null() -> None:
    [(_, cells)] = read("- вопрос: Да\n  ОТВЕТ: 010\n  Код:\n  Лишнее: 1\n".encode())
    assert cells == {"Вопрос": "Да", "Ответ": "010", "Код": ""}


@pytest.mark.parametrize(
    "text", ["Вопрос: один", "- один", "- {Вопрос: {а: б}}", "- [", MANY, "[" * 3000, "просто"]
)
def test_whatever_is_no_list_of_entries_is_refused(text: str) -> None:
    with pytest.raises(NotABaseError):
        read(text.encode())


def test_what_is_not_utf_8_is_refused() -> None:
    with pytest.raises(NotABaseError):
        read("- {Вопрос: а}".encode("cp1251"))


async def test_a_file_of_entries_comes_through_the_limited_process() -> None:
    [row] = await read_file(written([ENTRY]))
    assert (row.number, row.get("Синонимы")) == (1, ENTRY["Синонимы"])


@pytest.mark.parametrize("text", ["- {Вопрос: а}", MANY, "Класс;Предмет\n7А;Физика"])
async def test_a_text_without_questions_and_answers_is_no_base(text: str) -> None:
    with pytest.raises(NotABaseError):
        await read_file(text.encode())
