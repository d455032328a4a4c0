"""Buttons of /silence and of the school's way of reminding."""

from collections.abc import Iterable, Sequence

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.keyboards import button, in_rows, keyboard
from handlers.ports import Say, words
from handlers.reminder_callbacks import (
    LadderPick,
    LessonsPick,
    PlaceKind,
    QuietPick,
    SilenceDay,
    SilencePlace,
    SilencePlaces,
    SilencePress,
    SilenceRule,
    SilenceStep,
)
from handlers.reminder_cards import clock
from services.completeness.rule import Severity
from services.reminding.settings import (
    ABOVE,
    EVENINGS,
    LESSONS,
    MORNINGS,
    NEVER,
    STEPS,
    Level,
    RemindingSettings,
)
from services.reminding.silence import SilenceNumber
from services.reminding.silencing import SilenceCard, Silences

ACROSS = 6
PAGE = 24
LABEL = 40
LEVELS = {
    Level.HEAD: words("head of the subject group"),
    Level.DEPUTY: words("deputy head"),
    Level.DIRECTOR: words("director"),
}
SEVERITIES = {
    Severity.CRITICAL: words("Critical"),
    Severity.MAJOR: words("Serious"),
    Severity.MINOR: words("Minor"),
}
PLACES = {
    PlaceKind.SCHOOL: words("The whole school"),
    PlaceKind.CLASS: words("One class"),
    PlaceKind.TEACHER: words("One teacher"),
    PlaceKind.SUBJECT: words("One subject"),
}
SPANS = (
    (0, words("Today only")),
    (2, words("3 days")),
    (6, words("A week")),
    (13, words("2 weeks")),
    (29, words("30 days")),
)
"""Days after today that a silence may last."""


def root(known: Silences, say: Say) -> InlineKeyboardMarkup:
    shown = [*known.active, *known.ended]
    return keyboard(
        [step(say("Keep something silent"), SilenceStep.NEW)],
        *(_listed(one, say) for one in shown),
        [step(say("How the school is reminded"), SilenceStep.RULES)],
    )


def rules(codes: Iterable[str], say: Say) -> InlineKeyboardMarkup:
    every = [button(code, SilenceRule(rule=code)) for code in codes]
    return keyboard(
        [button(say("All rules"), SilenceRule())], *in_rows(every, across=ACROSS), [cancel(say)]
    )


def kinds(say: Say) -> InlineKeyboardMarkup:
    school = button(say(PLACES[PlaceKind.SCHOOL]), SilencePlace(kind=PlaceKind.SCHOOL))
    others = [PlaceKind.CLASS, PlaceKind.TEACHER, PlaceKind.SUBJECT]
    rows = [[button(say(PLACES[kind]), SilencePlaces(kind=kind))] for kind in others]
    return keyboard([school], *rows, [cancel(say)])


def places(
    found: Sequence[tuple[int, str]], pressed: SilencePlaces, say: Say
) -> InlineKeyboardMarkup:
    pages = max(1, -(-len(found) // PAGE))
    page = min(max(1, pressed.page), pages)
    shown = found[(page - 1) * PAGE : page * PAGE]
    kind = pressed.kind
    buttons = [button(cut(name), SilencePlace(kind=kind, item=one)) for one, name in shown]
    turning = [
        button(sign, SilencePlaces(kind=kind, page=to))
        for sign, to in (("‹", page - 1), ("›", page + 1))
        if 1 <= to <= pages
    ]
    across = ACROSS if kind is PlaceKind.CLASS else 1
    back = step(say("Back"), SilenceStep.WHERE)
    return keyboard(*in_rows(buttons, across=across), turning, [back])


def days(today: int, say: Say) -> InlineKeyboardMarkup:
    offered = [button(say(name), SilenceDay(day=today + on)) for on, name in SPANS]
    return keyboard(*in_rows(offered, across=2), [cancel(say)])


def reason(say: Say) -> InlineKeyboardMarkup:
    return keyboard([cancel(say)])


def card(known: SilenceCard, say: Say) -> InlineKeyboardMarkup:
    end = step(say("End it now"), SilenceStep.END, known.silence.number)
    return keyboard([end] if known.active else [], [step(say("All silences"), SilenceStep.LIST)])


def settings(known: RemindingSettings, say: Say) -> InlineKeyboardMarkup:
    quiet = f"{clock(known.quiet_from)}–{clock(known.quiet_to)}"
    lessons = say("Never") if known.lessons_at == NEVER else clock(known.lessons_at)
    return keyboard(
        [step(say("Quiet hours: %(hours)s", hours=quiet), SilenceStep.QUIET)],
        [step(say("Today's lessons: %(hour)s", hour=lessons), SilenceStep.LESSONS)],
        [step(say("Who hears next, and when"), SilenceStep.LADDER)],
        [step(say("Back"), SilenceStep.LIST)],
    )


def quiet(say: Say) -> InlineKeyboardMarkup:
    pairs = [
        button(f"{clock(since)}–{clock(until)}", QuietPick(since=since, until=until))
        for since in EVENINGS
        for until in MORNINGS
    ]
    return keyboard(*in_rows(pairs, across=len(MORNINGS)), [_to_settings(say)])


def lessons(say: Say) -> InlineKeyboardMarkup:
    offered = [
        button(clock(one) if one else say("Never"), LessonsPick(minutes=one)) for one in LESSONS
    ]
    return keyboard(*in_rows(offered, across=4), [_to_settings(say)])


def ladder(known: RemindingSettings, say: Say) -> InlineKeyboardMarkup:
    rows = [
        [
            button(
                f"{say(SEVERITIES[severity])}, {say(LEVELS[level])}: "
                f"{waits(known.days(severity, level), say)}",
                LadderPick(severity=severity, level=level),
            )
        ]
        for severity in known.ladder
        for level in ABOVE
    ]
    return keyboard(*rows, [_to_settings(say)])


def steps(pressed: LadderPick, say: Say) -> InlineKeyboardMarkup:
    offered = [
        button(waits(days, say), pressed.model_copy(update={"days": days})) for days in STEPS
    ]
    return keyboard(*in_rows(offered, across=4), [step(say("Back"), SilenceStep.LADDER)])


def waits(days: int, say: Say) -> str:
    return say("never") if days == NEVER else say("%(days)s d.", days=days)


def step(text: str, to: SilenceStep, number: SilenceNumber | int = 0) -> InlineKeyboardButton:
    return button(text, SilencePress(step=to, number=number))


def cancel(say: Say) -> InlineKeyboardButton:
    return step(say("Cancel"), SilenceStep.LIST)


def _listed(one: SilenceCard, say: Say) -> list[InlineKeyboardButton]:
    rule = one.silence.covered.rule or say("All rules")
    where = one.place or say(PLACES[PlaceKind.SCHOOL])
    until = say("till %(day)s", day=f"{one.until:%d.%m}") if one.active else say("over")
    return [step(cut(f"{rule} · {where} · {until}"), SilenceStep.SHOW, one.silence.number)]


def _to_settings(say: Say) -> InlineKeyboardButton:
    return step(say("Back"), SilenceStep.RULES)


def cut(text: str) -> str:
    return text if len(text) <= LABEL else f"{text[: LABEL - 1]}…"
