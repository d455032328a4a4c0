"""What a bot sends and changes obeys the limits of the real Bot API, in its words."""

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramForbiddenError,
)
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    ReplyParameters,
)

from bot.sandbox.errors import ImpossibleDeedError
from bot.sandbox.world import World
from tests.bot.sandbox.stage import (
    CLERK,
    STRANGER,
    TEACHER,
    bot_of,
    clock,
    picture,
    school,
)


def keyboard(data: str) -> InlineKeyboardMarkup:
    button = InlineKeyboardButton(text="Да", callback_data=data)
    return InlineKeyboardMarkup(inline_keyboard=[[button]])


async def test_a_bot_does_not_write_first(world: World, bot: Bot) -> None:
    with pytest.raises(TelegramForbiddenError, match="can't initiate"):
        await bot.send_message(STRANGER, "Здравствуйте")
    world.send_text(STRANGER, STRANGER, "/start")
    assert (await bot.send_message(STRANGER, "Здравствуйте")).text == "Здравствуйте"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "message text is empty"),
        ("  <b> </b>\n", "message text is empty"),
        ("ё" * 4097, "message is too long"),
        ("<b>нет конца", "can't parse entities: Can't find end tag"),
        ("5 < 6", "can't parse entities: Unsupported start tag"),
        ("<h1>заголовок</h1>", 'Unsupported start tag "h1" at byte offset 0'),
        ("ы<b>x</i>", 'Unmatched end tag at byte offset 6, expected "</b>", found "</i>"'),
        ("конец</b>", "Unexpected end tag"),
    ],
)
async def test_bad_text_is_refused_in_the_servers_words(bot: Bot, text: str, reason: str) -> None:
    with pytest.raises(TelegramBadRequest, match=reason.replace("(", "\\(")):
        await bot.send_message(CLERK, text)


async def test_length_is_counted_after_the_markup(bot: Bot) -> None:
    sent = await bot.send_message(CLERK, "<b>" + "&amp;" * 4096 + "</b>")
    assert sent.text == "&" * 4096


async def test_a_long_caption_is_refused_and_1024_letters_are_not(bot: Bot) -> None:
    photo = BufferedInputFile(picture(), "p.png")
    with pytest.raises(TelegramBadRequest, match="caption is too long"):
        await bot.send_photo(CLERK, photo, caption="я" * 1025)
    sent = await bot.send_photo(CLERK, photo, caption="я" * 1024)
    assert sent.photo is not None
    assert (sent.photo[-1].width, sent.photo[-1].height) == (320, 200)


@pytest.mark.parametrize("data", ["", "я" * 33, "x" * 65])
async def test_button_data_is_1_to_64_bytes(bot: Bot, data: str) -> None:
    with pytest.raises(TelegramBadRequest, match="BUTTON_DATA_INVALID"):
        await bot.send_message(CLERK, "?", reply_markup=keyboard(data))
    assert await bot.send_message(CLERK, "?", reply_markup=keyboard("я" * 32))


async def test_what_is_not_a_picture_is_not_sent_as_one(bot: Bot) -> None:
    with pytest.raises(TelegramBadRequest, match="IMAGE_PROCESS_FAILED"):
        await bot.send_photo(CLERK, BufferedInputFile(b"text", "p.png"))
    with pytest.raises(TelegramBadRequest, match="PHOTO_INVALID_DIMENSIONS"):
        await bot.send_photo(CLERK, BufferedInputFile(picture(4200, 200), "p.png"))


async def test_replies_need_their_message(bot: Bot) -> None:
    with pytest.raises(TelegramBadRequest, match="message to be replied not found"):
        await bot.send_message(CLERK, "?", reply_parameters=ReplyParameters(message_id=99))
    loose = ReplyParameters(message_id=99, allow_sending_without_reply=True)
    assert (await bot.send_message(CLERK, "?", reply_parameters=loose)).reply_to_message is None


async def test_an_edit_must_change_something_that_is_there(bot: Bot) -> None:
    sent = await bot.send_message(CLERK, "<b>Раз</b>", reply_markup=keyboard("a"))
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await sent.edit_text("<b>Раз</b>", reply_markup=keyboard("a"))
    with pytest.raises(TelegramBadRequest, match="message to edit not found"):
        await bot.edit_message_text("Два", chat_id=CLERK, message_id=99)
    with pytest.raises(TelegramBadRequest, match="no caption"):
        await sent.edit_caption(caption="Два")
    with pytest.raises(TelegramBadRequest, match="message is too long"):
        await sent.edit_text("я" * 4097)
    assert await sent.edit_reply_markup(reply_markup=keyboard("b"))
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await sent.edit_reply_markup(reply_markup=keyboard("b"))


