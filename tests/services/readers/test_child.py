"""The limited process, spoken to in this one."""

import gc
import marshal
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest

from services.journal import child, parsing
from services.journal.doubts import Told
from services.journal.readers.extract import Extract
from tests.services.readers.books import LESSONS, workbook

LESSON = ("20.11.2026", 2, "5А", "Алгебра", "Иванова И.И.", "Дроби", "№ 5")


def served(content: bytes) -> list[tuple[object, ...]]:
    source = BytesIO(child.frame(("файл.xlsx", "Europe/Moscow")) + content)
    sink = BytesIO()
    child.serve(source, sink)
    frames = []
    sink.seek(0)
    while size := sink.read(4):
        frames.append(marshal.loads(sink.read(child.LENGTH.unpack(size)[0])))  # noqa: S302
    return frames


def test_the_last_frame_tells_the_end() -> None:
    frames = served(workbook({"Уроки": [LESSONS, LESSON]}))
    assert [frame[0] for frame in frames] == ["progress", "rows", "numbers", "refused", "end"]
    assert frames[-1][1:3] == ("F12", 1.0)


def test_a_refused_file_is_one_frame() -> None:
    assert served(b"") == [("failure", "Файл пуст: выгрузите его ещё раз.")]


def test_no_memory_is_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    def greedy(
        _name: str, _content: bytes, _zone: ZoneInfo, _report: object, _told: Told
    ) -> Extract:
        raise MemoryError

    monkeypatch.setattr(parsing, "parse", greedy)
    assert served(b"1") == [("failure", child.NO_MEMORY)]


def test_many_rows_are_sent_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "ROWS_A_FRAME", 2)
    other = [(f"2{day}.11.2026", *LESSON[1:]) for day in range(5)]
    frames = served(workbook({"Уроки": [LESSONS, *other]}))
    assert [frame[0] for frame in frames].count("rows") == 3


def test_the_process_binds_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    resource = pytest.importorskip("resource")
    bound: dict[int, tuple[int, int]] = {}
    monkeypatch.setattr(resource, "setrlimit", bound.__setitem__)
    child.limit()
    assert bound[resource.RLIMIT_AS] == (1 << 30, 1 << 30)
    assert bound[resource.RLIMIT_CPU][0] == 60


def test_the_process_serves_its_own_streams(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setattr(child, "limit", lambda: done.append("bound"))
    monkeypatch.setattr(gc, "disable", lambda: done.append("quiet"))
    monkeypatch.setattr(child, "serve", lambda _source, _sink: done.append("served"))
    child.main()
    assert done == ["bound", "quiet", "served"]
