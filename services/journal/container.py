"""What a file is by its first bytes, never by its extension."""

from enum import StrEnum

_BYTE_MARK = b"\xef\xbb\xbf"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLE_DOCUMENTS = {
    "WordDocument": "документ Word",
    "PowerPoint Document": "презентация",
    "__substg1.0": "письмо Outlook",
}
_SIGNATURES = (
    (b"\x89PNG", "картинка"),
    (b"\xff\xd8\xff", "картинка"),
    (b"GIF8", "картинка"),
    (b"BM", "картинка"),
    (b"II*\0", "картинка"),
    (b"MM\0*", "картинка"),
    (b"\0\0\1\0", "картинка"),
    (b"%PDF", "документ PDF"),
    (b"{\\rtf", "документ RTF"),
    (b"Rar!", "архив"),
    (b"7z\xbc\xaf", "архив"),
    (b"\x1f\x8b", "архив"),
    (b"BZh", "архив"),
    (b"\xfd7zXZ", "архив"),
    (b"OggS", "звукозапись"),
    (b"ID3", "звукозапись"),
    (b"MZ", "программа"),
    (b"\x7fELF", "программа"),
    (b"SQLite format 3", "база данных"),
)
_RIFF = {b"WEBP": "картинка", b"AVI ": "видео", b"WAVE": "звукозапись"}
_BITMAP_LEAST = 26
_HEAD = 64


class Container(StrEnum):
    ZIP = "zip"
    OLE = "ole"
    MARKUP = "markup"
    TEXT = "text"


class UnsuitableError(Exception):
    """The file is refused as a whole; one clear sentence in Russian says why."""

    def __init__(self, *, sentence: str) -> None:
        super().__init__(sentence)


def container_of(content: bytes) -> Container:
    """The container, or UnsuitableError naming what was sent instead of a table."""
    if not content.strip():
        raise UnsuitableError(sentence="Файл пуст: выгрузите его ещё раз.")
    if content.startswith((b"PK\3\4", b"PK\5\6")):
        return Container.ZIP
    if content.startswith(_OLE):
        _reject_ole(content)
        return Container.OLE
    foreign = _foreign(content)
    if foreign:
        raise UnsuitableError(
            sentence=f"Это {foreign}, а нужна таблица: .xlsx, .xls, .ods или .csv."
        )
    begins = content[:_HEAD].removeprefix(_BYTE_MARK).lstrip()
    return Container.MARKUP if begins.startswith(b"<") else Container.TEXT


def _reject_ole(content: bytes) -> None:
    if _ENCRYPTED in content:
        raise UnsuitableError(
            sentence="Книга зашифрована паролем: снимите пароль и отправьте её снова."
        )
    for stream, name in _OLE_DOCUMENTS.items():
        if stream.encode("utf-16-le") in content:
            raise UnsuitableError(
                sentence=f"Это {name}, а нужна таблица: .xlsx, .xls, .ods или .csv."
            )


def _foreign(content: bytes) -> str | None:
    if content[:4] == b"RIFF":
        return _RIFF.get(content[8:12])
    if content[4:8] == b"ftyp":
        return "картинка" if content[8:11] in {b"hei", b"avi", b"mif"} else "видео"
    for signature, name in _SIGNATURES:
        if content.startswith(signature) and not _is_words(signature, content):
            return name
    return None


def _is_words(signature: bytes, content: bytes) -> bool:
    """«BM;...» or «MZ;...» may begin a table of text: binary files have zero bytes at once."""
    return signature in {b"BM", b"MZ", b"ID3"} and b"\0" not in content[:_BITMAP_LEAST]


def has_macros(content: bytes) -> bool:
    """Whether a workbook, packed or old binary, carries a macro project."""
    return b"vbaProject.bin" in content or "_VBA_PROJECT_CUR".encode("utf-16-le") in content
