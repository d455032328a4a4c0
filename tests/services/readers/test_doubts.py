"""What is told of doubtful tables, as the limited child hears and says it."""

import marshal
from io import BytesIO

import pytest

from services.journal import child
from services.journal.container import UnsuitableError
from services.journal.doubts import ANY_HEADER, NO_JOURNAL, DoubtError, Told, ToldError
from services.journal.parsing import parse
from services.journal.readers.extract import Extract
from tests.services.readers.books import ZONE, Rows, workbook

TOPICS = workbook({"Лист1": [("Дата", "Тема"), ("16.11.2026", "Дроби")]})
CERTAIN = workbook({"Лист1": [("№", "Тема", "Часы"), (1, "Дроби", 1)]})
NAME = "5А математика 2026-2027.xlsx"


def read(content: bytes, told: Told, name: str = NAME) -> Extract:
    return parse(name, content, ZONE, lambda _done, _total: None, told)


def doubt(content: bytes = TOPICS) -> DoubtError:
    with pytest.raises(DoubtError) as raised:
        read(content, {})
    return raised.value


def frames(*told: tuple[str, str]) -> list[tuple[object, ...]]:
    sink = BytesIO()
    child.serve(BytesIO(child.frame((NAME, "Europe/Moscow", *told)) + TOPICS), sink)
    sink.seek(0)
    found = []
    while size := sink.read(4):
        found.append(marshal.loads(sink.read(child.LENGTH.unpack(size)[0])))  # noqa: S302
    return found


def test_a_doubt_names_what_the_file_may_be() -> None:
    assert doubt().doubt.formats == ("F5", "F6")
    assert "Похоже на список уроков" in str(doubt())


def test_a_told_header_is_read_and_named() -> None:
    header = doubt().doubt.header
    extract = read(TOPICS, {header: "F5"})
    assert (extract.format, extract.header, len(extract.rows["lessons"])) == ("F5", header, 1)


def test_a_format_told_of_every_header_is_read_too() -> None:
    assert read(TOPICS, {ANY_HEADER: "F6"}).format == "F6"


def test_a_certain_format_is_not_overruled() -> None:
    assert read(CERTAIN, {ANY_HEADER: "F5"}).format == "F6"


def test_a_format_that_the_table_is_nothing_like_is_not_heeded() -> None:
    with pytest.raises(DoubtError):
        read(TOPICS, {ANY_HEADER: "F9"})
    with pytest.raises(UnsuitableError, match="Не узнаю") as raised:
        read(workbook({"Лист1": [("Письмо", "от друга")]}), {ANY_HEADER: "F9"})
    assert not isinstance(raised.value, DoubtError)


def test_what_was_said_to_be_no_journal_is_refused() -> None:
    header = doubt().doubt.header
    with pytest.raises(ToldError, match="не журнал") as raised:
        read(TOPICS, {header: NO_JOURNAL})
    assert raised.value.header == header


def test_a_reading_that_fails_as_told_says_under_which_header() -> None:
    with pytest.raises(ToldError, match="не сказано, какой это класс"):
        read(TOPICS, {doubt().doubt.header: "F5"}, "файл.xlsx")


def test_a_page_with_some_words_among_its_marks_is_doubtful() -> None:
    header = ("ФИО", "01.09", "02.09", "03.09", "04.09", "05.09")
    rows: Rows = [header, ("Ким Яна", "5", "дежурит", "поёт", "4", "")]
    assert doubt(workbook({"Лист1": rows})).doubt.formats == ("F4",)


@pytest.mark.parametrize(
    ("told", "kinds"),
    [
        ([], ["doubt", "failure"]),
        ([("", NO_JOURNAL)], ["header", "failure"]),
        ([("", "F9")], ["doubt", "failure"]),
    ],
)
def test_the_child_says_its_doubt_before_the_end(
    told: list[tuple[str, str]], kinds: list[str]
) -> None:
    assert [frame[0] for frame in frames(*told)] == kinds


def test_the_child_names_the_header_it_heeded() -> None:
    header = doubt().doubt.header
    assert ("header", header) in frames((header, "F5"))
