"""What stands on the pages of a cut: their buttons and what their templates show."""

from collections.abc import Sequence
from dataclasses import dataclass

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.callbacks import DigestPart, DigestPress
from handlers.cut_callbacks import CutPart, CutPress
from handlers.digest_pages import Shown
from handlers.keyboards import button, in_rows, keyboard
from handlers.paging import label, page_of
from handlers.ports import Say, words
from services.cuts.desk import LessonView, Listed
from services.cuts.path import Cut, Level
from services.cuts.view import Crumb, CutView, Heading
from services.journal.relations import UNNUMBERED
from services.listing import list_page

PAGE = 15
ACROSS = {Level.PARALLEL: 3, Level.CLASS: 5}
"""Buttons in a row whose names are short; others stand alone."""
OTHER_WAYS = {
    Level.PARALLEL: words("By parallel"),
    Level.SUBJECT_GROUP: words("By subject group"),
    Level.TEACHER: words("By teacher"),
}
"""The school can be cut by each of these; the first one is shown unasked."""


@dataclass(frozen=True, slots=True)
class CutPages:
    """The pages of one digest's cuts for one reader; ``teachers`` tells whether by teacher too."""

    digest: int
    say: Say
    teachers: bool

    def cut(self, view: CutView, press: CutPress) -> Shown:
        page = page_of(view.parts, press.page, size=PAGE)
        cut = view.heading.cut
        arrows = page.arrows(lambda to: press.model_copy(update={"page": to}))
        keys = keyboard(
            *self._parts(view, [one.cut for one in page.shown], [one.crumb for one in page.shown]),
            arrows,
            self._lists(view),
            self._pictures(cut),
            *([self._ways(view.by)] if not cut.steps else []),
            [self._back(cut)],
        )
        facts = {"view": view, "parts": page.shown, "number": page.number, "pages": page.pages}
        return Shown("cuts/cut", keys, facts)

    def rules(self, view: CutView) -> Shown:
        cut = view.heading.cut
        rows = [
            [
                self._button(
                    label(f"{one.code} {one.title} · {one.count}"), CutPart.LIST, cut, one.code
                )
            ]
            for one in (*view.rules, *view.courses)
        ]
        everything = [
            self._button(self.say("All findings"), CutPart.LIST, cut),
            self._button(self.say("As a table"), CutPart.TABLE, cut),
        ]
        back = self._button(self.say("Back"), CutPart.OPEN, cut)
        keys = keyboard(*rows, everything if rows else [], [back])
        return Shown("cuts/rules", keys, {"view": view})

    def listed(self, listed: Listed, press: CutPress) -> Shown:
        page = list_page(listed.lines, number=press.page)
        steps = (("‹", page.number - 1), ("›", page.number + 1))
        arrows = [
            button(sign, press.model_copy(update={"page": to}))
            for sign, to in steps
            if 1 <= to <= page.pages
        ]
        cut = listed.heading.cut
        table = self._button(self.say("As a table"), CutPart.TABLE, cut, press.item)
        back = self._button(self.say("Back"), CutPart.RULES, cut)
        keys = keyboard(arrows, [table] if page.total else [], [back])
        view = {"heading": listed.heading, "title": listed.title, "page": page}
        return Shown("cuts/list", keys, view)

    def lesson(self, view: LessonView) -> Shown:
        keys = keyboard([self._back(view.heading.cut)])
        return Shown("cuts/lesson", keys, {"view": view})

    def picture(self, view: CutView, shown: CutPart) -> InlineKeyboardMarkup:
        """Under a picture: its parts and the step back as pictures too, and the other picture."""
        cut = view.heading.cut
        drawn = [one for one in view.parts if not one.cut.of_lesson][:PAGE]
        rows = self._parts(view, [one.cut for one in drawn], [one.crumb for one in drawn], shown)
        other = (
            self._button(self.say("Over the year"), CutPart.TREND, cut)
            if shown is CutPart.HEAT
            else self._button(self.say("Map of the week"), CutPart.HEAT, cut)
        )
        back = [self._button(self.say("Back"), shown, cut.outer)] if cut.steps else []
        return keyboard(*rows, [other, *back])

    def _parts(
        self,
        view: CutView,
        cuts: Sequence[Cut],
        crumbs: Sequence[Crumb],
        part: CutPart = CutPart.OPEN,
    ) -> list[list[InlineKeyboardButton]]:
        if view.by is Level.TEACHER and not self.teachers:
            return []
        buttons = [
            self._button(label(self._name(crumb)), CutPart.LESSON if cut.of_lesson else part, cut)
            for cut, crumb in zip(cuts, crumbs, strict=True)
        ]
        return in_rows(buttons, across=ACROSS.get(view.by, 1) if view.by else 1)

    def _name(self, crumb: Crumb) -> str:
        if crumb.level is Level.PARALLEL:
            return self.say("Year %(grade)s", grade=crumb.name)
        if crumb.day is None:
            return crumb.name
        if crumb.number > UNNUMBERED:
            return f"{crumb.day:%d.%m}"
        return self.say("%(day)s, lesson %(number)s", day=f"{crumb.day:%d.%m}", number=crumb.number)

    def _lists(self, view: CutView) -> list[InlineKeyboardButton]:
        text = self.say("Findings: %(count)s", count=view.findings)
        found = [self._button(text, CutPart.RULES, view.heading.cut)]
        return found if view.findings else []

    def _pictures(self, cut: Cut) -> list[InlineKeyboardButton]:
        return [
            self._button(self.say("Map of the week"), CutPart.HEAT, cut),
            self._button(self.say("Over the year"), CutPart.TREND, cut),
        ]

    def _ways(self, now: Level | None) -> list[InlineKeyboardButton]:
        return [
            self._button(self.say(title), CutPart.OPEN, Cut(), level.value)
            for level, title in OTHER_WAYS.items()
            if level is not now and (self.teachers or level is not Level.TEACHER)
        ]

    def _back(self, cut: Cut) -> InlineKeyboardButton:
        if not cut.steps:
            home = DigestPress(digest=self.digest, part=DigestPart.HOME)
            return button(self.say("To the digest"), home)
        inner = cut.steps[-1].level if not cut.outer.steps else None
        return self._button(self.say("Back"), CutPart.OPEN, cut.outer, inner.value if inner else "")

    def _button(self, text: str, part: CutPart, cut: Cut, item: str = "") -> InlineKeyboardButton:
        press = CutPress(digest=self.digest, part=part, path=cut.written, item=item)
        return button(text, press)


def file_name(heading: Heading, title: str) -> str:
    """«Замечания 7А Алгебра 2026-W47» without what a file's name cannot hold."""
    names = " ".join([title, *(crumb.name for crumb in heading.crumbs)])
    bare = "".join(sign if sign.isalnum() else " " for sign in names)
    return " ".join([*bare.split(), heading.period])
