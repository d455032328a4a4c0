"""The crossing table: for each handler, what triggers it, the right it takes, where it may act.

A handler without a row here fails ``test_crossing``. A row is

    "module.function": Route(<how to trigger it>, <capability, None: everybody>, <places>)

where the trigger is ``command("/x")``, ``press("data")``, ``typed("words", State)`` or a function
of a ``Scene`` that makes the update itself (None where it cannot exist in that place).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from aiogram.fsm.state import State
from aiogram.types import (
    ChatMemberLeft,
    ChatMemberMember,
    ChatMemberUpdated,
    Message,
    MessageOriginUser,
    Update,
    User,
)
from teremok import (
    MockCallbackQuery,
    MockChat,
    MockMessageDocument,
    MockMessageText,
    MockUpdate,
    MockUser,
)

from handlers.pin import Entering
from handlers.start import Naming
from handlers.typed import Inviting, Renaming
from services.access import Capability
from tests.handlers.conversation import BOT, group, written

BOUND, FOREIGN, CHANNEL = -100, -200, -300
ANONYMOUS_BOT = User(id=1087968824, is_bot=True, first_name="Group", username="GroupAnonymousBot")


class Place(StrEnum):
    PRIVATE = "private chat"
    GROUP = "bound group"
    FOREIGN = "group bound to nothing"
    ANONYMOUS = "anonymous administrator of the bound group"
    FORWARDED = "forwarded into the private chat"
    EDITED = "edited in the private chat"
    CHANNEL = "channel post"


PRIVATE = frozenset({Place.PRIVATE})
GROUPS = frozenset({Place.GROUP, Place.FOREIGN})
BOUND_GROUP = frozenset({Place.GROUP})
LIVE = PRIVATE | GROUPS
ANY_PERSON: Capability | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """Who acts where."""

    user: int
    place: Place

    @property
    def chat(self) -> int:
        match self.place:
            case Place.GROUP | Place.ANONYMOUS:
                return BOUND
            case Place.FOREIGN:
                return FOREIGN
            case Place.CHANNEL:
                return CHANNEL
            case _:
                return self.user

    def message(self, text: str) -> Update:
        """The update that carries a written text from this place."""
        sender = MockUser(self.user)
        match self.place:
            case Place.PRIVATE:
                return MockUpdate(message=written(text, sender))
            case Place.GROUP | Place.FOREIGN:
                return MockUpdate(message=written(text, sender, group(self.chat)))
            case Place.ANONYMOUS:
                where = group(BOUND)
                return MockUpdate(message=written(text, ANONYMOUS_BOT, where, sender_chat=where))
            case Place.FORWARDED:
                return MockUpdate(message=written(text, sender, forward_origin=_origin(sender)))
            case Place.EDITED:
                return MockUpdate(edited_message=written(text, sender, edit_date=1))
            case Place.CHANNEL:
                channel = MockChat(CHANNEL, type="channel", title="Канал")
                return MockUpdate(channel_post=written(text, None, channel, sender_chat=channel))


Trigger = Callable[[Scene], Update | None]


@dataclass(frozen=True, slots=True)
class Route:
    trigger: Trigger
    capability: Capability | None
    places: frozenset[Place]
    state: State | None = None


def command(text: str) -> Trigger:
    return lambda scene: scene.message(text)


def press(data: str) -> Trigger:
    """A press always has a person behind it, so only the three live places exist."""

    def pressed(scene: Scene) -> Update | None:
        if scene.place not in LIVE:
            return None
        where = MockChat(scene.user) if scene.place is Place.PRIVATE else group(scene.chat)
        shown = MockMessageText("…", user=BOT, chat=where)
        query = MockCallbackQuery(data, user=MockUser(scene.user), message=shown)
        return MockUpdate(callback_query=query)

    return pressed


def media(**fields: Any) -> Trigger:
    """The same message without a text but with ``fields`` (photo=..., document=...)."""

    def sent(scene: Scene) -> Update | None:
        update = scene.message("")
        kind = update.event_type
        changed = {"text": None, "entities": None, **fields}
        message: Message = getattr(update, kind)
        return update.model_copy(update={kind: message.model_copy(update=changed)})

    return sent


def _origin(sender: User) -> MessageOriginUser:
    return MessageOriginUser(date=datetime(2026, 11, 1, tzinfo=UTC), sender_user=sender)


def _membership(*, arrives: bool) -> Trigger:
    def changed(scene: Scene) -> Update | None:
        if scene.place not in GROUPS:
            return None
        out, inside = ChatMemberLeft(user=BOT), ChatMemberMember(user=BOT)
        event = ChatMemberUpdated(
            chat=group(scene.chat),
            from_user=MockUser(scene.user),
            date=datetime(2026, 11, 20, tzinfo=UTC),
            old_chat_member=out if arrives else inside,
            new_chat_member=inside if arrives else out,
        )
        return MockUpdate(my_chat_member=event)

    return changed


_ONLY_ANONYMOUS = frozenset({Place.ANONYMOUS})
_ONLY_FORWARDED = frozenset({Place.FORWARDED})

ROUTES: dict[str, Route] = {
    "outside.explain_anonymous": Route(command("/bind"), ANY_PERSON, _ONLY_ANONYMOUS),
    "outside.ignore": Route(command("/help"), ANY_PERSON, _ONLY_ANONYMOUS),
    "outside.answer_forwarded": Route(command("/help"), ANY_PERSON, _ONLY_FORWARDED),
    "typed.leave": Route(command("/help"), ANY_PERSON, PRIVATE, Inviting.name),
    "start.enter": Route(command("/start wrong"), ANY_PERSON, PRIVATE),
    "start.greet": Route(command("/start"), ANY_PERSON, LIVE),
    "start.name_school": Route(command("Школа № 12"), Capability.SETTINGS, PRIVATE, Naming.school),
    "start.skip": Route(press("cn"), ANY_PERSON, LIVE, Naming.school),
    "help.tell": Route(command("/help"), ANY_PERSON, LIVE),
    "people.choose_role": Route(command("/invite"), Capability.INVITE_TEACHER, PRIVATE),
    "people.choose_role_again": Route(press("ia"), Capability.INVITE_TEACHER, PRIVATE),
    "people.choose_person": Route(press("ir:teacher"), Capability.INVITE_TEACHER, PRIVATE),
    "people.ask_name": Route(press("it:class_teacher"), Capability.INVITE_TEACHER, PRIVATE),
    "people.invite_chosen": Route(press("ip:director:1"), Capability.INVITE_ANY, PRIVATE),
    "people.invite_named": Route(
        command("Петров Иван"), Capability.INVITE_TEACHER, PRIVATE, Inviting.name
    ),
    "members.show": Route(command("/people"), Capability.PEOPLE, PRIVATE),
    "members.look": Route(press("pv:1"), Capability.PEOPLE, PRIVATE),
    "members.revoke": Route(press("pr:1:0"), Capability.PEOPLE, PRIVATE),
    "binding.look": Route(command("/bind"), Capability.BIND_CHAT, GROUPS),
    "binding.bind": Route(press("bd:b"), Capability.BIND_CHAT, GROUPS),
    "binding.unbind": Route(press("bd:u"), Capability.BIND_CHAT, GROUPS),
    "binding.joined": Route(_membership(arrives=True), ANY_PERSON, GROUPS),
    "binding.left": Route(_membership(arrives=False), ANY_PERSON, GROUPS),
    "binding.moved": Route(media(migrate_to_chat_id=-400), ANY_PERSON, GROUPS | _ONLY_ANONYMOUS),
    "imports.ask": Route(command("/import"), Capability.IMPORT, PRIVATE),
    "imports.give_template": Route(command("/template"), Capability.IMPORT, PRIVATE),
    "imports.take": Route(
        media(document=MockMessageDocument().document),
        Capability.IMPORT,
        PRIVATE | _ONLY_FORWARDED,
    ),
    "imports.show": Route(press("im:s:1:0"), Capability.IMPORT, PRIVATE),
    "imports.apply": Route(press("im:a:1:0"), Capability.IMPORT, PRIVATE),
    "imports.cancel": Route(press("im:c:1:0"), Capability.IMPORT, PRIVATE),
    "imports.list_refused": Route(press("im:r:1:0"), Capability.IMPORT, PRIVATE),
    "imports.add": Route(press("na:1:0"), Capability.IMPORT, PRIVATE),
    "imports.choose": Route(press("nc:1:0:0"), Capability.IMPORT, PRIVATE),
    "imports.identify": Route(press("np:1:0:1"), Capability.IMPORT, PRIVATE),
    "imports.ask_undo": Route(press("im:u:1:0"), Capability.IMPORT, PRIVATE),
    "imports.undo": Route(press("im:y:1:0"), Capability.IMPORT, PRIVATE),
    "imports.keep": Route(press("im:k:1:0"), Capability.IMPORT, PRIVATE),
    "settings.show": Route(command("/settings"), Capability.SETTINGS, PRIVATE),
    "settings.back_to_root": Route(press("st:r"), Capability.SETTINGS, PRIVATE),
    "settings.ask_name": Route(press("st:n"), Capability.SETTINGS, PRIVATE),
    "settings.rename": Route(command("Школа № 12"), Capability.SETTINGS, PRIVATE, Renaming.school),
    "settings.ask_zone": Route(press("st:z"), Capability.SETTINGS, PRIVATE),
    "settings.move_zone": Route(press("sz:1"), Capability.SETTINGS, PRIVATE),
    "settings.ask_weekday": Route(press("st:d"), Capability.SETTINGS, PRIVATE),
    "settings.ask_hour": Route(press("sd:3"), Capability.SETTINGS, PRIVATE),
    "settings.schedule": Route(press("sh:3:9"), Capability.SETTINGS, PRIVATE),
    "health.show": Route(command("/health"), Capability.HEALTH, PRIVATE),
    "health.refresh": Route(press("hl:s:0"), Capability.HEALTH, PRIVATE),
    "health.repeat": Route(press("hl:r:1"), Capability.HEALTH, PRIVATE),
    "health.drop": Route(press("hl:d:1"), Capability.HEALTH, PRIVATE),
    "health.tell_backup": Route(command("/backup"), Capability.HEALTH, PRIVATE),
    "consultation.ask": Route(command("/ask"), Capability.PUBLIC_QUESTIONS, PRIVATE | BOUND_GROUP),
    "consultation.answer_mention": Route(
        command("@test_bot как войти"), Capability.PUBLIC_QUESTIONS, BOUND_GROUP
    ),
    "consultation.choose": Route(
        press("qc:1:public-access"), Capability.PUBLIC_QUESTIONS, PRIVATE | BOUND_GROUP
    ),
    "consultation.thank": Route(
        press("qa:h:1"), Capability.PUBLIC_QUESTIONS, PRIVATE | BOUND_GROUP
    ),
    "consultation.pass_on": Route(
        press("qa:n:1"), Capability.PUBLIC_QUESTIONS, PRIVATE | BOUND_GROUP
    ),
    "consultation.list_sections": Route(
        press("qs"), Capability.PUBLIC_QUESTIONS, PRIVATE | BOUND_GROUP
    ),
    "consultation.list_entries": Route(
        press("ql:public:1"), Capability.PUBLIC_QUESTIONS, PRIVATE | BOUND_GROUP
    ),
    "consultation.show_entry": Route(
        press("qe:public-access:1"), Capability.PUBLIC_QUESTIONS, PRIVATE | BOUND_GROUP
    ),
    "language.offer": Route(command("/lang"), Capability.MY_DATA, PRIVATE),
    "language.choose": Route(press("sl:en"), Capability.MY_DATA, PRIVATE),
    "figures.status": Route(command("/status"), Capability.SCHOOL_FIGURES, PRIVATE | BOUND_GROUP),
    "figures.week": Route(command("/week"), Capability.WEEKLY_DIGEST, PRIVATE | BOUND_GROUP),
    "digests.home": Route(press("dg:1:h:0:1"), Capability.WEEKLY_DIGEST, PRIVATE | BOUND_GROUP),
    "digests.accept": Route(press("dg:1:a:0:1"), Capability.WEEKLY_DIGEST, PRIVATE | BOUND_GROUP),
    "digests.classes": Route(press("dg:1:c:0:1"), Capability.WEEKLY_DIGEST, PRIVATE | BOUND_GROUP),
    "digests.one_class": Route(
        press("dg:1:k:0:1"), Capability.WEEKLY_DIGEST, PRIVATE | BOUND_GROUP
    ),
    "digests.teachers": Route(press("dg:1:t:0:1"), Capability.TEACHER_FIGURES, PRIVATE),
    "digests.one_teacher": Route(press("dg:1:p:0:1"), Capability.TEACHER_FIGURES, PRIVATE),
    "digests.rules": Route(press("dg:1:r:0:1"), Capability.WEEKLY_DIGEST, PRIVATE | BOUND_GROUP),
    "digests.one_rule": Route(press("dg:1:l:0:1"), Capability.WEEKLY_DIGEST, PRIVATE | BOUND_GROUP),
    "gaps.show": Route(command("/my"), Capability.OWN_FINDINGS, PRIVATE),
    "gaps.turn": Route(press("gp:1"), Capability.OWN_FINDINGS, PRIVATE),
    "gaps.explain": Route(press("gw:1:1"), Capability.OWN_FINDINGS, PRIVATE),
    "pin.enter": Route(command("4071"), ANY_PERSON, PRIVATE, Entering.pin),
    "pin.cancel": Route(press("cn"), ANY_PERSON, LIVE),
    "questions.answer_command": Route(command("/nosuch"), ANY_PERSON, PRIVATE),
    "questions.answer_text": Route(command("слова"), ANY_PERSON, PRIVATE),
    "questions.answer_other": Route(media(), ANY_PERSON, PRIVATE | _ONLY_FORWARDED),
    "questions.answer_privately": Route(command("/settings"), ANY_PERSON, GROUPS),
    "questions.answer_stale": Route(press("old"), ANY_PERSON, LIVE),
}
"""``pin.enter`` takes no capability of the table but an admitted person: strangers are refused."""
