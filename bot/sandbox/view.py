"""What the page shows: the messenger's JSON made plain, its words made safe HTML."""

from collections.abc import Mapping
from typing import Any

from bot.sandbox.entities import safe_link, to_html
from bot.sandbox.messenger import Messenger
from bot.sandbox.people import Chat, Json


def message(chat: Chat, raw: Json) -> Json:
    text = raw.get("text") or raw.get("caption") or ""
    entities = raw.get("entities") or raw.get("caption_entities") or []
    return {
        "number": raw["message_id"],
        "author": _author(raw["from"]),
        "date": raw["date"],
        "edited": "edit_date" in raw,
        "html": to_html(text, entities),
        "plain": _plain(raw),
        "photo": _photo(raw),
        "document": _document(raw),
        "rows": _rows(raw),
        "reply": _reply(raw),
        "forwarded": _forwarded(raw),
        "joined": [user["first_name"] for user in raw.get("new_chat_members", [])],
        "gone": raw.get("left_chat_member", {}).get("first_name"),
        "faces": chat.reactions.get(raw["message_id"], []),
    }


def chat(world: Messenger, one: Chat) -> Json:
    """A chat without its messages: who is in it, what is unread, which commands it offers."""
    present = [person for person in world.personas if one.has(person)]
    return {
        "id": one.id,
        "title": one.title,
        "private": one.private,
        "started": one.started,
        "members": present,
        "with_bot": one.has(world.bot["id"]),
        "pinned": one.pinned,
        "unread": {person: one.unread(person) for person in present},
        "menus": {person: _menu(world, one, person) for person in present},
    }


def event(world: Messenger, raw: Mapping[str, Any]) -> Json:
    """An event of the messenger for the page; whatever names a chat brings its counters."""
    shown = dict(raw)
    if raw["event"] == "commands":
        return {"event": "menus", "chats": [chat(world, one) for one in world.chats.values()]}
    if "chat" not in raw:
        return shown
    place = world.chats[raw["chat"]]
    if "message" in raw:
        shown["message"] = message(place, raw["message"])
    return shown | {"chat": chat(world, place)}


def _menu(world: Messenger, one: Chat, person: int) -> list[dict[str, str]]:
    return world.commands.shown(
        chat=one.id, person=person, private=one.private, leads=one.leads(person)
    )


def _author(user: Json) -> Json:
    return {"id": user["id"], "name": user["first_name"], "bot": user["is_bot"]}


def _plain(raw: Json) -> str:
    words = raw.get("text") or raw.get("caption")
    return str(words or raw.get("document", {}).get("file_name", ""))


def _photo(raw: Json) -> Json | None:
    if not raw.get("photo"):
        return None
    size = raw["photo"][-1]
    return {
        "address": f"/files/{size['file_id']}",
        "width": size["width"],
        "height": size["height"],
    }


def _document(raw: Json) -> Json | None:
    if "document" not in raw:
        return None
    document = raw["document"]
    return {
        "name": document["file_name"],
        "size": document["file_size"],
        "address": f"/files/{document['file_id']}",
    }


def _rows(raw: Json) -> list[list[Json]]:
    rows = raw.get("reply_markup", {}).get("inline_keyboard", [])
    return [[_button(one) for one in row] for row in rows]


def _button(raw: Json) -> Json:
    return {
        "text": raw["text"],
        "data": raw.get("callback_data"),
        "address": safe_link(raw.get("url") or ""),
        "copy": (raw.get("copy_text") or {}).get("text"),
    }


def _reply(raw: Json) -> Json | None:
    if "reply_to_message" not in raw:
        return None
    old = raw["reply_to_message"]
    return {
        "number": old["message_id"],
        "name": old["from"]["first_name"],
        "plain": _plain(old),
        "photo": "photo" in old,
    }


def _forwarded(raw: Json) -> str | None:
    if "forward_origin" not in raw:
        return None
    return str(raw["forward_origin"]["sender_user"]["first_name"])
