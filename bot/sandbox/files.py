"""Files of the sandbox: what was sent, by whichever side, kept in memory."""

import hashlib
import mimetypes
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from typing import Any, Literal

from PIL import Image, UnidentifiedImageError

from bot.sandbox.errors import refuse

MEGABYTE = 1024 * 1024
UPLOAD_LIMIT, PHOTO_LIMIT, DOWNLOAD_LIMIT = 50 * MEGABYTE, 10 * MEGABYTE, 20 * MEGABYTE
LONGEST_SIDES, LARGEST_RATIO = 10_000, 20
OFFICE = "application/vnd.openxmlformats-officedocument"
TYPES = {
    ".xlsx": f"{OFFICE}.spreadsheetml.sheet",
    ".docx": f"{OFFICE}.wordprocessingml.document",
    ".csv": "text/csv",
}
Kind = Literal["documents", "photos"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """``path`` is what getFile answers; ``width`` and ``height`` in pixels, 0 for documents."""

    id: str
    unique_id: str
    path: str
    name: str
    type: str
    data: bytes
    width: int = 0
    height: int = 0

    def document(self) -> dict[str, Any]:
        return {**self._identity(), "file_name": self.name, "mime_type": self.type}

    def photo(self) -> list[dict[str, Any]]:
        return [{**self._identity(), "width": self.width, "height": self.height}]

    def _identity(self) -> dict[str, Any]:
        return {
            "file_id": self.id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.data),
        }


class Files:
    def __init__(self) -> None:
        self._stored: dict[str, StoredFile] = {}

    def find(self, file_id: str) -> StoredFile | None:
        return self._stored.get(file_id)

    def get(self, file_id: str) -> StoredFile:
        if file_id not in self._stored:
            refuse("wrong file identifier/HTTP URL specified")
        return self._stored[file_id]

    def at(self, path: str) -> StoredFile | None:
        return next((file for file in self._stored.values() if file.path == path), None)

    def put_document(self, name: str, data: bytes) -> StoredFile:
        _ensure_size(data, UPLOAD_LIMIT)
        return self._put("documents", name, data, _type(name), (0, 0))

    def put_photo(self, name: str, data: bytes) -> StoredFile:
        """Refused as the server refuses: not a picture, too large, too long and thin."""
        _ensure_size(data, PHOTO_LIMIT)
        try:
            with Image.open(BytesIO(data)) as picture:
                size, kind = picture.size, picture.get_format_mimetype()
        except (UnidentifiedImageError, OSError, Image.DecompressionBombError):
            refuse("IMAGE_PROCESS_FAILED")
        if sum(size) > LONGEST_SIDES or max(size) > LARGEST_RATIO * min(size):
            refuse("PHOTO_INVALID_DIMENSIONS")
        return self._put("photos", name, data, kind or "image/jpeg", size)

    def _put(
        self, kind: Kind, name: str, data: bytes, type_: str, size: tuple[int, int]
    ) -> StoredFile:
        number = len(self._stored) + 1
        digest = hashlib.sha256(data + kind.encode()).hexdigest()
        stored = StoredFile(
            id=f"SBX{number:04}{digest[:24]}",
            unique_id=f"U{digest[:15]}",
            path=f"{kind}/file_{number}{PurePath(name).suffix}",
            name=name,
            type=type_,
            data=data,
            width=size[0],
            height=size[1],
        )
        self._stored[stored.id] = stored
        return stored


def _type(name: str) -> str:
    known = TYPES.get(PurePath(name).suffix.lower())
    return known or mimetypes.guess_type(name)[0] or "application/octet-stream"


def _ensure_size(data: bytes, limit: int) -> None:
    if not data:
        refuse("file must be non-empty")
    if len(data) > limit:
        refuse("file is too big")
