"""Files given to the journal: each is read in a limited child, its rows come back or a reason."""

import asyncio
import hashlib
import marshal
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import cast

from services.journal import model
from services.journal.child import LENGTH, frame
from services.journal.collector import collector_paused
from services.journal.container import UnsuitableError
from services.journal.doubts import NOTHING_TOLD, Doubt, Told
from services.journal.guard import check, check_size
from services.journal.model import Batch, Refusal

WALL_SECONDS = 90

Progress = Callable[[str, int, int], None]
"""Called with a file's name, its rows read so far, and its rows in all."""

ROW_TYPES: Mapping[str, type[tuple[object, ...]]] = {
    "terms": model.TermRow, "non_school": model.NonSchoolRow, "bells": model.BellRow,
    "subjects": model.SubjectRow, "members": model.MemberRow, "staff": model.StaffRow,
    "enrollments": model.EnrollmentRow, "assignments": model.AssignmentRow,
    "slots": model.SlotRow, "substitutions": model.SubstitutionRow, "plans": model.PlanRow,
    "lessons": model.LessonRow, "marks": model.MarkRow, "attendance": model.AttendanceRow,
    "term_marks": model.TermMarkRow, "changes": model.ChangeRow,
}  # fmt: skip

SHEETS: Mapping[str, str] = {
    "terms": "Периоды", "non_school": "Каникулы", "bells": "Звонки", "subjects": "Предметы",
    "members": "Группы", "staff": "Сотрудники", "enrollments": "Ученики",
    "assignments": "Нагрузка", "slots": "Расписание", "substitutions": "Замены", "plans": "КТП",
    "lessons": "Уроки", "marks": "Отметки", "attendance": "Посещаемость", "term_marks": "Итоги",
    "changes": "Изменения",
}  # fmt: skip
"""The sheet of each list of a batch; its rows' numbers stand under it."""

_ROOT = Path(__file__).resolve().parents[2]
_INHERITED = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "PYTHONTZPATH", "VIRTUAL_ENV")
_STREAM_LIMIT = 1 << 22
_PIECE = 1 << 18


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as it came: its name says nothing but which sheet a text table is."""

    name: str
    content: bytes | Path
    refusal: str = ""
    """Why it is not to be read at all, as ``FileReading.failure``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReading:
    """What a file gave: a batch, or ``failure``, one sentence in Russian why there is none.

    ``doubt`` comes with a failure that a person can settle; ``header`` is the one under which a
    person said what the file is, once or now.
    """

    name: str
    sha256: str
    format: str | None = None
    confidence: float = 0.0
    batch: Batch | None = None
    failure: str | None = None
    doubt: Doubt | None = None
    header: str = ""


@dataclass(frozen=True, slots=True)
class _Manner:
    """How all files of one reading are read."""

    zone: str
    progress: Progress | None
    told: Told

    def head(self, name: str) -> bytes:
        return frame((name, self.zone, *self.told.items()))


async def read(
    files: Sequence[SourceFile],
    *,
    zone: str,
    progress: Progress | None = None,
    told: Told = NOTHING_TOLD,
) -> list[FileReading]:
    """Every file by itself, in the given order; one that is refused does not touch the others."""
    manner = _Manner(zone, progress, told)
    return [await _read_one(file, manner) for file in files]


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


async def digest(file: SourceFile) -> str:
    """The SHA-256 of a file's content, ``""`` for one that cannot be opened."""
    try:
        return (await asyncio.to_thread(_load, file))[1]
    except UnsuitableError:
        return ""


async def _read_one(file: SourceFile, manner: _Manner) -> FileReading:
    try:
        content, digest = await asyncio.to_thread(_load, file)
    except UnsuitableError as refusal:
        return FileReading(name=file.name, sha256="", failure=str(refusal))
    inbox = _Inbox(file.name, digest, manner.progress)
    try:
        async with asyncio.timeout(WALL_SECONDS):
            code = await _converse(manner.head(file.name), content, inbox)
    except UnsuitableError as refusal:
        return inbox.failed(str(refusal))
    except TimeoutError:
        return inbox.refused("разбор занял больше 90 секунд")
    return inbox.reading or inbox.refused(_reason(code))


def _load(file: SourceFile) -> tuple[bytes, str]:
    """The content and its SHA-256."""
    content = _content(file)
    return content, sha256_of(content)


def _content(file: SourceFile) -> bytes:
    if file.refusal:
        raise UnsuitableError(sentence=file.refusal)
    if isinstance(file.content, bytes):
        check_size(len(file.content))
        return file.content
    try:
        if not file.content.is_file():
            raise UnsuitableError(sentence="Файл не открывается: его нет или это не файл.")
        check_size(file.content.stat().st_size)
        return file.content.read_bytes()
    except OSError as error:
        raise UnsuitableError(
            sentence=f"Файл не открывается: {error.strerror or 'нет доступа'}."
        ) from None


