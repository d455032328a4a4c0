"""Files that only the holder of a key can read: AES-256-GCM, a piece at a time.

A sealed file is ``MAGIC``, seven random bytes, then pieces of at most ``PIECE`` bytes, each with
its tag. A piece's nonce holds its number and whether it is the last one, so pieces cannot be
dropped, repeated or put in another order (the STREAM construction of Hoang, Reyhanitabar, Rogaway
and Vizár, 2015).
"""

import os
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"yozh-sealed-1\n"
PIECE = 1 << 20
TAG_BYTES = 16
KEY_BYTES = 32
_SALT_BYTES = 7


class WrongKeyError(Exception):
    """The key does not open the file, or the file is cut or changed."""


def new_key() -> str:
    """A key as it stands in the settings: 44 letters."""
    return urlsafe_b64encode(os.urandom(KEY_BYTES)).decode()


def is_sealed(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(len(MAGIC)) == MAGIC


def seal(source: Path, target: Path, key: bytes) -> None:
    cipher, salt = _cipher(key), os.urandom(_SALT_BYTES)
    with source.open("rb") as plain, target.open("wb") as sealed:
        sealed.write(MAGIC + salt)
        for number, (piece, last) in enumerate(_pieces(plain, PIECE)):
            sealed.write(cipher.encrypt(_nonce(salt, number, last=last), piece, MAGIC))


def unseal(source: Path, target: Path, key: bytes) -> None:
    """Raise WrongKeyError; ``target`` then holds nothing that may be used."""
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415  # loaded where it is used

    cipher = _cipher(key)
    with source.open("rb") as sealed, target.open("wb") as plain:
        head = sealed.read(len(MAGIC) + _SALT_BYTES)
        salt = head[len(MAGIC) :]
        if not head.startswith(MAGIC) or len(salt) != _SALT_BYTES:
            raise WrongKeyError(source.name)
        for number, (piece, last) in enumerate(_pieces(sealed, PIECE + TAG_BYTES)):
            try:
                plain.write(cipher.decrypt(_nonce(salt, number, last=last), piece, MAGIC))
            except InvalidTag as error:
                raise WrongKeyError(source.name) from error


def _cipher(key: bytes) -> "AESGCM":
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415  # 4 MB

    return AESGCM(key)


def _pieces(file: BinaryIO, size: int) -> Iterator[tuple[bytes, bool]]:
    """At least one, an empty file's; with whether it is the last."""
    piece = file.read(size)
    while True:
        following = file.read(size)
        yield piece, not following
        if not following:
            return
        piece = following


def _nonce(salt: bytes, number: int, *, last: bool) -> bytes:
    return salt + number.to_bytes(4, "big") + bytes([last])
