"""Methods of the Bot API by which a bot changes what it said."""

from bot.sandbox import calls
from bot.sandbox.calls import Call
from bot.sandbox.errors import refuse
from bot.sandbox.people import Chat, Json
from bot.sandbox.sending import media

DELETABLE = 48 * 3600
TEXT, CAPTION = {"text", "entities"}, {"caption", "caption_entities"}
MEDIA = {"photo", "document"} | CAPTION
SAME = (
    "message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)


def edit_message_text(call: Call) -> Json:
    old = _own(call)
    if "text" not in old:
        refuse("there is no text in the message to edit")
    words = calls.words(call.values, "text")
    if not words:
        refuse("message text is empty")
    return _edited(call, old, TEXT, words)


def edit_message_caption(call: Call) -> Json:
    old = _own(call)
    if not {"photo", "document"} & old.keys():
        refuse("there is no caption in the message to edit")
    return _edited(call, old, CAPTION, calls.words(call.values, "caption"))


def edit_message_media(call: Call) -> Json:
    old = _own(call)
    if not {"photo", "document"} & old.keys():
        refuse("there is no media in the message to edit")
    return _edited(call, old, MEDIA, media(call, call.values.get("media") or {}))


def edit_message_reply_markup(call: Call) -> Json:
    return _edited(call, _own(call), set(), {})


def delete_message(call: Call) -> bool:
    """In groups only the bot's own, unless it leads there; nowhere after 48 hours."""
    chat = call.chat()
    message = call.message("message to delete not found", chat=chat)
    foreign = message["from"]["id"] != call.world.bot["id"]
    forbidden = foreign and not chat.private and not chat.leads(call.world.bot["id"])
    if forbidden or call.world.now() - message["date"] > DELETABLE:
        refuse("message can't be deleted for everyone")
    call.world.delete(chat, message["message_id"])
    return True


def set_message_reaction(call: Call) -> bool:
    chat = call.chat()
    message = call.message("message to react not found", chat=chat)
    faces = [one["emoji"] for one in call.values.get("reaction") or [] if one.get("emoji")]
    call.world.publish("reaction", chat=chat.id, number=message["message_id"], faces=faces)
    chat.reactions[message["message_id"]] = faces
    return True


def pin_chat_message(call: Call) -> bool:
    chat = _pinnable(call)
    chat.pinned = call.message("message to pin not found", chat=chat)["message_id"]
    call.world.publish("chat", chat=chat.id)
    return True


def unpin_chat_message(call: Call) -> bool:
    chat = _pinnable(call)
    chat.pinned = None
    call.world.publish("chat", chat=chat.id)
    return True


def _pinnable(call: Call) -> Chat:
    chat = call.chat()
    if not chat.private and not chat.leads(call.world.bot["id"]):
        refuse("not enough rights to manage pinned messages in the chat")
    return chat


def _own(call: Call) -> Json:
    message = call.message("message to edit not found")
    if message["from"]["id"] != call.world.bot["id"]:
        refuse("message can't be edited")
    return message


def _edited(call: Call, old: Json, replaced: set[str], content: Json) -> Json:
    """A keyboard that is not given again is taken away, as the server does."""
    gone = replaced | {"reply_markup"}
    kept = {name: part for name, part in old.items() if name not in gone}
    new = kept | content | calls.keyboard(call.values)
    if new == old:
        refuse(SAME)
    return call.world.replace(call.chat(), new | {"edit_date": call.world.now()})