async def test_a_message_of_a_person_cannot_be_edited(world: World, bot: Bot) -> None:
    theirs = world.send_text(CLERK, CLERK, "моё")
    with pytest.raises(TelegramBadRequest, match="message can't be edited"):
        await bot.edit_message_text("твоё", chat_id=CLERK, message_id=theirs["message_id"])


async def test_pictures_are_exchanged_in_place(world: World, bot: Bot) -> None:
    sent = await bot.send_photo(CLERK, BufferedInputFile(picture(), "p.png"), caption="Раз")
    media = InputMediaPhoto(media=BufferedInputFile(picture(64, 64), "q.png"), caption="Два")
    edited = await sent.edit_media(media)
    assert not isinstance(edited, bool)
    assert edited.photo is not None
    assert (edited.photo[-1].width, edited.caption) == (64, "Два")
    assert list(world.chats[CLERK].messages) == [sent.message_id]
    again = await sent.edit_caption(caption="Три")
    assert not isinstance(again, bool)
    assert again.caption == "Три"


async def test_an_album_is_sent_whole_or_not_at_all(world: World, bot: Bot) -> None:
    page = InputMediaDocument(media=BufferedInputFile(b"1", "1.csv"))
    with pytest.raises(TelegramBadRequest, match="wrong number"):
        await bot.send_media_group(CLERK, [page])
    broken = InputMediaPhoto(media=BufferedInputFile(b"2", "2.png"))
    with pytest.raises(TelegramBadRequest, match="IMAGE_PROCESS_FAILED"):
        await bot.send_media_group(CLERK, [page, broken])
    assert world.chats[CLERK].messages == {}
    first, second = await bot.send_media_group(CLERK, [page, page])
    assert first.media_group_id == second.media_group_id


async def test_a_stored_file_is_sent_again_by_its_id(bot: Bot) -> None:
    sent = await bot.send_document(CLERK, BufferedInputFile(b"1;2", "a.csv"))
    assert sent.document is not None
    again = await bot.send_document(TEACHER, sent.document.file_id)
    assert again.document == sent.document
    with pytest.raises(TelegramBadRequest, match="wrong file identifier"):
        await bot.send_document(TEACHER, "unknown")


async def test_messages_are_copied_and_forwarded(world: World, bot: Bot) -> None:
    source = world.send_text(TEACHER, TEACHER, "не открывается журнал")
    number = source["message_id"]
    copy = await bot.copy_message(CLERK, TEACHER, number)
    forwarded = await bot.forward_message(CLERK, TEACHER, number)
    assert world.chats[CLERK].messages[copy.message_id]["text"] == source["text"]
    assert forwarded.forward_origin is not None
    assert forwarded.forward_origin.type == "user"


async def test_deleting_obeys_age_and_place(bot: Bot) -> None:
    moving = clock()
    world = school(moving)
    bot = bot_of(world)
    old, new = await bot.send_message(CLERK, "раз"), world.send_text(CLERK, CLERK, "два")
    assert await bot.delete_message(CLERK, new["message_id"])
    with pytest.raises(TelegramBadRequest, match="message to delete not found"):
        await bot.delete_message(CLERK, new["message_id"])
    moving.move_to(moving.now().replace(day=23))
    with pytest.raises(TelegramBadRequest, match="can't be deleted for everyone"):
        await old.delete()


async def test_a_query_is_answered_by_its_id_only(world: World, bot: Bot) -> None:
    sent = await bot.send_message(CLERK, "?", reply_markup=keyboard("a"))
    query = world.press(CLERK, world.chats[CLERK].messages[sent.message_id], "a")
    with pytest.raises(TelegramBadRequest, match="query is too old"):
        await bot.answer_callback_query("1")
    with pytest.raises(TelegramBadRequest, match="MESSAGE_TOO_LONG"):
        await bot.answer_callback_query(query, text="я" * 201)
    assert await bot.answer_callback_query(query, text="ага", show_alert=True)
    assert world.presses[query]["answer"] == {"text": "ага", "alert": True}


async def test_a_button_that_was_taken_away_cannot_be_pressed(world: World, bot: Bot) -> None:
    sent = await bot.send_message(CLERK, "?", reply_markup=keyboard("a"))
    stale = world.chats[CLERK].messages[sent.message_id]
    await sent.edit_text("!")
    with pytest.raises(ImpossibleDeedError):
        world.press(CLERK, stale, "a")
