"""A call of the Bot API as the wire carries it, read with the server's checks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.methods import TelegramMethod

from bot.sandbox.entities import detect
from bot.sandbox.errors import refuse
from bot.sandbox.files import StoredFile
from bot.sandbox.markup import Marked, parse
from bot.sandbox.messenger import Messenger
from bot.sandbox.people import Chat, Json, quoted

if TYPE_CHECKING:
    from aiogram.types import InputFile

LONGEST = {"text": 4096, "caption": 1024}
LONGEST_DATA = 64
ATTACHED = "attach://"
ACTIONS = (
    "callback_data",
    "url",
    "copy_text",
    "web_app",
    "login_url",
    "pay",
    "switch_inline_query",
    "switch_inline_query_current_chat",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """``values`` are the parameters that were given; ``uploads`` name and bytes by key."""

    world: Messenger
    values: Mapping[str, Any]
    uploads: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)

    def chat(self, field_name: str = "chat_id") -> Chat:
        """The chat, if the bot may see it."""
        given = str(self.values.get(field_name, ""))
        known = self.world.chats.get(int(given)) if given.lstrip("-").isdigit() else None
        if known is None:
            refuse("chat not found")
        if not known.has(self.world.bot["id"]):
            refuse("bot is not a member of the supergroup chat", code=403)
        return known

    def open_chat(self) -> Chat:
        """The chat, if the bot may write there."""
        chat = self.chat()
        if not chat.started:
            refuse("bot can't initiate conversation with a user", code=403)
        return chat

    def message(self, missing: str, *, chat: Chat | None = None) -> Json:
        found = (chat or self.chat()).messages.get(int(self.values.get("message_id") or 0))
        if found is None:
            refuse(missing)
        return found

    def source(self, given: object) -> str | tuple[str, bytes]:
        """An upload (name and bytes) or the id of a stored file."""
        if not isinstance(given, str) or not given:
            refuse("there is no file in the request")
        if given.startswith(ATTACHED):
            return self.uploads[given.removeprefix(ATTACHED)]
        return given


async def read(
    session: BaseSession, bot: Bot, method: TelegramMethod[Any], world: Messenger
) -> Call:
    """What aiogram would put on the wire for ``method``, files read to the end."""
    files: dict[str, InputFile] = {}
    values = {}
    for name, given in method.model_dump(warnings=False).items():
        value = session.prepare_value(given, bot=bot, files=files, _dumps_json=False)
        if value is not None:
            values[name] = value.value if isinstance(value, Enum) else value
    uploads = {}
    for key, file in files.items():
        data = b"".join([chunk async for chunk in file.read(bot)])
        uploads[key] = (file.filename or key, data)
    return Call(world=world, values=values, uploads=uploads)


def words(values: Mapping[str, Any], name: str) -> Json:
    """``text`` or ``caption`` with its entities; {} when nothing is left of it."""
    entities_name = "entities" if name == "text" else "caption_entities"
    marked = _marked(values, name, entities_name).trimmed()
    if len(marked.text) > LONGEST[name]:
        refuse("message is too long" if name == "text" else "message caption is too long")
    if not marked.text:
        return {}
    entities = detect(marked.text, marked.entities)
    return {name: marked.text} | ({entities_name: entities} if entities else {})


def _marked(values: Mapping[str, Any], name: str, entities_name: str) -> Marked:
    source = str(values.get(name) or "")
    mode = str(values.get("parse_mode") or "").lower()
    if entities := values.get(entities_name):
        return Marked(source, list(entities))
    if mode == "html":
        return parse(source)
    if mode:
        refuse("unsupported parse_mode")
    return Marked(source)


def keyboard(values: Mapping[str, Any]) -> Json:
    """The inline keyboard as a message's part; {} when there is none."""
    markup = values.get("reply_markup") or {}
    if "keyboard" in markup:
        refuse("only inline keyboards are kept in sandbox")
    rows = [row for row in markup.get("inline_keyboard") or [] if row]
    for button in (button for row in rows for button in row):
        _check(button)
    return {"reply_markup": {"inline_keyboard": rows}} if rows else {}


def _check(button: Json) -> None:
    if not str(button.get("text") or "").strip():
        refuse("button text must be non-empty")
    actions = [name for name in ACTIONS if button.get(name) is not None]
    if len(actions) != 1:
        refuse("text buttons are unallowed in the inline keyboard")
    data = button.get("callback_data")
    if data is not None and not 1 <= len(str(data).encode()) <= LONGEST_DATA:
        refuse("BUTTON_DATA_INVALID")


def reply(values: Mapping[str, Any], chat: Chat) -> Json:
    """The message replied to as a message's part; {} when there is none."""
    given = values.get("reply_parameters") or {}
    number = int(given.get("message_id") or values.get("reply_to_message_id") or 0)
    message = chat.messages.get(number)
    if message is not None:
        return {"reply_to_message": quoted(message)}
    optional = given.get("allow_sending_without_reply") or values.get("allow_sending_without_reply")
    if number and not optional:
        refuse("message to be replied not found")
    return {}


def document(world: Messenger, source: str | tuple[str, bytes]) -> Json:
    return {"document": _stored(world, source, photo=False).document()}


def photo(world: Messenger, source: str | tuple[str, bytes]) -> Json:
    return {"photo": _stored(world, source, photo=True).photo()}


def _stored(world: Messenger, source: str | tuple[str, bytes], *, photo: bool) -> StoredFile:
    if isinstance(source, str):
        return world.files.get(source)
    return (world.files.put_photo if photo else world.files.put_document)(*source)