async def _converse(head: bytes, content: bytes, inbox: "_Inbox") -> int:
    """The child's exit code; what the guard has against the file goes before all it says.

    Both look at once: whatever the guard would refuse may cost the child its limits, and no more.
    """
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-s", "-W", "ignore", "-X", "utf8", "-m", "services.journal.child",
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL, limit=_STREAM_LIMIT, cwd=_ROOT, env=_environment(),
    )  # fmt: skip
    talk = asyncio.ensure_future(_talk(child, head, content, inbox))
    try:
        await asyncio.to_thread(check, content)
        return await talk
    finally:
        await _end(child)
        await asyncio.gather(talk, return_exceptions=True)


async def _talk(
    child: asyncio.subprocess.Process, head: bytes, content: bytes, inbox: "_Inbox"
) -> int:
    """Feed the child, hear it out; the exit code. It ends when the child does."""
    await _feed(cast("asyncio.StreamWriter", child.stdin), head, content)
    await _listen(cast("asyncio.StreamReader", child.stdout), inbox)
    return await child.wait()


def _environment() -> dict[str, str]:
    """No setting of ours, no token: the child sees where Python is and nothing else."""
    kept = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    return {**kept, "PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1"}


async def _feed(stdin: asyncio.StreamWriter, head: bytes, content: bytes) -> None:
    """A child that ended early is told by its silence, not by the broken pipe."""
    with suppress(BrokenPipeError, ConnectionResetError):
        stdin.write(head)
        for begin in range(0, len(content), _PIECE):
            stdin.write(content[begin : begin + _PIECE])
            await stdin.drain()
        stdin.close()
        await stdin.wait_closed()


async def _listen(stdout: asyncio.StreamReader, inbox: "_Inbox") -> None:
    with suppress(asyncio.IncompleteReadError):
        while inbox.reading is None:
            (size,) = LENGTH.unpack(await stdout.readexactly(LENGTH.size))
            inbox.take(await stdout.readexactly(size))
            await asyncio.sleep(0)


async def _end(child: asyncio.subprocess.Process) -> None:
    if child.returncode is None:
        child.kill()
        await child.wait()


def _reason(code: int) -> str:
    if code == -getattr(signal, "SIGXCPU", 0):
        return "разбор занял больше 60 секунд процессора"
    if code in {-signal.SIGABRT, -signal.SIGSEGV, -getattr(signal, "SIGKILL", 9)}:
        return "на разбор не хватило 1 ГиБ памяти или содержимое повреждено"
    return "содержимое повреждено"


@dataclass(slots=True)
class _Inbox:
    """Frames of one child; nothing of them is given out before the last one."""

    name: str
    sha256: str
    progress: Progress | None
    batch: Batch = field(default_factory=Batch)
    reading: FileReading | None = None
    doubt: Doubt | None = None
    header: str = ""

    def take(self, body: bytes) -> None:
        with collector_paused():
            kind, *parts = marshal.loads(body)  # noqa: S302  # from our own child
            getattr(self, f"_on_{kind}")(*parts)

    def refused(self, reason: str) -> FileReading:
        return self.failed(f"Файл не читается: {reason}.")

    def failed(self, sentence: str) -> FileReading:
        return FileReading(
            name=self.name, sha256=self.sha256, failure=sentence, doubt=self.doubt,
            header=self.header,
        )  # fmt: skip

    def _on_progress(self, done: int, total: int) -> None:
        if self.progress:
            self.progress(self.name, done, total)

    def _on_rows(self, attribute: str, rows: list[tuple[object, ...]]) -> None:
        taken = getattr(self.batch, attribute)
        if taken is None:
            taken = []
            setattr(self.batch, attribute, taken)
        taken += map(partial(tuple.__new__, ROW_TYPES[attribute]), rows)

    def _on_numbers(self, title: str, numbers: list[int]) -> None:
        self.batch.row_numbers[title] = numbers

    def _on_refused(self, rows: list[tuple[str, int, str]]) -> None:
        self.batch.refused = list(map(Refusal._make, rows))

    def _on_header(self, header: str) -> None:
        self.header = header

    def _on_doubt(self, header: str, formats: tuple[str, ...]) -> None:
        self.doubt = Doubt(header, formats)

    def _on_failure(self, sentence: str) -> None:
        self.reading = self.failed(sentence)

    def _on_end(
        self,
        format_: str,
        confidence: float,
        period: tuple[int, int] | None,
        year: str | None,
        pupil_names: dict[str, list[str]],
        notes: list[str],
    ) -> None:
        self.batch.period, self.batch.year = period, year
        self.batch.pupil_names, self.batch.notes = pupil_names, notes
        self.reading = FileReading(
            name=self.name, sha256=self.sha256, format=format_, confidence=confidence,
            batch=self.batch, header=self.header,
        )  # fmt: skip
