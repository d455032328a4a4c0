"""Buttons of an entry in its editor's hands."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardMarkup

from handlers.faq_callbacks import (
    AliasDrop,
    AudiencePick,
    EditPress,
    EditStep,
    FaqSection,
    SectionPick,
    VersionPick,
)
from handlers.keyboards import button, in_rows, keyboard
from handlers.paging import label, page_holding
from handlers.ports import Say, words
from services.consultation.entries import Audience, Entry, Section
from services.consultation.library import Card

AUDIENCE_NAMES = {
    Audience.PUBLIC: words("Everybody, pupils and parents too"),
    Audience.STAFF: words("The school's staff"),
    Audience.ADMINISTRATION: words("The administration only"),
}
VERSIONS = 8


def card(shown: Card, say: Say) -> InlineKeyboardMarkup:
    entry = shown.entry
    published = not shown.kept.hidden
    shelf = button(
        say("Withdraw") if published else say("Publish"),
        step_of(EditStep.WITHDRAW if published else EditStep.PUBLISH, entry.id),
    )
    undo = button(say("Undo the last change"), step_of(EditStep.UNDO, entry.id))
    aliases = say("Aliases: %(count)s", count=len(entry.aliases))
    here = FaqSection(section=entry.section, page=page_holding(shown.place))
    return keyboard(
        [
            button(say("Question"), step_of(EditStep.QUESTION, entry.id)),
            button(say("Answer"), step_of(EditStep.ANSWER, entry.id)),
        ],
        [
            button(say("For whom"), step_of(EditStep.AUDIENCE, entry.id)),
            button(say("Section"), step_of(EditStep.SECTION, entry.id)),
        ],
        [
            button(aliases, step_of(EditStep.ALIASES, entry.id)),
            button(say("History"), step_of(EditStep.HISTORY, entry.id)),
        ],
        [shelf],
        [undo] if shown.undoable else [],
        [button(say("To the list"), here)],
    )


def cancel(entry: str, say: Say) -> InlineKeyboardMarkup:
    return keyboard([button(say("Cancel"), step_of(EditStep.SHOW, entry))])


def audiences(entry: Entry, say: Say) -> InlineKeyboardMarkup:
    rows = [
        [
            button(
                _chosen(say(name), entry.audience is one),
                AudiencePick(entry=entry.id, audience=one),
            )
        ]
        for one, name in AUDIENCE_NAMES.items()
    ]
    return keyboard(*rows, [button(say("Back"), step_of(EditStep.SHOW, entry.id))])


def places(entry: Entry, known: Sequence[Section], say: Say) -> InlineKeyboardMarkup:
    rows = [
        button(
            _chosen(one.title, entry.section == one.id),
            SectionPick(entry=entry.id, section=one.id),
        )
        for one in known
    ]
    back = button(say("Back"), step_of(EditStep.SHOW, entry.id))
    return keyboard(*in_rows(rows, across=2), [back])


def aliases(shown: Card, say: Say) -> InlineKeyboardMarkup:
    """One press and it goes; the card's undo brings it back."""
    entry, version = shown.entry, shown.history[0].version.number
    rows = [
        [button(label(f"✕ {text}"), AliasDrop(entry=entry.id, place=place, version=version))]
        for place, text in enumerate(entry.aliases)
    ]
    add = button(say("Add an alias"), step_of(EditStep.ADD_ALIAS, entry.id))
    return keyboard([add], *rows, [button(say("Back"), step_of(EditStep.SHOW, entry.id))])


def history(shown: Card, say: Say) -> InlineKeyboardMarkup:
    numbers = [one.version.number for one in shown.history[1 : VERSIONS + 1]]
    looks = [
        button(f"№ {number}", VersionPick(entry=shown.entry.id, number=number))
        for number in numbers
    ]
    back = button(say("Back"), step_of(EditStep.SHOW, shown.entry.id))
    return keyboard(*in_rows(looks, across=4), [back])


def version(entry: str, number: int, say: Say) -> InlineKeyboardMarkup:
    again = VersionPick(entry=entry, number=number, back=True)
    return keyboard(
        [button(say("Make it like this again"), again)],
        [button(say("Back"), step_of(EditStep.HISTORY, entry))],
    )


def step_of(step: EditStep, entry: str) -> EditPress:
    return EditPress(step=step, entry=entry)


def _chosen(name: str, is_it: bool) -> str:  # noqa: FBT001  # a word and whether it is marked
    return f"✓ {name}" if is_it else name
