"""Methods of the Bot API about the bot itself, its chats, their people, and files."""

from bot.sandbox.calls import Call
from bot.sandbox.errors import refuse
from bot.sandbox.files import DOWNLOAD_LIMIT
from bot.sandbox.people import Json, membership

LONGEST_ANSWER = 200
GIFTS = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)


def get_me(call: Call) -> Json:
    return call.world.bot | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
    }


def set_webhook(call: Call) -> bool:
    call.world.updates.deliver_to(str(call.values.get("url") or ""))
    return True


def delete_webhook(call: Call) -> bool:
    call.world.updates.deliver_to("")
    if call.values.get("drop_pending_updates"):
        call.world.updates.drop()
    return True


def get_webhook_info(call: Call) -> Json:
    return {
        "url": call.world.updates.webhook,
        "has_custom_certificate": False,
        "pending_update_count": len(call.world.updates),
    }


def set_my_commands(call: Call) -> bool:
    menu = [
        {"command": str(one["command"]), "description": str(one["description"])}
        for one in call.values.get("commands") or []
    ]
    call.world.commands.put(call.values.get("scope"), _language(call), menu)
    call.world.publish("commands")
    return True


def get_my_commands(call: Call) -> list[dict[str, str]]:
    return call.world.commands.get(call.values.get("scope"), _language(call))


def delete_my_commands(call: Call) -> bool:
    call.world.commands.put(call.values.get("scope"), _language(call), [])
    call.world.publish("commands")
    return True


def set_my_description(call: Call) -> bool:
    call.world.description = str(call.values.get("description") or "")
    return True


def set_my_short_description(call: Call) -> bool:
    call.world.short_description = str(call.values.get("short_description") or "")
    return True


def answer_callback_query(call: Call) -> bool:
    query = str(call.values.get("callback_query_id"))
    text = str(call.values.get("text") or "")
    if query not in call.world.presses:
        refuse("query is too old and response timeout expired or query ID is invalid")
    if len(text) > LONGEST_ANSWER:
        refuse("MESSAGE_TOO_LONG")
    answer = {"text": text, "alert": bool(call.values.get("show_alert"))}
    press = call.world.presses[query]
    press["answer"] = answer
    call.world.publish("answered", query=query, persona=press["persona"], **answer)
    return True


def get_file(call: Call) -> Json:
    stored = call.world.files.get(str(call.values.get("file_id")))
    if len(stored.data) > DOWNLOAD_LIMIT:
        refuse("file is too big")
    return {
        "file_id": stored.id,
        "file_unique_id": stored.unique_id,
        "file_size": len(stored.data),
        "file_path": stored.path,
    }


def get_chat(call: Call) -> Json:
    return call.chat().json() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(GIFTS, False),
    }


def get_chat_member(call: Call) -> Json:
    chat, number = call.chat(), int(call.values.get("user_id") or 0)
    user = _user(call, number)
    return membership(user, chat.status(number))


def get_chat_administrators(call: Call) -> list[Json]:
    chat = call.chat()
    if chat.private:
        refuse("there are no administrators in the private chat")
    return [
        membership(_user(call, one), chat.members[one]) for one in chat.members if chat.leads(one)
    ]


def get_chat_member_count(call: Call) -> int:
    chat = call.chat()
    return sum(chat.has(one) for one in chat.members)


def leave_chat(call: Call) -> bool:
    chat = call.chat()
    if chat.private:
        refuse("chat member status can't be changed in private chats")
    chat.members[call.world.bot["id"]] = "left"
    call.world.publish("chat", chat=chat.id)
    return True


def _user(call: Call, number: int) -> Json:
    if number == call.world.bot["id"]:
        return call.world.bot
    if number not in call.world.personas:
        refuse("PARTICIPANT_ID_INVALID")
    return call.world.personas[number].json()


def _language(call: Call) -> str:
    return str(call.values.get("language_code") or "")
