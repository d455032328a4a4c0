"""The messenger's memory: chats, messages, files, and who listens to what changes."""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import count

from bot.sandbox.commands import Commands
from bot.sandbox.files import Files
from bot.sandbox.people import Chat, Json, Persona
from bot.sandbox.updates import Updates
from services.clock import Clock

Events = asyncio.Queue[Json | None]
FIRST_GROUP = -1_001_000_000_000
FIRST_BOT = 70_001


class Messenger:
    """Everything is addressed by the messenger's ids; messages are JSON of the Bot API.

    A message is replaced, never changed in place: whoever holds one holds what was then.
    Private chats share one numbering of messages, each group has its own, as in Telegram.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        name: str = "Ёж",
        username: str = "yozh_bot",
        bot_id: int = FIRST_BOT,
    ) -> None:
        self.clock = clock
        self.token = f"{bot_id}:sandbox"
        self.bot: Json = {
            "id": bot_id,
            "is_bot": True,
            "first_name": name,
            "username": username,
        }
        self.personas: dict[int, Persona] = {}
        self.chats: dict[int, Chat] = {}
        self.files = Files()
        self.updates = Updates()
        self.commands = Commands()
        self.description = ""
        self.short_description = ""
        self.presses: dict[str, Json] = {}
        self._private = count(1)
        self._numbers: dict[int, Iterator[int]] = {}
        self._listeners: set[Events] = set()

    def now(self) -> int:
        return int(self.clock.now().timestamp())

    def add_persona(self, persona: Persona, *, started: bool = True) -> Chat:
        """A persona and the private chat; the bot may not write first until it is ``started``."""
        chat = Chat(
            id=persona.id,
            title=persona.name,
            username=persona.username,
            private=True,
            started=started,
            members={persona.id: "member", self.bot["id"]: "member"},
        )
        self.personas[persona.id] = persona
        self._numbers[chat.id] = self._private
        self.chats[chat.id] = chat
        return chat

    def add_group(
        self, title: str, *, members: Iterable[int], leaders: Iterable[int], with_bot: bool = False
    ) -> Chat:
        """A supergroup; the first of ``leaders`` created it, the others are administrators."""
        groups = sum(not chat.private for chat in self.chats.values())
        chat = Chat(id=FIRST_GROUP - groups, title=title, private=False, members={})
        chat.members |= dict.fromkeys(members, "member")
        for position, leader in enumerate(leaders):
            chat.members[leader] = "administrator" if position else "creator"
        if with_bot:
            chat.members[self.bot["id"]] = "member"
        self._numbers[chat.id] = count(1)
        self.chats[chat.id] = chat
        return chat

    def post(self, chat: Chat, sender: Json, parts: Json) -> Json:
        message = {
            "message_id": next(self._numbers[chat.id]),
            "from": sender,
            "chat": chat.json(),
            "date": self.now(),
            **parts,
        }
        chat.messages[message["message_id"]] = message
        self.publish("message", chat=chat.id, message=message)
        return message

    def replace(self, chat: Chat, message: Json) -> Json:
        chat.messages[message["message_id"]] = message
        self.publish("edited", chat=chat.id, message=message)
        return message

    def delete(self, chat: Chat, number: int) -> None:
        del chat.messages[number]
        if chat.pinned == number:
            chat.pinned = None
        self.publish("deleted", chat=chat.id, number=number)

    def publish(self, event: str, **facts: object) -> None:
        for queue in self._listeners:
            queue.put_nowait({"event": event, **facts})

    @contextmanager
    def listening(self) -> Iterator[Events]:
        """A queue of everything that happens from now on; ``None`` is the end of the sandbox."""
        queue: Events = asyncio.Queue()
        self._listeners.add(queue)
        try:
            yield queue
        finally:
            self._listeners.discard(queue)

    def hang_up(self) -> None:
        for queue in self._listeners:
            queue.put_nowait(None)

    async def until(
        self, chat_id: int, wanted: Callable[[Json], bool], *, seconds: float = 10
    ) -> Json:
        """The newest message of the chat that is ``wanted``, waiting for it to be sent or edited.

        Raises TimeoutError.
        """
        chat = self.chats[chat_id]
        with self.listening() as events:
            async with asyncio.timeout(seconds):
                while True:
                    for message in reversed(chat.messages.values()):
                        if wanted(message):
                            return message
                    await events.get()
