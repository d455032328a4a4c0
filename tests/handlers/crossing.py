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
    MockMessagePhoto,
    MockMessageText,
    MockUpdate,
    MockUser,
)

from handlers.pin import Entering
from handlers.start import Naming
from handlers.typed import (
    Analysing,
    Claiming,
    DecisionWords,
    DutyWords,
    Faq,
    Inviting,
    NewDecision,
    NewScenario,
    OutageMoment,
    Passports,
    Problem,
    Renaming,
    Silencing,
    Suggesting,
    Ticket,
    TicketPair,
)
from handlers.typed import Desk as DeskWords
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


def replying(text: str) -> Trigger:
    """The text as a reply to a message of the bot."""

    def replied(scene: Scene) -> Update | None:
        update = scene.message(text)
        kind = update.event_type
        shown = MockMessageText("…", user=BOT, chat=MockChat(scene.chat))
        message: Message = getattr(update, kind)
        changed = message.model_copy(update={"reply_to_message": shown})
        return update.model_copy(update={kind: changed})

    return replied


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
_ONLY_EDITED = frozenset({Place.EDITED})
_UNREAD = PRIVATE | _ONLY_FORWARDED
"""A file without words is nobody's command, so a forwarded one is taken as well."""

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
    "import_memory.settle": Route(press("wt:1-0:F4"), Capability.IMPORT, PRIVATE),
    "import_memory.withdraw": Route(press("wt:1-0:"), Capability.IMPORT, PRIVATE),
    "import_memory.forget_header": Route(press("wf:0"), Capability.IMPORT, PRIVATE),
    "import_memory.show": Route(press("wm:0"), Capability.IMPORT, PRIVATE),
    "import_memory.forget": Route(press("wn:f:n:1:0"), Capability.IMPORT, PRIVATE),
    "import_memory.restore": Route(press("wn:r:n:1:0"), Capability.IMPORT, PRIVATE),
    "roster.ask": Route(press("wr:0"), Capability.ROSTER, PRIVATE),
    "roster.give": Route(press("wr:1"), Capability.ROSTER, PRIVATE),
    "rules.show": Route(command("/rules"), Capability.RULES, PRIVATE),
    "rules.to_families": Route(press("rf"), Capability.RULES, PRIVATE),
    "rules.list_family": Route(press("rl:P:1"), Capability.RULES, PRIVATE),
    "rules.show_card": Route(press("rr:s:P2"), Capability.RULES, PRIVATE),
    "rules_changes.offer_severities": Route(press("rr:w:P2"), Capability.RULES, PRIVATE),
    "rules_changes.ask_threshold": Route(press("rt:P2:0"), Capability.RULES, PRIVATE),
    "rules_changes.try_number": Route(command("4"), Capability.RULES, PRIVATE, Passports.threshold),
    "rules_changes.try_change": Route(press("rv:P2:s:0:0:0:0:0"), Capability.RULES, PRIVATE),
    "rules_changes.apply": Route(press("rv:P2:s:0:0:0:1:0"), Capability.RULES, PRIVATE),
    "rules_changes.ask_clause": Route(press("rr:c:P2"), Capability.RULES, PRIVATE),
    "rules_changes.set_clause": Route(
        command("п. 3.4"), Capability.RULES, PRIVATE, Passports.clause
    ),
    "rules_changes.drop_clause": Route(press("rr:n:P2"), Capability.RULES, PRIVATE),
    "rules.show_history": Route(press("rr:h:P2"), Capability.RULES, PRIVATE),
    "rules_files.export": Route(press("rx:e"), Capability.RULES, PRIVATE),
    "rules_files.ask": Route(press("rx:a"), Capability.RULES, PRIVATE),
    "rules_files.take": Route(
        media(document=MockMessageDocument().document), Capability.RULES, PRIVATE, Passports.file
    ),
    "rules_files.apply": Route(press("rx:y"), Capability.RULES, PRIVATE),
    "analyses.month": Route(command("/month"), Capability.ANALYSES, PRIVATE),
    "analyses.term": Route(command("/term"), Capability.ANALYSES, PRIVATE),
    "analyses.show": Route(press("an:s:1"), Capability.ANALYSES, PRIVATE),
    "analyses.send": Route(press("an:d:1"), Capability.PREPARE_ANALYSES, PRIVATE),
    "analyses.accept": Route(press("an:a:1"), Capability.DECIDE_ANALYSES, PRIVATE),
    "analyses.ask_words": Route(press("an:r:1"), Capability.DECIDE_ANALYSES, PRIVATE),
    "analyses.give_back": Route(
        command("мало"), Capability.DECIDE_ANALYSES, PRIVATE, Analysing.words
    ),
    "analyses.renew": Route(press("an:n:1"), Capability.PREPARE_ANALYSES, PRIVATE),
    "analyses.earlier": Route(press("an:e:1"), Capability.ANALYSES, PRIVATE),
    "analysis_order.give_order": Route(press("an:o:1"), Capability.DECISIONS, PRIVATE),
    "analysis_settings.show": Route(press("ar:r"), Capability.PREPARE_ANALYSES, PRIVATE),
    "analysis_settings.ask_form": Route(press("ar:f"), Capability.PREPARE_ANALYSES, PRIVATE),
    "analysis_settings.take_form": Route(
        media(document=MockMessageDocument().document),
        Capability.PREPARE_ANALYSES,
        PRIVATE,
        Analysing.form,
    ),
    "analysis_settings.drop_form": Route(press("ar:d"), Capability.PREPARE_ANALYSES, PRIVATE),
    "analysis_settings.name_deputy": Route(press("ad:0"), Capability.PREPARE_ANALYSES, PRIVATE),
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
    "faq.show": Route(command("/faq"), Capability.EDIT_QUESTIONS, PRIVATE),
    "faq.back_to_root": Route(press("fq:r:1"), Capability.EDIT_QUESTIONS, PRIVATE),
    "faq.list_sections": Route(press("fq:s:1"), Capability.EDIT_QUESTIONS, PRIVATE),
    "faq.list_entries": Route(press("fl:marks:1"), Capability.EDIT_QUESTIONS, PRIVATE),
    "faq.ask_words": Route(press("fq:f:1"), Capability.EDIT_QUESTIONS, PRIVATE),
    "faq.find": Route(command("как войти"), Capability.EDIT_QUESTIONS, PRIVATE, Faq.words),
    "faq.ask_question": Route(press("fq:n:1"), Capability.EDIT_QUESTIONS, PRIVATE),
    "faq.take_question": Route(
        command("как войти"), Capability.EDIT_QUESTIONS, PRIVATE, Faq.new_question
    ),
    "faq.take_answer": Route(command("дверью"), Capability.EDIT_QUESTIONS, PRIVATE, Faq.new_answer),
    "faq.show_figures": Route(press("fq:g:1"), Capability.EDIT_QUESTIONS, PRIVATE),
    "faq_entry.show": Route(press("fe:s:public-access"), Capability.EDIT_QUESTIONS, PRIVATE),
    "faq_texts.ask_text": Route(press("fe:q:public-access"), Capability.EDIT_QUESTIONS, PRIVATE),
    "faq_texts.take_question": Route(
        command("как войти"), Capability.EDIT_QUESTIONS, PRIVATE, Faq.question
    ),
    "faq_texts.take_answer": Route(
        command("дверью"), Capability.EDIT_QUESTIONS, PRIVATE, Faq.answer
    ),
    "faq_texts.take_alias": Route(
        command("как зайти"), Capability.EDIT_QUESTIONS, PRIVATE, Faq.alias
    ),
    "faq_entry.offer_audiences": Route(
        press("fe:u:public-access"), Capability.EDIT_QUESTIONS, PRIVATE
    ),
    "faq_entry.address": Route(press("fa:public-access:staff"), Capability.EDIT_QUESTIONS, PRIVATE),
    "faq_entry.offer_sections": Route(
        press("fe:e:public-access"), Capability.EDIT_QUESTIONS, PRIVATE
    ),
    "faq_entry.move": Route(press("fm:public-access:marks"), Capability.EDIT_QUESTIONS, PRIVATE),
    "faq_entry.list_aliases": Route(
        press("fe:l:public-access"), Capability.EDIT_QUESTIONS, PRIVATE
    ),
    "faq_entry.drop_alias": Route(
        press("fd:public-access:0:1"), Capability.EDIT_QUESTIONS, PRIVATE
    ),
    "faq_entry.switch": Route(press("fe:w:public-access"), Capability.EDIT_QUESTIONS, PRIVATE),
    "faq_entry.tell_history": Route(
        press("fe:h:public-access"), Capability.EDIT_QUESTIONS, PRIVATE
    ),
    "faq_entry.show_version": Route(
        press("fv:public-access:1:0"), Capability.EDIT_QUESTIONS, PRIVATE
    ),
    "faq_entry.restore": Route(press("fv:public-access:1:1"), Capability.EDIT_QUESTIONS, PRIVATE),
    "faq_backlog.list_groups": Route(press("fq:b:1"), Capability.EDIT_QUESTIONS, PRIVATE),
    "faq_backlog.show": Route(press("fb:s:1:0"), Capability.EDIT_QUESTIONS, PRIVATE),
    "faq_backlog.ask_answer": Route(press("fb:a:1:0"), Capability.EDIT_QUESTIONS, PRIVATE),
    "faq_backlog.take_answer": Route(
        command("дверью"), Capability.EDIT_QUESTIONS, PRIVATE, Faq.settling
    ),
    "faq_same.offer_same": Route(press("fb:e:1:0"), Capability.EDIT_QUESTIONS, PRIVATE),
    "faq_same.find_same": Route(command("как войти"), Capability.EDIT_QUESTIONS, PRIVATE, Faq.same),
    "faq_same.pick_same": Route(press("fc:1:public-access:0"), Capability.EDIT_QUESTIONS, PRIVATE),
    "faq_backlog.dismiss": Route(press("fb:d:1:0"), Capability.EDIT_QUESTIONS, PRIVATE),
    "faq_backlog.reopen": Route(press("fb:r:1:0"), Capability.EDIT_QUESTIONS, PRIVATE),
    "faq_files.export": Route(press("fq:x:1"), Capability.EDIT_QUESTIONS, PRIVATE),
    "faq_files.ask_file": Route(press("fq:l:1"), Capability.EDIT_QUESTIONS, PRIVATE),
    "faq_files.take": Route(
        media(document=MockMessageDocument().document), Capability.EDIT_QUESTIONS, PRIVATE, Faq.file
    ),
    "faq_files.apply": Route(press("fx:a:1"), Capability.EDIT_QUESTIONS, PRIVATE),
    "faq_files.cancel": Route(press("fx:c:1"), Capability.EDIT_QUESTIONS, PRIVATE),
    "faq_files.undo": Route(press("fx:u:1"), Capability.EDIT_QUESTIONS, PRIVATE),
    "suggestions.ask_question": Route(press("fs:n:0"), Capability.SUGGEST_QUESTIONS, PRIVATE),
    "suggestions.take_question": Route(
        command("как войти"), Capability.SUGGEST_QUESTIONS, PRIVATE, Suggesting.question
    ),
    "suggestions.take_answer": Route(
        command("дверью"), Capability.SUGGEST_QUESTIONS, PRIVATE, Suggesting.answer
    ),
    "suggestions.cancel": Route(press("cn"), ANY_PERSON, LIVE, Suggesting.answer),
    "suggestions.recall": Route(press("fs:c:1"), Capability.SUGGEST_QUESTIONS, PRIVATE),
    "suggestions.list_waiting": Route(press("fq:u:1"), Capability.EDIT_QUESTIONS, PRIVATE),
    "suggestions.look": Route(press("fs:l:1"), Capability.EDIT_QUESTIONS, PRIVATE),
    "suggestions.approve": Route(press("fs:y:1"), Capability.EDIT_QUESTIONS, PRIVATE),
    "suggestions.ask_reason": Route(press("fs:r:1"), Capability.EDIT_QUESTIONS, PRIVATE),
    "suggestions.refuse": Route(
        command("не так"), Capability.EDIT_QUESTIONS, PRIVATE, Faq.refusing
    ),
    "problems.begin": Route(command("/problem"), Capability.OPEN_TICKET, PRIVATE),
    "problems.take_words": Route(
        command("нет списка"), Capability.OPEN_TICKET, PRIVATE, Problem.words
    ),
    "problems.pick_category": Route(
        press("tc:plan"), Capability.OPEN_TICKET, PRIVATE, Problem.category
    ),
    "problems.list_categories": Route(
        press("tp:c:-1:1"), Capability.OPEN_TICKET, PRIVATE, Problem.words
    ),
    "problems.list_places": Route(
        press("tp:p:-1:1"), Capability.OPEN_TICKET, PRIVATE, Problem.place
    ),
    "problems.pick_place": Route(press("tl:-1"), Capability.OPEN_TICKET, PRIVATE, Problem.place),
    "problems.pick_day": Route(press("td:0"), Capability.OPEN_TICKET, PRIVATE, Problem.place),
    "problems.review": Route(press("tp:r:-1:1"), Capability.OPEN_TICKET, PRIVATE, Problem.review),
    "problems.show_answer": Route(
        press("tp:a:0:1"), Capability.OPEN_TICKET, PRIVATE, Problem.review
    ),
    "problems.helped": Route(press("tp:h:0:1"), Capability.OPEN_TICKET, PRIVATE, Problem.review),
    "problems.send": Route(press("tp:s:-1:1"), Capability.OPEN_TICKET, PRIVATE, Problem.review),
    "problems.cancel": Route(press("tp:x:-1:1"), ANY_PERSON, LIVE, Problem.review),
    "problems.mend": Route(command("нет тем"), ANY_PERSON, _ONLY_EDITED, Problem.words),
    "tickets.list_own": Route(command("/tickets"), Capability.OPEN_TICKET, PRIVATE),
    "tickets.turn_own": Route(press("to:l:0:1"), Capability.OPEN_TICKET, PRIVATE),
    "tickets.show_own": Route(press("to:s:1:1"), Capability.OPEN_TICKET, PRIVATE),
    "tickets.ask_more": Route(press("to:a:1:1"), Capability.OPEN_TICKET, PRIVATE),
    "tickets.add": Route(command("ещё"), Capability.OPEN_TICKET, PRIVATE, Ticket.adding),
    "tickets.take_reply": Route(replying("ответ"), ANY_PERSON, PRIVATE),
    "tickets.join_album": Route(
        media(photo=MockMessagePhoto().photo, media_group_id="1"), ANY_PERSON, _UNREAD
    ),
    "tickets.carry_edit": Route(command("нет тем"), ANY_PERSON, _ONLY_EDITED),
    "tickets.close": Route(press("to:c:1:1"), Capability.CLOSE_OWN_TICKET, PRIVATE),
    "tickets.reopen": Route(press("to:r:1:1"), Capability.OPEN_TICKET, PRIVATE),
    "tickets.rate": Route(press("tr:1:5"), Capability.OPEN_TICKET, PRIVATE),
    "tickets.ask_comment": Route(press("to:w:1:1"), Capability.OPEN_TICKET, PRIVATE),
    "tickets.comment": Route(command("хорошо"), Capability.OPEN_TICKET, PRIVATE, Ticket.rating),
    "queue.show": Route(command("/queue"), Capability.SEE_TICKETS, PRIVATE),
    "queue.turn": Route(press("tn:1"), Capability.SEE_TICKETS, PRIVATE),
    "queue.look": Route(press("tk:s:1"), Capability.SEE_TICKETS, PRIVATE),
    "queue.take": Route(press("tk:t:1"), Capability.ANSWER_TICKETS, PRIVATE),
    "queue.wait": Route(press("tk:a:1"), Capability.ANSWER_TICKETS, PRIVATE),
    "queue.end": Route(press("tk:c:1"), Capability.ANSWER_TICKETS, PRIVATE),
    "queue.tell_history": Route(press("tk:h:1"), Capability.SEE_TICKETS, PRIVATE),
    "queue_words.ask": Route(press("tk:r:1"), Capability.ANSWER_TICKETS, PRIVATE),
    "queue_words.reply": Route(
        command("ответ"), Capability.ANSWER_TICKETS, PRIVATE, Ticket.answering
    ),
    "queue_words.note": Route(
        command("про себя"), Capability.ANSWER_TICKETS, PRIVATE, Ticket.noting
    ),
    "queue_words.merge": Route(command("2"), Capability.ANSWER_TICKETS, PRIVATE, Ticket.merging),
    "queue_words.list_canned": Route(press("tk:k:1"), Capability.ANSWER_TICKETS, PRIVATE),
    "queue_words.show_canned": Route(press("tq:1:0:0"), Capability.ANSWER_TICKETS, PRIVATE),
    "queue_words.send_canned": Route(press("tq:1:0:1"), Capability.ANSWER_TICKETS, PRIVATE),
    "queue_words.offer_days": Route(press("tk:p:1"), Capability.ANSWER_TICKETS, PRIVATE),
    "queue_words.put_off": Route(press("tw:1:2"), Capability.ANSWER_TICKETS, PRIVATE),
    "queue_words.put_off_till": Route(
        command("25.11.2027"), Capability.ANSWER_TICKETS, PRIVATE, Ticket.postponing
    ),
    "desk_settings.show": Route(press("tz:r"), Capability.SETTINGS, PRIVATE),
    "desk_settings.ask_hours": Route(press("tz:h"), Capability.SETTINGS, PRIVATE),
    "desk_settings.set_hours": Route(
        command("пн-пт 9-18"), Capability.SETTINGS, PRIVATE, DeskWords.hours
    ),
    "desk_settings.usual_hours": Route(press("tz:u"), Capability.SETTINGS, PRIVATE),
    "desk_settings.list_categories": Route(press("tz:c"), Capability.SETTINGS, PRIVATE),
    "desk_settings.show_category": Route(press("tg:s:plan"), Capability.SETTINGS, PRIVATE),
    "desk_settings.change_category": Route(press("tg:p:plan"), Capability.SETTINGS, PRIVATE),
    "desk_settings.ask_targets": Route(press("tg:t:plan"), Capability.SETTINGS, PRIVATE),
    "desk_settings.set_targets": Route(
        command("1 ч / 9 ч"), Capability.SETTINGS, PRIVATE, DeskWords.targets
    ),
    "desk_settings.ask_new": Route(press("tz:n"), Capability.SETTINGS, PRIVATE),
    "desk_settings.add_category": Route(
        command("Печать"), Capability.SETTINGS, PRIVATE, DeskWords.category
    ),
    "desk_settings.list_replies": Route(press("tz:p"), Capability.SETTINGS, PRIVATE),
    "desk_settings.add_reply": Route(command("Да"), Capability.SETTINGS, PRIVATE, DeskWords.reply),
    "desk_keeping.show": Route(press("tz:k"), Capability.SETTINGS, PRIVATE),
    "desk_keeping.choose": Route(press("tv:90"), Capability.SETTINGS, PRIVATE),
    "desk_settings.drop_reply": Route(press("ty:0:0"), Capability.SETTINGS, PRIVATE),
    "language.offer": Route(command("/lang"), Capability.MY_DATA, PRIVATE),
    "language.choose": Route(press("sl:en"), Capability.MY_DATA, PRIVATE),
    "privacy.explain": Route(command("/privacy"), ANY_PERSON, LIVE),
    "privacy.show_again": Route(press("pm:m"), Capability.MY_DATA, PRIVATE),
    "privacy.show": Route(command("/my_data"), Capability.MY_DATA, PRIVATE),
    "privacy.give_file": Route(press("pm:f"), Capability.MY_DATA, PRIVATE),
    "privacy.ask": Route(command("/forget"), Capability.MY_DATA, PRIVATE),
    "privacy.ask_again": Route(press("pm:a"), Capability.MY_DATA, PRIVATE),
    "privacy.forget": Route(press("pm:y"), Capability.MY_DATA, PRIVATE),
    "privacy.keep": Route(press("pm:n"), ANY_PERSON, LIVE),
    "queue_places.offer": Route(press("tj"), Capability.ANSWER_TICKETS, PRIVATE),
    "queue_places.choose": Route(press("th:-5"), Capability.ANSWER_TICKETS, PRIVATE),
    "queue_places.leave": Route(press("th:0"), Capability.ANSWER_TICKETS, PRIVATE),
    "causes.offer": Route(press("tx:1:"), Capability.ANSWER_TICKETS, PRIVATE),
    "causes.pick": Route(press("tx:1:slip"), Capability.ANSWER_TICKETS, PRIVATE),
    "queue_report.report": Route(command("/queue report"), Capability.SEE_TICKETS, PRIVATE),
    "queue_report.turn": Route(press("tf:year:0"), Capability.SEE_TICKETS, PRIVATE),
    "queue_report.give_book": Route(press("tf:month:1"), Capability.SEE_TICKETS, PRIVATE),
    "queue_report.count_states": Route(press("ts::1"), Capability.SEE_TICKETS, PRIVATE),
    "queue_report.list_state": Route(press("ts:new:1"), Capability.SEE_TICKETS, PRIVATE),
    "knowledge.begin": Route(press("tb:b:1"), Capability.EDIT_QUESTIONS, PRIVATE),
    "knowledge.show": Route(press("tb:s:1"), Capability.EDIT_QUESTIONS, PRIVATE),
    "knowledge.ask": Route(press("tb:q:1"), Capability.EDIT_QUESTIONS, PRIVATE),
    "knowledge.take_question": Route(
        command("Как войти?"), Capability.EDIT_QUESTIONS, PRIVATE, TicketPair.question
    ),
    "knowledge.take_answer": Route(
        command("По паролю"), Capability.EDIT_QUESTIONS, PRIVATE, TicketPair.answer
    ),
    "knowledge.keep": Route(press("tb:k:1"), Capability.EDIT_QUESTIONS, PRIVATE),
    "knowledge.offer_same": Route(press("tb:m:1"), Capability.EDIT_QUESTIONS, PRIVATE),
    "knowledge.pick_same": Route(press("te:1:public-access"), Capability.EDIT_QUESTIONS, PRIVATE),
    "silences.show": Route(command("/silence"), Capability.SILENCES, PRIVATE),
    "silences.list_all": Route(press("sq:l:0"), Capability.SILENCES, PRIVATE),
    "silences.look": Route(press("sq:s:1"), Capability.SILENCES, PRIVATE),
    "silences.end": Route(press("sq:e:1"), Capability.SILENCES, PRIVATE),
    "silence_making.ask_rule": Route(press("sq:n:0"), Capability.SILENCES, PRIVATE),
    "silence_making.pick_rule": Route(press("sr:P1"), Capability.SILENCES, PRIVATE),
    "silence_making.ask_place": Route(press("sq:w:0"), Capability.SILENCES, PRIVATE),
    "silence_making.list_places": Route(press("sv:c:1"), Capability.SILENCES, PRIVATE),
    "silence_making.pick_place": Route(press("sp:s:0"), Capability.SILENCES, PRIVATE),
    "silence_making.pick_day": Route(press("su:739940"), Capability.SILENCES, PRIVATE),
    "silence_making.take_day": Route(
        command("24.11"), Capability.SILENCES, PRIVATE, Silencing.until
    ),
    "silence_making.take_reason": Route(
        command("Ждём выгрузку"), Capability.SILENCES, PRIVATE, Silencing.reason
    ),
    "reminding_settings.show": Route(press("sq:r:0"), Capability.SILENCES, PRIVATE),
    "reminding_settings.ask_quiet": Route(press("sq:q:0"), Capability.SILENCES, PRIVATE),
    "reminding_settings.set_quiet": Route(press("rq:1200:420"), Capability.SILENCES, PRIVATE),
    "reminding_settings.ask_lessons": Route(press("sq:d:0"), Capability.SILENCES, PRIVATE),
    "reminding_settings.set_lessons": Route(press("rj:900"), Capability.SILENCES, PRIVATE),
    "reminding_settings.show_ladder": Route(press("sq:a:0"), Capability.SILENCES, PRIVATE),
    "reminding_settings.set_step": Route(press("ra:major:1:-1"), Capability.SILENCES, PRIVATE),
    "reminders.ask_hour": Route(press("rw"), Capability.REMINDERS, PRIVATE),
    "reminders.choose_hour": Route(press("rh:480"), Capability.REMINDERS, PRIVATE),
    "outages.show": Route(command("/outage"), Capability.OUTAGES, PRIVATE),
    "outages.list_recent": Route(press("oj:l:0"), Capability.OUTAGES, PRIVATE),
    "outages.look": Route(press("oj:s:1"), Capability.OUTAGES, PRIVATE),
    "outages.end": Route(press("oj:x:1"), Capability.OUTAGES, PRIVATE),
    "outages.mend": Route(press("oj:b:1"), Capability.OUTAGES, PRIVATE),
    "outages.ask_undo": Route(press("oj:u:1"), Capability.OUTAGES, PRIVATE),
    "outages.undo": Route(press("oj:y:1"), Capability.OUTAGES, PRIVATE),
    "outage_declaring.ask_begin": Route(press("oj:n:0"), Capability.OUTAGES, PRIVATE),
    "outage_declaring.pick_begin": Route(press("os:0"), Capability.OUTAGES, PRIVATE),
    "outage_declaring.take_begin": Route(
        command("10:30"), Capability.OUTAGES, PRIVATE, OutageMoment.begins
    ),
    "outage_declaring.ask_end": Route(press("oj:e:0"), Capability.OUTAGES, PRIVATE),
    "outage_declaring.take_end": Route(
        command("10:30"), Capability.OUTAGES, PRIVATE, OutageMoment.ends
    ),
    "outage_declaring.show_plan": Route(press("oj:p:0"), Capability.OUTAGES, PRIVATE),
    "outage_declaring.declare": Route(press("oj:d:0"), Capability.OUTAGES, PRIVATE),
    "duties.show": Route(command("/plan"), Capability.DUTIES, PRIVATE),
    "duties.turn": Route(press("um:2026-11"), Capability.DUTIES, PRIVATE),
    "duties.look": Route(press("uc:2026-11:2.1"), Capability.DUTIES, PRIVATE),
    "duties.give_file": Route(press("uf:2026-11:x"), Capability.DUTIES, PRIVATE),
    "duty_entries.choose": Route(press("un:2026-11"), Capability.KEEP_DUTIES, PRIVATE),
    "duty_entries.ask_text": Route(press("ue:2026-11:2.8"), Capability.KEEP_DUTIES, PRIVATE),
    "duty_entries.take_text": Route(
        command("Совещание МО"), Capability.KEEP_DUTIES, PRIVATE, DutyWords.text
    ),
    "duty_entries.take_day": Route(
        command("20.11"), Capability.KEEP_DUTIES, PRIVATE, DutyWords.day
    ),
    "duty_entries.pick_day": Route(
        press("ut:739940"), Capability.KEEP_DUTIES, PRIVATE, DutyWords.day
    ),
    "duty_entries.take_proof": Route(
        command("протокол № 5"), Capability.KEEP_DUTIES, PRIVATE, DutyWords.proof
    ),
    "duty_entries.go_without": Route(press("ub"), Capability.KEEP_DUTIES, PRIVATE, DutyWords.proof),
    "duty_entries.ask_undo": Route(press("uu:2026-11:1:0"), Capability.KEEP_DUTIES, PRIVATE),
    "duty_entries.undo": Route(press("uu:2026-11:1:1"), Capability.KEEP_DUTIES, PRIVATE),
    "decisions.count": Route(command("/decisions"), Capability.SCHOOL_FIGURES, BOUND_GROUP),
    "decisions.show": Route(command("/decisions"), Capability.OWN_DECISIONS, PRIVATE),
    "decisions.turn": Route(press("dl::1"), Capability.OWN_DECISIONS, PRIVATE),
    "decisions.look": Route(press("dd:s:1:1"), Capability.OWN_DECISIONS, PRIVATE),
    "decisions.give_file": Route(press("df:r"), Capability.DECISIONS, PRIVATE),
    "decision_steps.act": Route(press("dd:a:1:1"), Capability.OWN_DECISIONS, PRIVATE),
    "decision_steps.ask_words": Route(press("dd:d:1:1"), Capability.OWN_DECISIONS, PRIVATE),
    "decision_steps.pick_day": Route(press("dm:1:740000"), Capability.DECISIONS, PRIVATE),
    "decision_steps.offer_owners": Route(press("dd:p:1:1"), Capability.OWN_DECISIONS, PRIVATE),
    "decision_steps.pick_owner": Route(press("dp:1:1"), Capability.DECISIONS, PRIVATE),
    "decision_steps.ask_undo": Route(press("dd:u:1:1"), Capability.OWN_DECISIONS, PRIVATE),
    "decision_steps.undo": Route(press("dd:y:1:1"), Capability.OWN_DECISIONS, PRIVATE),
    "decision_steps.show_proofs": Route(press("dd:f:1:1"), Capability.OWN_DECISIONS, PRIVATE),
    "decision_words.take_proof": Route(
        command("Готово"), Capability.OWN_DECISIONS, PRIVATE, DecisionWords.proof
    ),
    "decision_words.take_note": Route(
        command("Идёт"), Capability.OWN_DECISIONS, PRIVATE, DecisionWords.note
    ),
    "decision_words.take_reason": Route(
        command("Болею"), Capability.OWN_DECISIONS, PRIVATE, DecisionWords.reason
    ),
    "decision_words.take_asked": Route(
        command("24.12"), Capability.OWN_DECISIONS, PRIVATE, DecisionWords.asked
    ),
    "decision_words.take_day": Route(
        command("24.12"), Capability.DECISIONS, PRIVATE, DecisionWords.day
    ),
    "decision_words.take_owner": Route(
        command("Ким"), Capability.DECISIONS, PRIVATE, DecisionWords.owner
    ),
    "decision_setting.begin": Route(press("dn:t:1"), Capability.DECISIONS, PRIVATE),
    "decision_setting.assign": Route(press("da:analysis:1:-1"), Capability.DECISIONS, PRIVATE),
    "decision_setting.take_text": Route(
        command("Сделать"), Capability.DECISIONS, PRIVATE, NewDecision.text
    ),
    "decision_setting.find_owner": Route(
        command("Ким"), Capability.DECISIONS, PRIVATE, NewDecision.owners
    ),
    "decision_setting.pick_owner": Route(
        press("do:1:1"), Capability.DECISIONS, PRIVATE, NewDecision.owners
    ),
    "decision_setting.take_due": Route(
        command("24.12"), Capability.DECISIONS, PRIVATE, NewDecision.due
    ),
    "decision_setting.pick_due": Route(
        press("dt:740000"), Capability.DECISIONS, PRIVATE, NewDecision.due
    ),
    "decision_setting.pick_source": Route(
        press("dc:own"), Capability.DECISIONS, PRIVATE, NewDecision.review
    ),
    "decision_setting.take_source": Route(
        command("№ 5"), Capability.DECISIONS, PRIVATE, NewDecision.source
    ),
    "decision_setting.go_to": Route(
        press("dn:s:1"), Capability.DECISIONS, PRIVATE, NewDecision.review
    ),
    "decision_setting.keep": Route(
        press("dn:y:1"), Capability.DECISIONS, PRIVATE, NewDecision.review
    ),
    "decision_setting.cancel": Route(press("dn:x:1"), ANY_PERSON, LIVE, NewDecision.text),
    "scenarios.begin": Route(press("dq"), Capability.DECISIONS, PRIVATE),
    "scenarios.take": Route(
        command("Электронный дневник"), Capability.DECISIONS, PRIVATE, NewScenario.text
    ),
    "scenarios.pick_watch": Route(press("dw:P1"), Capability.DECISIONS, PRIVATE, NewScenario.watch),
    "scenarios.pick_day": Route(press("dy:740000"), Capability.DECISIONS, PRIVATE, NewScenario.due),
    "scenarios.take_day": Route(command("24.12"), Capability.DECISIONS, PRIVATE, NewScenario.due),
    "forecasts.school": Route(press("fo:0:1"), Capability.SCHOOL_FIGURES, PRIVATE | BOUND_GROUP),
    "forecasts.one_class": Route(press("fo:1:1"), Capability.SCHOOL_FIGURES, PRIVATE | BOUND_GROUP),
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
    "cuts.open_cut": Route(press("cu:1:o:::1"), Capability.SCHOOL_FIGURES, PRIVATE | BOUND_GROUP),
    "cuts.open_lesson": Route(
        press("cu:1:n:g5.c1.s1.l1::1"), Capability.SCHOOL_FIGURES, PRIVATE | BOUND_GROUP
    ),
    "cuts.list_rules": Route(press("cu:1:r:::1"), Capability.SCHOOL_FIGURES, PRIVATE | BOUND_GROUP),
    "cuts.list_findings": Route(
        press("cu:1:l::P1:1"), Capability.SCHOOL_FIGURES, PRIVATE | BOUND_GROUP
    ),
    "cuts.give_table": Route(press("cu:1:x:::1"), Capability.SCHOOL_FIGURES, PRIVATE | BOUND_GROUP),
    "cut_pictures.show_heat": Route(
        press("cu:1:h:::1"), Capability.SCHOOL_FIGURES, PRIVATE | BOUND_GROUP
    ),
    "cut_pictures.show_trend": Route(
        press("cu:1:d:::1"), Capability.SCHOOL_FIGURES, PRIVATE | BOUND_GROUP
    ),
    "own_class.show": Route(press("oc:s:0:0:1"), Capability.CLASS_FIGURES, PRIVATE),
    "own_class.list_absent": Route(press("oc:a:0:0:1"), Capability.CLASS_FIGURES, PRIVATE),
    "own_class.list_marks": Route(press("oc:m:0:0:1"), Capability.CLASS_FIGURES, PRIVATE),
    "own_class.list_subjects": Route(press("oc:f:0:0:1"), Capability.CLASS_FIGURES, PRIVATE),
    "own_class.list_findings": Route(press("oc:l:0:0:1"), Capability.CLASS_FIGURES, PRIVATE),
    "own_class.give_table": Route(press("oc:x:0:0:1"), Capability.CLASS_FIGURES, PRIVATE),
    "class_of.turn": Route(press("ok:3:0"), Capability.PEOPLE, PRIVATE),
    "gaps.show": Route(command("/my"), Capability.OWN_FINDINGS, PRIVATE),
    "gaps.turn": Route(press("gp:1"), Capability.OWN_FINDINGS, PRIVATE),
    "gaps.explain": Route(press("gw:1:1"), Capability.OWN_FINDINGS, PRIVATE),
    "gap_claims.mend": Route(press("xs:m:1:1"), Capability.OWN_FINDINGS, PRIVATE),
    "gap_claims.ask_reason": Route(press("xs:d:1:1"), Capability.OWN_FINDINGS, PRIVATE),
    "gap_claims.pick_reason": Route(press("xr:1:fl:1"), Capability.OWN_FINDINGS, PRIVATE),
    "gap_claims.take_reason": Route(
        command("Урока не было"), Capability.OWN_FINDINGS, PRIVATE, Claiming.disputing
    ),
    "gap_claims.withdraw": Route(press("xs:w:1:1"), Capability.OWN_FINDINGS, PRIVATE),
    "gap_delays.ask_day": Route(press("xs:p:1:1"), Capability.OWN_FINDINGS, PRIVATE),
    "gap_delays.pick_day": Route(press("xd:1:739943:1"), Capability.OWN_FINDINGS, PRIVATE),
    "gap_delays.take_day": Route(command("28.11"), Capability.OWN_FINDINGS, PRIVATE, Claiming.day),
    "gap_delays.pick_reason": Route(press("xp:1:739943:il:1"), Capability.OWN_FINDINGS, PRIVATE),
    "gap_delays.take_reason": Route(
        command("Болею"), Capability.OWN_FINDINGS, PRIVATE, Claiming.postponing
    ),
    "appeals.list_all": Route(press("xl:d:1"), Capability.ANSWER_CLAIMS, PRIVATE),
    "appeals.look": Route(press("xk:s:1:d"), Capability.ANSWER_CLAIMS, PRIVATE),
    "appeals.ask_answer": Route(press("xk:w:1:d"), Capability.ANSWER_CLAIMS, PRIVATE),
    "appeals.pick_answer": Route(press("xw:w:1:ag:d"), Capability.ANSWER_CLAIMS, PRIVATE),
    "appeals.take_waiver": Route(
        command("Верно"), Capability.ANSWER_CLAIMS, PRIVATE, Claiming.waiving
    ),
    "appeals.take_refusal": Route(
        command("Нет"), Capability.ANSWER_CLAIMS, PRIVATE, Claiming.keeping
    ),
    "appeals.ask_restore": Route(press("xk:r:1:w"), Capability.ANSWER_CLAIMS, PRIVATE),
    "appeals.restore": Route(press("xk:y:1:w"), Capability.ANSWER_CLAIMS, PRIVATE),
    "finding_help.ask": Route(press("gh:1"), Capability.OWN_FINDINGS, PRIVATE),
    "pin.enter": Route(command("4071"), ANY_PERSON, PRIVATE, Entering.pin),
    "pin.cancel": Route(press("cn"), ANY_PERSON, LIVE),
    "questions.answer_command": Route(command("/nosuch"), ANY_PERSON, PRIVATE),
    "questions.answer_text": Route(command("слова"), ANY_PERSON, PRIVATE),
    "questions.answer_other": Route(media(), ANY_PERSON, PRIVATE | _ONLY_FORWARDED),
    "questions.answer_privately": Route(command("/settings"), ANY_PERSON, GROUPS),
    "questions.answer_stale": Route(press("old"), ANY_PERSON, LIVE),
}
"""``pin.enter`` takes no capability of the table but an admitted person: strangers are refused."""
