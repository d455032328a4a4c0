"""Archives that carry files: what is laid out of them, and what is refused as a whole."""

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pytest

from services.journal import archives, guard
from services.journal.archives import opened
from services.journal.reading import SourceFile
from tests.services.readers.books import packed, workbook

BOOK = workbook({"Уроки": [("Дата",)]})
ROSTER = packed({"manifest.csv": b"a"})


async def names(content: bytes | Path, name: str = "файлы.zip") -> list[str]:
    async with opened([SourceFile(name, content)]) as files:
        return [file.name for file in files]


async def refusals(content: bytes) -> list[str]:
    async with opened([SourceFile("файлы.zip", content)]) as files:
        return [file.refusal for file in files]


def named(entries: Mapping[bytes, bytes]) -> bytes:
    """Names as raw bytes without the mark of UTF-8, as old programs write them."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in entries.items():
            archive.writestr(zipfile.ZipInfo("x" * len(name)), content)
    whole = target.getvalue()
    for name in entries:
        whole = whole.replace(b"x" * len(name), name)
    return whole


async def test_files_of_an_archive_stand_in_its_place_and_go_at_the_end() -> None:
    content = packed({"Уроки.csv": b"1;2", "папка/журнал.xlsx": BOOK})
    given = [SourceFile("до.csv", b"1"), SourceFile("файлы.zip", content)]
    async with opened(given) as files:
        assert [file.name for file in files] == ["до.csv", "Уроки.csv", "журнал.xlsx"]
        places = [file.content for file in files if isinstance(file.content, Path)]
        assert [place.read_bytes() for place in places] == [b"1;2", BOOK]
    assert not [place for place in places if place.exists()]


async def test_an_archive_on_the_disk_is_opened_too(tmp_path: Path) -> None:
    place = tmp_path / "1.bin"
    place.write_bytes(packed({"Уроки.csv": b"1;2"}))
    assert await names(place) == ["Уроки.csv"]


@pytest.mark.parametrize("content", [BOOK, ROSTER, b"", b"PK\3\4spoilt", b"a;b"])
async def test_what_is_no_carrier_stays_itself(content: bytes, tmp_path: Path) -> None:
    assert await names(content, "файл") == ["файл"]
    place = tmp_path / "1.bin"
    place.write_bytes(content)
    assert await names(place, "файл") == ["файл"]


async def test_what_cannot_be_opened_is_left_to_the_reader(tmp_path: Path) -> None:
    assert await names(tmp_path / "нет", "файл") == ["файл"]


async def test_a_roster_in_an_archive_is_one_file() -> None:
    assert await names(packed({"a/roster.zip": ROSTER})) == ["roster.zip"]


async def test_an_archive_in_an_archive_is_opened_and_no_deeper() -> None:
    inner = packed({"Уроки.csv": b"1;2"})
    middle = packed({"вглубь.zip": inner, "Отметки.csv": b"1;2"})
    async with opened([SourceFile("файлы.zip", packed({"середина.zip": middle}))]) as files:
        found = {file.name: file.refusal for file in files}
    assert found["Отметки.csv"] == ""
    assert "внутри двух архивов" in found["вглубь.zip"]


async def test_what_systems_leave_beside_is_no_file() -> None:
    rubbish = ("__MACOSX/._Уроки.csv", ".DS_Store", "папка/Thumbs.db", "~$журнал.xlsx", "п/")
    content = packed({**dict.fromkeys(rubbish, b"1"), "Уроки.csv": b"1;2"})
    assert await names(content) == ["Уроки.csv"]
    assert await refusals(packed({".DS_Store": b"1"})) == ["В архиве нет ни одного файла."]


@pytest.mark.parametrize("encoding", ["cp866", "utf-8"])
async def test_names_of_old_archives_are_russian(encoding: str) -> None:
    assert await names(named({"Уроки 5А.csv".encode(encoding): b"1"})) == ["Уроки 5А.csv"]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("5А/КТП алгебра.xlsx", "КТП алгебра (5А).xlsx"),
        ("выгрузка/10 «Б» класс/КТП.xlsx", "КТП (10Б).xlsx"),
        ("5А/КТП 6Б.xlsx", "КТП 6Б.xlsx"),
        ("5А/КТП 6 класс.xlsx", "КТП 6 класс.xlsx"),
        ("1 четверть/КТП.xlsx", "КТП.xlsx"),
        ("математика/КТП.xlsx", "КТП.xlsx"),
        ("2026/КТП.xlsx", "КТП.xlsx"),
    ],
)
async def test_a_folder_that_is_a_class_goes_with_the_name(path: str, name: str) -> None:
    assert await names(packed({path: b"1;2"})) == [name]


def locked() -> bytes:
    whole = bytearray(packed({"Уроки.csv": b"1;2"}))
    at = whole.index(b"PK\1\2")
    whole[at + 8] |= 1
    return bytes(whole)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (packed({"../Уроки.csv": b"1"}), "за его пределы"),
        (packed({"/etc/passwd": b"1"}), "за его пределы"),
        (packed({"..\\Уроки.csv": b"1"}), "за его пределы"),
        (packed({"C:/Уроки.csv": b"1"}), "за его пределы"),
        (locked(), "зашифрован паролем"),
        (packed({"Уроки.csv": bytes(8 << 20)}), "архивная бомба"),
        (packed({f"{n}.csv": b"1" for n in range(2001)}), "больше 2000"),
    ],
)
async def test_a_hostile_archive_is_refused_whole(content: bytes, words: str) -> None:
    [reason] = await refusals(content)
    assert words in reason


async def test_the_parts_of_its_books_count_too(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = len(zipfile.ZipFile(BytesIO(BOOK)).namelist())
    content = packed({"а.xlsx": BOOK, "б.xlsx": BOOK})
    monkeypatch.setattr(archives, "MAX_ENTRIES", 2 * parts + 1)
    assert "больше 2000" in (await refusals(content))[0]
    monkeypatch.setattr(archives, "MAX_ENTRIES", 2 * parts + 2)
    assert await refusals(content) == ["", ""]


async def test_all_of_it_unpacked_is_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    content = packed({"а.csv": b"1;2\n" * 50, "б.csv": b"3;4\n" * 50})
    monkeypatch.setattr(archives, "MAX_UNPACKED", 399)
    assert "больше 200 МБ" in (await refusals(content))[0]
    monkeypatch.setattr(archives, "MAX_UNPACKED", 400)
    assert await refusals(content) == ["", ""]


async def test_a_spoilt_file_does_not_touch_the_others() -> None:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("а.csv", b"first;1")
        archive.writestr("б.csv", b"second;2")
    content = target.getvalue().replace(b"first;1", b"first;9")
    assert await refusals(content) == ["Файл не читается: в архиве он повреждён.", ""]


async def test_a_broken_book_and_a_broken_archive_are_told_apart() -> None:
    assert await refusals(packed({"а.xlsx": b"PK\3\4spoilt"})) == [""], "for its reader to say"
    whole = packed({"Уроки.csv": b"1;2" * 900})
    at = whole.index(b"PK\3\4")
    spoilt = whole[: at + 40] + bytes(20) + whole[at + 60 :]
    [reason] = await refusals(spoilt)
    assert "повреждён" in reason


async def test_a_large_file_is_left_to_the_guard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_SIZE", 10)
    assert guard.MAX_SIZE > 10
    assert await names(packed({"Уроки.csv": b"1"})) == ["файлы.zip"]


def test_a_name_that_is_no_bytes_of_an_old_page_stays() -> None:
    assert archives._path(zipfile.ZipInfo("Уроки.csv")) == "Уроки.csv"
