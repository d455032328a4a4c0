"""Archives that only carry files: laid out beside, under the limits of one book over their sum.

What a OneRoster archive is, or a workbook, which is a zip too, stays itself.
"""

import asyncio
import re
import tempfile
import zipfile
import zlib
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath

from services.journal.breathing import breathe
from services.journal.container import UnsuitableError
from services.journal.deliveries import spoken_name
from services.journal.guard import (
    BOMB,
    BROKEN,
    MAX_ENTRIES,
    MAX_SIZE,
    MAX_UNPACKED,
    entries_of,
    is_archive,
    leaves,
    swollen,
    unpacked,
)
from services.journal.names import normalise_class
from services.journal.reading import SourceFile

DEEPEST = 1
"""An archive in an archive is opened, one in that is not."""

_TOO_DEEP = "Это архив внутри двух архивов: распакуйте его и пришлите файлы."
_TOO_MANY = "В архиве больше 2000 файлов и их частей: разделите его."
_TOO_LARGE = "В распакованном виде архив больше 200 МБ: разделите его."
_OUTSIDE = "В архиве есть пути за его пределы: такой файл не принимается."
_LOCKED = "Архив зашифрован паролем: снимите пароль и отправьте его снова."
_BROKEN = "Файл не читается: архив повреждён, соберите его ещё раз."
_NOTHING = "В архиве нет ни одного файла."
_SPOILT = "Файл не читается: в архиве он повреждён."

_SIGNATURE = b"PK\3\4"
_ENCRYPTED, _IN_UTF8 = 0x1, 0x800
_RUBBISH = re.compile(r"(?:^|/)(?:__MACOSX/|\.|~\$|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
_OF_A_CLASS = re.compile(
    r"(?<!\d)(?:1[0-2]|[1-9])(?:[ «\"-]*[а-яёa-z](?![а-яёa-z])|[- ]*(?:й |ый )?кл)", re.IGNORECASE
)


@asynccontextmanager
async def opened(files: Sequence[SourceFile]) -> AsyncIterator[list[SourceFile]]:
    """The same files with those of archives in their place, there until the end of the block.

    An archive that is refused as a whole stays, with the reason as its ``refusal``.
    """
    with tempfile.TemporaryDirectory(prefix="yozh-") as folder:
        yield await asyncio.to_thread(_opened, files, Path(folder))


def _opened(files: Sequence[SourceFile], folder: Path) -> list[SourceFile]:
    found: list[SourceFile] = []
    for file in files:
        place = folder / str(len(found))
        found += _Archive(place).files(file) if _carries(file.content) else [file]
    return found


def _carries(content: bytes | Path) -> bool:
    """A small zip of other files; what is larger than may be is refused by whoever reads it."""
    try:
        if isinstance(content, Path):
            with content.open("rb") as stream:
                if stream.read(4) != _SIGNATURE or content.stat().st_size > MAX_SIZE:
                    return False
        elif not content.startswith(_SIGNATURE) or len(content) > MAX_SIZE:
            return False
        source = content if isinstance(content, Path) else BytesIO(content)
        with zipfile.ZipFile(source) as archive:
            return is_archive(set(archive.namelist()))
    except (zipfile.BadZipFile, ArithmeticError, EOFError, LookupError, OSError, RuntimeError,
            ValueError):  # fmt: skip
        return False


@dataclass(slots=True)
class _Archive:
    """Lays one archive out in ``folder``; ``parts`` and ``size`` are of all that is in it."""

    folder: Path
    parts: int = 0
    size: int = 0
    laid: int = 0

    def files(self, file: SourceFile) -> list[SourceFile]:
        content = file.content if isinstance(file.content, bytes) else file.content.read_bytes()
        self.folder.mkdir(parents=True)
        try:
            return list(self._of(content, 0))
        except UnsuitableError as refusal:
            why = _BROKEN if str(refusal) == BROKEN else str(refusal)
            return [SourceFile(file.name, b"", refusal=why)]

    def _of(self, content: bytes, depth: int) -> Iterator[SourceFile]:
        entries = entries_of(content)
        self._count(len(entries))
        paths = [(_path(entry), entry) for entry in entries if not entry.is_dir()]
        _check(paths)
        kept = [(path, entry) for path, entry in paths if not _RUBBISH.search(path)]
        if not kept:
            raise UnsuitableError(sentence=_NOTHING)
        for path, entry in kept:
            yield from self._entry(path, content, entry, depth)

    def _entry(
        self, path: str, content: bytes, entry: zipfile.ZipInfo, depth: int
    ) -> Iterator[SourceFile]:
        own = self._unpacked(content, entry)
        name = _named(path)
        if zlib.crc32(own) != entry.CRC:
            yield SourceFile(name, b"", refusal=_SPOILT)
        elif not _carries(own):
            yield SourceFile(name, self._lay(own))
        elif depth < DEEPEST:
            yield from self._of(own, depth + 1)
        else:
            yield SourceFile(name, b"", refusal=_TOO_DEEP)

    def _unpacked(self, content: bytes, entry: zipfile.ZipInfo) -> bytes:
        pieces, size = [], 0
        for piece in unpacked(content, entry):
            breathe()
            size += len(piece)
            if swollen(entry, size):
                raise UnsuitableError(sentence=BOMB)
            self._weigh(len(piece))
            pieces.append(piece)
        return b"".join(pieces)

    def _lay(self, content: bytes) -> Path:
        """A workbook's own parts count too: they are unpacked once more by whoever reads it."""
        if content.startswith(_SIGNATURE):
            self._count_book(content)
        self.laid += 1
        place = self.folder / f"{self.laid}.bin"
        place.write_bytes(content)
        return place

    def _count_book(self, content: bytes) -> None:
        try:
            entries = entries_of(content)
        except UnsuitableError:
            return
        self._count(len(entries))
        self._weigh(sum(entry.file_size for entry in entries))

    def _count(self, parts: int) -> None:
        self.parts += parts
        if self.parts > MAX_ENTRIES:
            raise UnsuitableError(sentence=_TOO_MANY)

    def _weigh(self, size: int) -> None:
        self.size += size
        if self.size > MAX_UNPACKED:
            raise UnsuitableError(sentence=_TOO_LARGE)


def _check(paths: Sequence[tuple[str, zipfile.ZipInfo]]) -> None:
    if any(leaves(path) or leaves(entry.filename) for path, entry in paths):
        raise UnsuitableError(sentence=_OUTSIDE)
    if any(entry.flag_bits & _ENCRYPTED for _, entry in paths):
        raise UnsuitableError(sentence=_LOCKED)


def _path(entry: zipfile.ZipInfo) -> str:
    """Names are UTF-8, marked or not, else of the OEM code page: so Russian Windows writes them."""
    name = entry.filename
    if not entry.flag_bits & _IN_UTF8:
        try:
            raw = name.encode("cp437")
            name = raw.decode("utf-8") if _is_utf8(raw) else raw.decode("cp866")
        except UnicodeEncodeError:
            return name
    return name.replace("\\", "/")


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _named(path: str) -> str:
    """The file's own name; the class of its folder goes with it where it names none itself."""
    whole = PurePosixPath(path)
    folder = whole.parent.name
    unit = normalise_class(folder) if _OF_A_CLASS.match(folder) else None
    if unit is None or len(unit.lstrip("0123456789")) > 1 or _OF_A_CLASS.search(whole.stem):
        return whole.name
    return spoken_name(whole.name, unit)
