"""Methods of the Bot API by which a bot says something new."""

from itertools import count
from typing import Any

from bot.sandbox import calls
from bot.sandbox.calls import Call
from bot.sandbox.errors import refuse
from bot.sandbox.people import Chat, Json

FEWEST_ITEMS, MOST_ITEMS = 2, 10
CONTENT = ("text", "entities", "caption", "caption_entities", "photo", "document")
KEPT = {"photo": calls.photo, "document": calls.document}
_albums = count(1)


def send_message(call: Call) -> Json:
    chat = call.open_chat()
    words = calls.words(call.values, "text")
    if not words:
        refuse("message text is empty")
    return _send(call, chat, words)


def send_photo(call: Call) -> Json:
    return _send_file(call, "photo")


def send_document(call: Call) -> Json:
    return _send_file(call, "document")


def send_media_group(call: Call) -> list[Json]:
    chat = call.open_chat()
    items = call.values.get("media") or []
    if not FEWEST_ITEMS <= len(items) <= MOST_ITEMS:
        refuse("wrong number of media in the album")
    album = str(900_000 + next(_albums))
    contents = [media(call, item) | {"media_group_id": album} for item in items]
    return [_send(call, chat, content) for content in contents]


def media(call: Call, item: dict[str, Any]) -> Json:
    """What an InputMedia holds, as a message's parts."""
    if item.get("type") not in KEPT:
        refuse("only photos and documents are kept in sandbox")
    content = KEPT[item["type"]](call.world, call.source(item.get("media")))
    return content | calls.words(item, "caption")


def copy_message(call: Call) -> Json:
    source = call.message("message to copy not found", chat=call.chat("from_chat_id"))
    content = {name: source[name] for name in CONTENT if name in source}
    if "caption" in call.values and "text" not in content:
        content = {name: part for name, part in content.items() if "caption" not in name}
        content |= calls.words(call.values, "caption")
    if not content:
        refuse("message can't be copied")
    return {"message_id": _send(call, call.open_chat(), content)["message_id"]}


def forward_message(call: Call) -> Json:
    source = call.message("message to forward not found", chat=call.chat("from_chat_id"))
    content = {name: source[name] for name in CONTENT if name in source}
    if not content:
        refuse("message can't be forwarded")
    fresh = {"type": "user", "sender_user": source["from"], "date": source["date"]}
    content["forward_origin"] = source.get("forward_origin", fresh)
    return call.world.post(call.open_chat(), call.world.bot, content)


def send_chat_action(call: Call) -> bool:
    chat = call.open_chat()
    call.world.publish("typing", chat=chat.id, action=str(call.values.get("action")))
    return True


def _send_file(call: Call, kind: str) -> Json:
    chat = call.open_chat()
    content = KEPT[kind](call.world, call.source(call.values.get(kind)))
    return _send(call, chat, content | calls.words(call.values, "caption"))


def _send(call: Call, chat: Chat, content: Json) -> Json:
    parts = calls.reply(call.values, chat) | content | calls.keyboard(call.values)
    return call.world.post(chat, call.world.bot, parts)
