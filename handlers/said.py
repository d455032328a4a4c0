"""What a message carries to the help desk: its words and its files, which are never fetched."""

from aiogram import F
from aiogram.types import Message

from services.helpdesk.tickets import Attachment, FileKind, Said, Source
from services.ids import ChatId

CARRIED = F.photo | F.document | F.video | F.voice | F.audio | F.animation | F.video_note
"""Messages with a file that is carried over."""
WORDS = (F.text & ~F.text.startswith("/")) | CARRIED
"""What is taken where words or files are asked for."""


def said_of(message: Message) -> Said:
    file = _file(message)
    return Said(
        text=message.text or message.caption or "",
        files=(file,) if file else (),
        source=Source(ChatId(message.chat.id), message.message_id),
    )


def _file(message: Message) -> Attachment | None:
    """An animation comes with a document of the same file, so it is looked for first."""
    largest = max(message.photo, key=lambda size: size.width) if message.photo else None
    kinds = (
        (FileKind.PHOTO, largest),
        (FileKind.ANIMATION, message.animation),
        (FileKind.VIDEO, message.video),
        (FileKind.VOICE, message.voice),
        (FileKind.AUDIO, message.audio),
        (FileKind.VIDEO_NOTE, message.video_note),
        (FileKind.DOCUMENT, message.document),
    )
    for kind, file in kinds:
        if file is not None:
            return Attachment(
                kind=kind,
                file_id=file.file_id,
                unique_id=file.file_unique_id,
                album=message.media_group_id or "",
            )
    return None
