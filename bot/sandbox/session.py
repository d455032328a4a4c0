"""The Bot API in memory, as a session of aiogram: ``Bot(world.token, session=...)``."""

import json
from collections.abc import AsyncGenerator, Callable
from typing import Any, cast

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.exceptions import TelegramNotFound
from aiogram.methods import GetFile, TelegramMethod
from aiogram.methods.base import TelegramType

from bot.sandbox import calls, directory, editing, sending
from bot.sandbox.calls import Call
from bot.sandbox.errors import ApiError, refuse
from bot.sandbox.messenger import Messenger

Answer = Callable[[Call], object]
METHODS: dict[str, Answer] = {
    "getMe": directory.get_me,
    "setWebhook": directory.set_webhook,
    "deleteWebhook": directory.delete_webhook,
    "getWebhookInfo": directory.get_webhook_info,
    "setMyCommands": directory.set_my_commands,
    "getMyCommands": directory.get_my_commands,
    "deleteMyCommands": directory.delete_my_commands,
    "setMyDescription": directory.set_my_description,
    "setMyShortDescription": directory.set_my_short_description,
    "answerCallbackQuery": directory.answer_callback_query,
    "getFile": directory.get_file,
    "getChat": directory.get_chat,
    "getChatMember": directory.get_chat_member,
    "getChatMemberCount": directory.get_chat_member_count,
    "getChatAdministrators": directory.get_chat_administrators,
    "leaveChat": directory.leave_chat,
    "sendMessage": sending.send_message,
    "sendPhoto": sending.send_photo,
    "sendDocument": sending.send_document,
    "sendMediaGroup": sending.send_media_group,
    "sendChatAction": sending.send_chat_action,
    "copyMessage": sending.copy_message,
    "forwardMessage": sending.forward_message,
    "editMessageText": editing.edit_message_text,
    "editMessageCaption": editing.edit_message_caption,
    "editMessageMedia": editing.edit_message_media,
    "editMessageReplyMarkup": editing.edit_message_reply_markup,
    "deleteMessage": editing.delete_message,
    "setMessageReaction": editing.set_message_reaction,
    "pinChatMessage": editing.pin_chat_message,
    "unpinChatMessage": editing.unpin_chat_message,
}


class SandboxSession(BaseSession):
    """Answers travel as JSON text through aiogram's own check, as over the wire."""

    def __init__(self, world: Messenger) -> None:
        super().__init__()
        self.world = world

    async def close(self) -> None:
        """Nothing is held open."""

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109, ARG002  # the signature is aiogram's
    ) -> TelegramType:
        try:
            result = await self._answer(bot, method)
            status, body = 200, {"ok": True, "result": result}
        except ApiError as refusal:
            status = refusal.code
            body = {"ok": False, "error_code": status, "description": refusal.description}
        response = self.check_response(bot, method, status, json.dumps(body))
        return cast("TelegramType", response.result)

    async def _answer(self, bot: Bot, method: TelegramMethod[Any]) -> object:
        if bot.token != self.world.token:
            refuse("Unauthorized", code=401)
        name = method.__api_method__
        call = await calls.read(self, bot, method, self.world)
        if name == "getUpdates":
            return await self._poll(call)
        if name not in METHODS:
            refuse(f"method not found in sandbox: {name}")
        return METHODS[name](call)

    async def _poll(self, call: Call) -> list[dict[str, Any]]:
        return await self.world.updates.poll(
            offset=int(call.values.get("offset") or 0),
            limit=int(call.values.get("limit") or 100),
            wait=float(call.values.get("timeout") or 0),
            allowed=call.values.get("allowed_updates"),
        )

    async def stream_content(
        self,
        url: str,
        headers: dict[str, Any] | None = None,  # noqa: ARG002
        timeout: int = 30,  # noqa: ASYNC109, ARG002
        chunk_size: int = 65536,
        raise_for_status: bool = True,  # noqa: ARG002, FBT001, FBT002
    ) -> AsyncGenerator[bytes, None]:
        prefix = self.api.file_url(self.world.token, "")
        stored = self.world.files.at(url.removeprefix(prefix))
        if stored is None:
            raise TelegramNotFound(method=GetFile(file_id=""), message="Not Found")
        for start in range(0, len(stored.data), chunk_size):
            yield stored.data[start : start + chunk_size]
