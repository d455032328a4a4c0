"""What stands on the pages under a digest: their buttons and what their templates show."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.callbacks import DigestPart, DigestPress
from handlers.cut_callbacks import cut_button
from handlers.decision_cards import assign_button
from handlers.keyboards import button, in_rows, keyboard
from handlers.ports import Say, words
from services.decisions.decision import SourceKind
from services.figures import FindingLine, RuleCount, Standing, Week
from services.kept_digests import DigestGoneError, OpenDigest
from services.listing import list_page

PAGE = 15
LABEL = 55
T = TypeVar("T")


class Shown(NamedTuple):
    """A page ready to be shown."""

    template: str
    keyboard: InlineKeyboardMarkup
    view: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Scopes:
    """Classes or teachers: the list of them, and the page of one; ``across`` buttons in a row."""

    title: str
    template: str
    all: DigestPart
    one: DigestPart
    across: int
    of: Callable[[Week], Sequence[Standing]]
    name: Callable[[FindingLine], str]


BY_CLASS = Scopes(
    title=words("By class"),
    template="digest/class",
    all=DigestPart.CLASSES,
    one=DigestPart.CLASS,
    across=5,
    of=lambda week: week.classes,
    name=lambda line: line.class_unit,
)
BY_TEACHER = Scopes(
    title=words("By teacher"),
    template="digest/teacher",
    all=DigestPart.TEACHERS,
    one=DigestPart.TEACHER,
    across=1,
    of=lambda week: week.teachers,
    name=lambda line: line.teacher,
)


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of one digest for one reader."""

    opened: OpenDigest
    say: Say

    def home(self) -> Shown:
        opened = self.opened
        view = {"week": opened.week, "accepted": opened.accepted}
        return Shown("digest/week", self.home_buttons(), view)

    def home_buttons(self) -> InlineKeyboardMarkup:
        """What stands under a digest wherever it is shown."""
        say, teachers = self.say, self.opened.teachers
        return keyboard(
            [
                self._button(say("By class"), DigestPart.CLASSES),
                *([self._button(say("By teacher"), DigestPart.TEACHERS)] if teachers else []),
            ],
            [
                self._button(say("Findings"), DigestPart.RULES),
                self._button(say("Accepted"), DigestPart.ACCEPT),
            ],
            [cut_button(self.opened.id, say)],
        )

    def standings(self, scopes: Scopes, press: DigestPress) -> Shown:
        """A page of classes or teachers, the worst first."""
        found = scopes.of(self.opened.week)
        pages = max(1, -(-len(found) // PAGE))
        number = min(max(1, press.page), pages)
        start = (number - 1) * PAGE
        shown = found[start : start + PAGE]
        buttons = [
            self._button(_label(one.name), scopes.one, item=place)
            for place, one in enumerate(shown, start=start)
        ]
        keys = keyboard(
            *in_rows(buttons, across=scopes.across),
            self._turning(press, number, pages),
            [self._back(DigestPart.HOME)],
        )
        view = {
            "standings": shown,
            "number": number,
            "pages": pages,
            "title": self.say(scopes.title),
        }
        return Shown("digest/standings", keys, {**view, "as_of": self.opened.week.as_of})

    def standing(self, scopes: Scopes, press: DigestPress) -> Shown:
        """One class or teacher with the findings of the week, those that standings count."""
        chosen = _at(scopes.of(self.opened.week), press.item)
        courses = {rule.code for rule in self.opened.week.courses}
        lines = [
            line
            for line in self.opened.week.findings
            if line.rule not in courses and scopes.name(line) == chosen.name
        ]
        keys, view = self._lines(lines, press, back=scopes.all)
        return Shown(scopes.template, keys, {**view, "standing": chosen})

    def rules(self) -> Shown:
        week = self.opened.week
        found = [(place, one) for place, one in enumerate(self._rules()) if one.count]
        rows = [
            [
                self._button(
                    _label(f"{one.code} {one.title} · {one.count}"), DigestPart.RULE, item=at
                )
            ]
            for at, one in found
        ]
        view = {
            "dated": [one for one in week.rules if one.count],
            "courses": [one for one in week.courses if one.count],
            "unsigned": week.unsigned,
            "as_of": week.as_of,
        }
        return Shown("digest/rules", keyboard(*rows, [self._back(DigestPart.HOME)]), view)

    def rule(self, press: DigestPress) -> Shown:
        chosen = _at(self._rules(), press.item)
        lines = [line for line in self.opened.week.findings if line.rule == chosen.code]
        keys, view = self._lines(lines, press, back=DigestPart.RULES, assign=True)
        return Shown("digest/list", keys, {**view, "title": f"{chosen.code} {chosen.title}"})

    def _rules(self) -> list[RuleCount]:
        return [*self.opened.week.rules, *self.opened.week.courses]

    def _lines(
        self,
        lines: Sequence[FindingLine],
        press: DigestPress,
        *,
        back: DigestPart,
        assign: bool = False,
    ) -> tuple[InlineKeyboardMarkup, dict[str, Any]]:
        page = list_page(lines, number=press.page)
        keys = keyboard(
            self._turning(press, page.number, page.pages),
            [self._assign(press.item)] if assign and self.opened.teachers else [],
            [self._back(back)],
        )
        return keys, {"page": page, "as_of": self.opened.week.as_of}

    def _button(
        self, text: str, part: DigestPart, *, item: int = 0, page: int = 1
    ) -> InlineKeyboardButton:
        press = DigestPress(digest=self.opened.id, part=part, item=item, page=page)
        return button(text, press)

    def _assign(self, rule: int) -> InlineKeyboardButton:
        return assign_button(SourceKind.DIGEST, self.opened.id, self.say, item=rule)

    def _back(self, part: DigestPart) -> InlineKeyboardButton:
        return self._button(self.say("Back"), part)

    def _turning(self, press: DigestPress, number: int, pages: int) -> list[InlineKeyboardButton]:
        steps = (("‹", number - 1), ("›", number + 1))
        return [
            self._button(sign, press.part, item=press.item, page=to)
            for sign, to in steps
            if 1 <= to <= pages
        ]


def _at(items: Sequence[T], place: int) -> T:
    """A button's data may have been made up: what is not there is gone."""
    if not 0 <= place < len(items):
        raise DigestGoneError
    return items[place]


def _label(text: str) -> str:
    return text if len(text) <= LABEL else f"{text[: LABEL - 1]}…"
