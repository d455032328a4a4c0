"""Personas and chats of the sandbox, and their faces in the Bot API."""

from dataclasses import dataclass, field
from typing import Any, Literal

Status = Literal["creator", "administrator", "member", "left"]
Json = dict[str, Any]
RIGHTS = (
    "can_be_edited",
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
    "can_pin_messages",
    "can_manage_topics",
)
MANAGES = {"can_manage_chat": True, "can_pin_messages": True}


@dataclass(frozen=True, slots=True, kw_only=True)
class Persona:
    """Somebody to be: ``id`` is the messenger's, ``role`` is words for the page."""

    id: int
    name: str
    role: str
    username: str | None = None

    def json(self) -> Json:
        user: Json = {"id": self.id, "is_bot": False, "first_name": self.name}
        if self.username:
            user["username"] = self.username
        return {**user, "language_code": "ru"}


@dataclass(slots=True, kw_only=True)
class Chat:
    """``members`` holds everybody's status, the bot's too; ``seen`` the last message read."""

    id: int
    title: str
    private: bool
    members: dict[int, Status]
    started: bool = True
    username: str | None = None
    messages: dict[int, Json] = field(default_factory=dict)
    seen: dict[int, int] = field(default_factory=dict)
    reactions: dict[int, list[str]] = field(default_factory=dict)
    pinned: int | None = None

    def json(self) -> Json:
        if not self.private:
            return {"id": self.id, "title": self.title, "type": "supergroup"}
        face: Json = {"id": self.id, "first_name": self.title, "type": "private"}
        return face | ({"username": self.username} if self.username else {})

    def status(self, person: int) -> Status:
        return self.members.get(person, "left")

    def has(self, person: int) -> bool:
        return self.status(person) != "left"

    def leads(self, person: int) -> bool:
        return self.status(person) in {"creator", "administrator"}

    def unread(self, person: int) -> int:
        """Messages of others that ``person`` has not seen."""
        last = self.seen.get(person, 0)
        return sum(
            number > last and message["from"]["id"] != person
            for number, message in self.messages.items()
        )


def membership(user: Json, status: Status) -> Json:
    """A ChatMember of the Bot API."""
    if status == "creator":
        return {"status": status, "user": user, "is_anonymous": False}
    if status == "administrator":
        return {"status": status, "user": user} | dict.fromkeys(RIGHTS, False) | MANAGES
    return {"status": status, "user": user}


def quoted(message: Json) -> Json:
    """The message as it stands inside a reply to it: one level deep."""
    return {name: part for name, part in message.items() if name != "reply_to_message"}
