"""Under the digest: by class, by teacher, the list behind each number, «Принято»."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from aiogram import F, Router
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup

from handlers.callbacks import DigestPart, DigestPress
from handlers.keyboards import button, in_rows, keyboard
from handlers.ports import Answer, Say
from services.access import Actor
from services.digest_letters import DigestLetters
from services.figures import FindingLine, RuleCount, Standing
from services.kept_digests import DigestGoneError, DigestId, OpenDigest
from services.listing import list_page

PAGE = 15
LABEL = 55
T = TypeVar("T")


def home_buttons(opened: OpenDigest, say: Say) -> InlineKeyboardMarkup:
    """What stands under a digest wherever it is shown."""
    at = _Place(opened, say)
    return keyboard(
        [
            at.button(say("By class"), DigestPart.CLASSES),
            *([at.button(say("By teacher"), DigestPart.TEACHERS)] if opened.teachers else []),
        ],
        [
            at.button(say("Findings"), DigestPart.RULES),
            at.button(say("Accepted"), DigestPart.ACCEPT),
        ],
    )


async def home(
    press: CallbackQuery,
    *,
    callback_data: DigestPress,
    actor: Actor,
    digests: DigestLetters,
    answer: Answer,
    say: Say,
) -> None:
    opened = await digests.open(actor, DigestId(callback_data.digest))
    await _show(press, opened, answer, say)


async def accept(
    press: CallbackQuery,
    *,
    callback_data: DigestPress,
    actor: Actor,
    digests: DigestLetters,
    answer: Answer,
    say: Say,
) -> None:
    opened = await digests.accept(actor, DigestId(callback_data.digest))
    await _show(press, opened, answer, say)


async def classes(
    press: CallbackQuery,
    *,
    callback_data: DigestPress,
    actor: Actor,
    digests: DigestLetters,
    answer: Answer,
    say: Say,
) -> None:
    opened = await digests.open(actor, DigestId(callback_data.digest))
    at = _Place(opened, say, callback_data.page)
    view, keys = at.standings(opened.week.classes, DigestPart.CLASSES, DigestPart.CLASS, across=5)
    await answer.edit(press, "digest/standings", keyboard=keys, title=say("By class"), **view)


async def one_class(
    press: CallbackQuery,
    *,
    callback_data: DigestPress,
    actor: Actor,
    digests: DigestLetters,
    answer: Answer,
    say: Say,
) -> None:
    opened = await digests.open(actor, DigestId(callback_data.digest))
    at = _Place(opened, say, callback_data.page)
    chosen = _at(opened.week.classes, callback_data.item)
    lines = [line for line in dated_lines(opened) if line.class_unit == chosen.name]
    view, keys = at.lines(lines, callback_data, back=DigestPart.CLASSES)
    await answer.edit(press, "digest/class", keyboard=keys, standing=chosen, **view)


async def teachers(
    press: CallbackQuery,
    *,
    callback_data: DigestPress,
    actor: Actor,
    digests: DigestLetters,
    answer: Answer,
    say: Say,
) -> None:
    opened = await digests.by_teachers(actor, DigestId(callback_data.digest))
    at = _Place(opened, say, callback_data.page)
    view, keys = at.standings(
        opened.week.teachers, DigestPart.TEACHERS, DigestPart.TEACHER, across=1
    )
    await answer.edit(press, "digest/standings", keyboard=keys, title=say("By teacher"), **view)


async def one_teacher(
    press: CallbackQuery,
    *,
    callback_data: DigestPress,
    actor: Actor,
    digests: DigestLetters,
    answer: Answer,
    say: Say,
) -> None:
    opened = await digests.by_teachers(actor, DigestId(callback_data.digest))
    at = _Place(opened, say, callback_data.page)
    chosen = _at(opened.week.teachers, callback_data.item)
    lines = [line for line in dated_lines(opened) if line.teacher == chosen.name]
    view, keys = at.lines(lines, callback_data, back=DigestPart.TEACHERS)
    await answer.edit(press, "digest/teacher", keyboard=keys, standing=chosen, **view)


async def rules(
    press: CallbackQuery,
    *,
    callback_data: DigestPress,
    actor: Actor,
    digests: DigestLetters,
    answer: Answer,
    say: Say,
) -> None:
    opened = await digests.open(actor, DigestId(callback_data.digest))
    at = _Place(opened, say)
    found = [(place, one) for place, one in enumerate(_rules(opened)) if one.count]
    rows = [
        [at.button(_label(f"{one.code} {one.title} · {one.count}"), DigestPart.RULE, item=place)]
        for place, one in found
    ]
    await answer.edit(
        press,
        "digest/rules",
        keyboard=keyboard(*rows, [at.back(DigestPart.HOME)]),
        dated=[one for one in opened.week.rules if one.count],
        courses=[one for one in opened.week.courses if one.count],
        unsigned=opened.week.unsigned,
        as_of=opened.week.as_of,
    )


async def one_rule(
    press: CallbackQuery,
    *,
    callback_data: DigestPress,
    actor: Actor,
    digests: DigestLetters,
    answer: Answer,
    say: Say,
) -> None:
    opened = await digests.open(actor, DigestId(callback_data.digest))
    at = _Place(opened, say, callback_data.page)
    chosen = _at(_rules(opened), callback_data.item)
    lines = [line for line in opened.week.findings if line.rule == chosen.code]
    view, keys = at.lines(lines, callback_data, back=DigestPart.RULES)
    title = f"{chosen.code} {chosen.title}"
    await answer.edit(press, "digest/list", keyboard=keys, title=title, **view)


async def _show(press: CallbackQuery, opened: OpenDigest, answer: Answer, say: Say) -> None:
    await answer.edit(
        press,
        "digest/week",
        keyboard=home_buttons(opened, say),
        week=opened.week,
        accepted=opened.accepted,
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in a digest the reader is: makes its buttons and what a page shows."""

    opened: OpenDigest
    say: Say
    page: int = 1

    def button(
        self, text: str, part: DigestPart, *, item: int = 0, page: int = 1
    ) -> InlineKeyboardButton:
        press = DigestPress(digest=self.opened.id, part=part, item=item, page=page)
        return button(text, press)

    def back(self, part: DigestPart) -> InlineKeyboardButton:
        return self.button(self.say("Back"), part)

    def turning(
        self, part: DigestPart, item: int, number: int, pages: int
    ) -> list[InlineKeyboardButton]:
        steps = (("‹", number - 1), ("›", number + 1))
        return [
            self.button(sign, part, item=item, page=to) for sign, to in steps if 1 <= to <= pages
        ]

    def lines(
        self, lines: Sequence[FindingLine], here: DigestPress, *, back: DigestPart
    ) -> tuple[dict[str, Any], InlineKeyboardMarkup]:
        """A page of findings."""
        page = list_page(lines, number=self.page)
        turning = self.turning(here.part, here.item, page.number, page.pages)
        keys = keyboard(turning, [self.back(back)])
        return {"page": page, "as_of": self.opened.week.as_of}, keys

    def standings(
        self, scopes: Sequence[Standing], here: DigestPart, one: DigestPart, *, across: int
    ) -> tuple[dict[str, Any], InlineKeyboardMarkup]:
        """A page of classes or teachers, the worst first."""
        pages = max(1, -(-len(scopes) // PAGE))
        number = min(max(1, self.page), pages)
        start = (number - 1) * PAGE
        shown = scopes[start : start + PAGE]
        buttons = [
            self.button(_label(scope.name), one, item=place)
            for place, scope in enumerate(shown, start=start)
        ]
        keys = keyboard(
            *in_rows(buttons, across=across),
            self.turning(here, 0, number, pages),
            [self.back(DigestPart.HOME)],
        )
        view = {"standings": shown, "number": number, "pages": pages}
        return {**view, "as_of": self.opened.week.as_of}, keys


def dated_lines(opened: OpenDigest) -> list[FindingLine]:
    """The findings of the week itself: those that standings count."""
    courses = {rule.code for rule in opened.week.courses}
    return [line for line in opened.week.findings if line.rule not in courses]


def _rules(opened: OpenDigest) -> list[RuleCount]:
    return [*opened.week.rules, *opened.week.courses]


def _at(items: Sequence[T], place: int) -> T:
    """A button's data may have been made up: what is not there is gone."""
    if not 0 <= place < len(items):
        raise DigestGoneError
    return items[place]


def _label(text: str) -> str:
    return text if len(text) <= LABEL else f"{text[: LABEL - 1]}…"


def router() -> Router:
    routes = Router(name=__name__)
    parts = {
        DigestPart.HOME: home,
        DigestPart.ACCEPT: accept,
        DigestPart.CLASSES: classes,
        DigestPart.CLASS: one_class,
        DigestPart.TEACHERS: teachers,
        DigestPart.TEACHER: one_teacher,
        DigestPart.RULES: rules,
        DigestPart.RULE: one_rule,
    }
    for part, handler in parts.items():
        routes.callback_query.register(handler, DigestPress.filter(F.part == part))
    return routes
