"""Files of tickets, sent again by the messenger's own name for them: nothing is fetched."""

from typing import Any

from aiogram.enums import ParseMode
from aiogram.methods import (
    SendAnimation,
    SendAudio,
    SendDocument,
    SendPhoto,
    SendVideo,
    SendVideoNote,
    SendVoice,
    TelegramMethod,
)

from services.helpdesk.tickets import Attachment, FileKind
from services.ids import ChatId

_METHODS: dict[FileKind, type[TelegramMethod[Any]]] = {
    FileKind.PHOTO: SendPhoto,
    FileKind.DOCUMENT: SendDocument,
    FileKind.VIDEO: SendVideo,
    FileKind.VOICE: SendVoice,
    FileKind.AUDIO: SendAudio,
    FileKind.ANIMATION: SendAnimation,
    FileKind.VIDEO_NOTE: SendVideoNote,
}


def sending(chat: ChatId, file: Attachment, caption: str, *, rings: bool) -> TelegramMethod[Any]:
    """Further files of one message come without a sound; a round video has no words."""
    words = {"caption": caption, "parse_mode": ParseMode.HTML}
    return _METHODS[file.kind].model_validate(
        {
            "chat_id": chat,
            file.kind.value: file.file_id,
            "disable_notification": not rings,
            **({} if file.kind is FileKind.VIDEO_NOTE else words),
        }
    )
