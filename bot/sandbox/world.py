"""What personas do in the messenger: they write, send files, press, join."""

from collections.abc import Callable
from itertools import count

from bot.sandbox.entities import detect
from bot.sandbox.errors import ApiError, forbid
from bot.sandbox.files import StoredFile
from bot.sandbox.messenger import Messenger
from bot.sandbox.people import Chat, Json, Status, membership, quoted

LONGEST_TEXT, LONGEST_CAPTION = 4096, 1024
REWRITTEN = {"text", "entities"}
_presses = count(1)


class World(Messenger):
    """The sandbox for its page and for tests; the bot reaches it through ``SandboxSession``.

    Deeds return the message as the bot gets it and raise ``ImpossibleDeedError``.
    """

    def send_text(
        self, persona: int, chat_id: int, text: str, *, reply_to: int | None = None
    ) -> Json:
        return self._say(persona, chat_id, _words("text", text, LONGEST_TEXT), reply_to)

    def send_document(
        self,
        persona: int,
        chat_id: int,
        name: str,
        data: bytes,
        *,
        caption: str = "",
        reply_to: int | None = None,
    ) -> Json:
        document = _stored(self.files.put_document, name, data).document()
        return self._say(persona, chat_id, {"document": document} | _caption(caption), reply_to)

    def send_photo(
        self,
        persona: int,
        chat_id: int,
        name: str,
        data: bytes,
        *,
        caption: str = "",
        reply_to: int | None = None,
    ) -> Json:
        photo = _stored(self.files.put_photo, name, data).photo()
        return self._say(persona, chat_id, {"photo": photo} | _caption(caption), reply_to)

    def edit_text(self, persona: int, message: Json, text: str) -> Json:
        chat = self._joined(persona, message["chat"]["id"])
        old = chat.messages.get(message["message_id"])
        if old is None or old["from"]["id"] != persona or "text" not in old:
            forbid("not-yours")
        kept: Json = {name: part for name, part in old.items() if name not in REWRITTEN}
        edited = kept | _words("text", text, LONGEST_TEXT) | {"edit_date": self.now()}
        if self._heard(chat, edited):
            self.updates.push("edited_message", edited)
        return self.replace(chat, edited)

    def press(self, persona: int, message: Json, button: str) -> str:
        """Press by callback data or by label; the id of the query, to find its answer by."""
        chat = self._joined(persona, message["chat"]["id"])
        shown = chat.messages.get(message["message_id"], {})
        data = _data(shown, button)
        query: Json = {
            "id": str(4_000_000_000 + next(_presses)),
            "from": self.personas[persona].json(),
            "message": shown,
            "chat_instance": str(chat.id * 7919),
            "data": data,
        }
        self.presses[query["id"]] = {"answer": None, "persona": persona}
        self.updates.push("callback_query", query)
        return str(query["id"])

    def read(self, persona: int, chat_id: int) -> None:
        """``persona`` has seen all that is in the chat."""
        chat = self._joined(persona, chat_id)
        chat.seen[persona] = max(chat.messages, default=0)
        self.publish("unread", chat=chat.id)

    def add_to_group(self, chat_id: int, *, by: int, status: Status = "member") -> None:
        """The bot is let in, promoted or (``left``) shown out by the persona ``by``."""
        chat = self._joined(by, chat_id)
        before = chat.status(self.bot["id"])
        if chat.private or before == status:
            forbid("nothing-to-change")
        chat.members[self.bot["id"]] = status
        person = self.personas[by].json()
        change = {
            "chat": chat.json(),
            "from": person,
            "date": self.now(),
            "old_chat_member": membership(self.bot, before),
            "new_chat_member": membership(self.bot, status),
        }
        self.updates.push("my_chat_member", change)
        self.publish("chat", chat=chat.id)
        if before == "left":
            self._deliver(chat, self.post(chat, person, {"new_chat_members": [self.bot]}))
        elif status == "left":
            self.post(chat, person, {"left_chat_member": self.bot})

    def _say(self, persona: int, chat_id: int, parts: Json, reply_to: int | None) -> Json:
        chat = self._joined(persona, chat_id)
        if reply_to is not None:
            parts = {"reply_to_message": _reply(chat, reply_to), **parts}
        if not chat.started:
            chat.started = True
            self.publish("chat", chat=chat.id)
        message = self.post(chat, self.personas[persona].json(), parts)
        self._deliver(chat, message)
        return message

    def _deliver(self, chat: Chat, message: Json) -> None:
        if self._heard(chat, message):
            self.updates.push("message", message)

    def _heard(self, chat: Chat, message: Json) -> bool:
        """A bot in privacy mode hears commands, replies to it, mentions and service messages."""
        if chat.private or chat.leads(self.bot["id"]):
            return True
        if not chat.has(self.bot["id"]):
            return False
        replied = message.get("reply_to_message", {}).get("from", {}).get("id") == self.bot["id"]
        return replied or "new_chat_members" in message or self._addressed(message)

    def _addressed(self, message: Json) -> bool:
        text = str(message.get("text") or message.get("caption") or "").lower()
        name = f"@{self.bot['username'].lower()}"
        command = text.split(maxsplit=1)[0] if text.startswith("/") else ""
        return name in text or (command != "" and "@" not in command)

    def _joined(self, persona: int, chat_id: int) -> Chat:
        chat = self.chats.get(chat_id)
        if persona not in self.personas or chat is None or not chat.has(persona):
            forbid("not-a-member")
        return chat


def _words(field: str, text: str, limit: int) -> Json:
    words = text.strip()
    if not words or len(words) > limit:
        forbid("text-length")
    entities = detect(words)
    name = "entities" if field == "text" else "caption_entities"
    return {field: words} | ({name: entities} if entities else {})


def _caption(text: str) -> Json:
    return _words("caption", text, LONGEST_CAPTION) if text.strip() else {}


def _reply(chat: Chat, number: int) -> Json:
    if number not in chat.messages:
        forbid("nothing-to-reply-to")
    return quoted(chat.messages[number])


def _data(message: Json, button: str) -> str:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    shown = [one for row in rows for one in row if "callback_data" in one]
    wanted = [one for one in shown if button in {one["callback_data"], one["text"]}]
    if not wanted:
        forbid("no-such-button")
    return str(wanted[0]["callback_data"])


def _stored(put: Callable[[str, bytes], StoredFile], name: str, data: bytes) -> StoredFile:
    try:
        return put(name, data)
    except ApiError:
        forbid("bad-file")
