"""/settings: the school's name, zone and digest hour, by buttons."""

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from handlers.callbacks import HourPick, SettingsPage, SettingsStep, WeekdayPick, ZonePick
from handlers.keyboards import button, in_rows, keyboard
from handlers.ports import Answer, Say, words
from handlers.typed import NAME, Renaming
from services.access import Actor
from services.schools import ZONES, School, SchoolSettings

ZONE_NAMES = (
    words("Kaliningrad (Moscow −1)"),
    words("Moscow"),
    words("Samara (Moscow +1)"),
    words("Yekaterinburg (Moscow +2)"),
    words("Omsk (Moscow +3)"),
    words("Krasnoyarsk, Novosibirsk (Moscow +4)"),
    words("Irkutsk (Moscow +5)"),
    words("Yakutsk (Moscow +6)"),
    words("Vladivostok (Moscow +7)"),
    words("Magadan (Moscow +8)"),
    words("Kamchatka (Moscow +9)"),
)
WEEKDAYS = (
    words("Monday"),
    words("Tuesday"),
    words("Wednesday"),
    words("Thursday"),
    words("Friday"),
    words("Saturday"),
    words("Sunday"),
)
HOURS_OFFERED = range(7, 22)
HOURS_ACROSS = 5


async def show(
    message: Message, *, actor: Actor, school_settings: SchoolSettings, answer: Answer, say: Say
) -> None:
    school = await school_settings.show(actor)
    await answer.reply(
        message,
        "settings/root",
        keyboard=_root(say),
        school=school,
        zone=_zone_name(school, say),
        next_digest=school_settings.next_digest(school),
    )


async def back_to_root(
    press: CallbackQuery,
    *,
    actor: Actor,
    school_settings: SchoolSettings,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    school = await school_settings.show(actor)
    await state.clear()
    await answer.edit(
        press,
        "settings/root",
        keyboard=_root(say),
        school=school,
        zone=_zone_name(school, say),
        next_digest=school_settings.next_digest(school),
    )


async def ask_name(
    press: CallbackQuery,
    *,
    actor: Actor,
    school_settings: SchoolSettings,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    school = await school_settings.show(actor)
    await state.set_state(Renaming.school)
    await answer.edit(press, "settings/name", keyboard=_back(say), school=school)


async def rename(
    message: Message,
    *,
    text: str,
    actor: Actor,
    school_settings: SchoolSettings,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    school = await school_settings.rename(actor, text)
    await state.clear()
    await answer.reply(message, "settings/renamed", keyboard=_back(say), school=school)


async def ask_zone(
    press: CallbackQuery, *, actor: Actor, school_settings: SchoolSettings, answer: Answer, say: Say
) -> None:
    school = await school_settings.show(actor)
    zones = ([button(say(name), ZonePick(zone=at))] for at, name in enumerate(ZONE_NAMES))
    rows = keyboard(*zones, [_to_root(say)])
    await answer.edit(press, "settings/zone", keyboard=rows, zone=_zone_name(school, say))


async def move_zone(
    press: CallbackQuery,
    *,
    callback_data: ZonePick,
    actor: Actor,
    school_settings: SchoolSettings,
    answer: Answer,
    say: Say,
) -> None:
    school = await school_settings.move_zone(actor, ZONES[callback_data.zone % len(ZONES)])
    await answer.edit(
        press,
        "settings/zone-moved",
        keyboard=_back(say),
        zone=_zone_name(school, say),
        next_digest=school_settings.next_digest(school),
    )


async def ask_weekday(
    press: CallbackQuery, *, actor: Actor, school_settings: SchoolSettings, answer: Answer, say: Say
) -> None:
    school = await school_settings.show(actor)
    days = ([button(say(name), WeekdayPick(weekday=at))] for at, name in enumerate(WEEKDAYS))
    rows = keyboard(*days, [_to_root(say)])
    await answer.edit(press, "settings/weekday", keyboard=rows, school=school)


async def ask_hour(
    press: CallbackQuery,
    *,
    callback_data: WeekdayPick,
    actor: Actor,
    school_settings: SchoolSettings,
    answer: Answer,
    say: Say,
) -> None:
    await school_settings.show(actor)
    weekday = callback_data.weekday
    hours = (button(f"{hour}:00", HourPick(weekday=weekday, hour=hour)) for hour in HOURS_OFFERED)
    back = button(say("Back"), SettingsPage(step=SettingsStep.WEEKDAY))
    rows = keyboard(*in_rows(hours, across=HOURS_ACROSS), [back])
    await answer.edit(press, "settings/hour", keyboard=rows, weekday=weekday)


async def schedule(
    press: CallbackQuery,
    *,
    callback_data: HourPick,
    actor: Actor,
    school_settings: SchoolSettings,
    answer: Answer,
    say: Say,
) -> None:
    school = await school_settings.schedule_digest(
        actor, weekday=callback_data.weekday, hour=callback_data.hour
    )
    next_digest = school_settings.next_digest(school)
    await answer.edit(press, "settings/scheduled", keyboard=_back(say), next_digest=next_digest)


def _root(say: Say) -> InlineKeyboardMarkup:
    steps = (
        (words("School's name"), SettingsStep.NAME),
        (words("Time zone"), SettingsStep.ZONE),
        (words("Day and hour of the digest"), SettingsStep.WEEKDAY),
    )
    return keyboard(*([button(say(name), SettingsPage(step=step))] for name, step in steps))


def _back(say: Say) -> InlineKeyboardMarkup:
    return keyboard([_to_root(say)])


def _to_root(say: Say) -> InlineKeyboardButton:
    return button(say("Back"), SettingsPage(step=SettingsStep.ROOT))


def _zone_name(school: School, say: Say) -> str:
    """A zone set by hand in the settings file is shown by its own name."""
    if school.timezone in ZONES:
        return say(ZONE_NAMES[ZONES.index(school.timezone)])
    return school.timezone


def router() -> Router:
    routes = Router(name=__name__)
    routes.message.filter(F.chat.type == ChatType.PRIVATE)
    routes.message.register(show, Command("settings"))
    routes.message.register(rename, Renaming.school, NAME, F.text.as_("text"))
    pages = (
        (back_to_root, SettingsStep.ROOT),
        (ask_name, SettingsStep.NAME),
        (ask_zone, SettingsStep.ZONE),
        (ask_weekday, SettingsStep.WEEKDAY),
    )
    for page, step in pages:
        routes.callback_query.register(page, SettingsPage.filter(F.step == step))
    routes.callback_query.register(move_zone, ZonePick.filter())
    routes.callback_query.register(ask_hour, WeekdayPick.filter())
    routes.callback_query.register(schedule, HourPick.filter())
    return routes
