"""The draft of a decision as a conversation keeps it, and the questions it still asks."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.decision_callbacks import DuePick, NewPress, NewStep, OwnerPick, SourcePick
from handlers.decision_cards import ACROSS, AHEAD
from handlers.keyboards import button, in_rows, keyboard
from handlers.paging import label, page_of
from handlers.ports import Say, words
from handlers.problem_draft import Showing
from handlers.typed import NewDecision
from services.access import Actor
from services.decisions.decision import Source, SourceKind
from services.decisions.desk import Decisions
from services.decisions.setting import Named
from services.ids import PersonId

SOURCES = {
    SourceKind.OWN: words("Own decision"),
    SourceKind.COUNCIL: words("Council's protocol"),
    SourceKind.ANALYSIS: words("Analysis"),
    SourceKind.FINDING: words("Finding of a check"),
}
"""What may be chosen by hand; a digest comes from its own button."""
Kept = dict[str, Any]


async def next_step(
    showing: Showing, draft: Kept, actor: Actor, decisions: Decisions, state: FSMContext, say: Say
) -> None:
    """The first step that the draft still lacks, or all of it to look through."""
    await state.set_data(draft)
    if not draft.get("text"):
        await ask_text(showing, draft, state, say)
    elif not owners_of(draft):
        await ask_owners(showing, draft, actor, decisions, state, say)
    elif not draft.get("due"):
        await ask_due(showing, await decisions.setting.today(actor), state, say)
    elif "source" not in draft:
        await ask_source(showing, state, say)
    else:
        await _review(showing, draft, actor, decisions, state, say)


async def ask_text(showing: Showing, draft: Kept, state: FSMContext, say: Say) -> None:
    await state.set_state(NewDecision.text)
    source = source_of(draft) if draft.get("source") else None
    shown = keyboard([cancel_button(say)])
    await showing.show("decisions/ask-text", keyboard=shown, source=source)


async def ask_owners(
    showing: Showing,
    draft: Kept,
    actor: Actor,
    decisions: Decisions,
    state: FSMContext,
    say: Say,
    *,
    page: int = 1,
) -> None:
    people = await decisions.setting.candidates(actor)
    await state.set_state(NewDecision.owners)
    shown = people_buttons(people, owners_of(draft), page, say)
    await showing.show("decisions/owners", keyboard=shown, count=len(people), searched=False)


async def ask_due(showing: Showing, today: int, state: FSMContext, say: Say) -> None:
    await state.set_state(NewDecision.due)
    picks = [
        button(f"{date.fromordinal(today + far):%d.%m}", DuePick(day=today + far)) for far in AHEAD
    ]
    shown = keyboard(*in_rows(picks, across=ACROSS), [cancel_button(say)])
    await showing.show("decisions/ask-due", keyboard=shown)


async def ask_source(showing: Showing, state: FSMContext, say: Say) -> None:
    await state.set_state(NewDecision.review)
    rows = [[button(say(title), SourcePick(kind=kind))] for kind, title in SOURCES.items()]
    await showing.show("decisions/ask-kind", keyboard=keyboard(*rows, [cancel_button(say)]))


async def _review(
    showing: Showing, draft: Kept, actor: Actor, decisions: Decisions, state: FSMContext, say: Say
) -> None:
    await state.set_state(NewDecision.review)
    names = {one.person: one.name for one in await decisions.setting.candidates(actor)}
    shown = keyboard(
        [button(say("Assign it"), NewPress(step=NewStep.SET))],
        [
            button(say("Change the owners"), NewPress(step=NewStep.OWNERS)),
            button(say("Change the day"), NewPress(step=NewStep.DUE)),
        ],
        [cancel_button(say)],
    )
    await showing.show(
        "decisions/review",
        keyboard=shown,
        text=draft["text"],
        owners=[names[PersonId(one)] for one in owners_of(draft) if PersonId(one) in names],
        due=date.fromordinal(draft["due"]),
        source=source_of(draft),
    )


def people_buttons(
    found: Sequence[Named], owners: Sequence[int], number: int, say: Say
) -> InlineKeyboardMarkup:
    page = page_of(found, number)
    rows = [
        [
            button(
                label(f"✓ {one.name}" if one.person in owners else one.name),
                OwnerPick(person=one.person, page=page.number),
            )
        ]
        for one in page.shown
    ]
    arrows = page.arrows(lambda to: NewPress(step=NewStep.OWNERS, page=to))
    on = button(say("Further, chosen: %(count)s", count=len(owners)), NewPress(step=NewStep.REVIEW))
    return keyboard(*rows, arrows, [on] if owners else [], [cancel_button(say)])


def owners_of(draft: Kept) -> list[int]:
    return [int(one) for one in draft.get("owners", [])]


def source_of(draft: Kept) -> Source:
    kind, ref, words_of_it = draft.get("source") or [SourceKind.OWN.value, 0, ""]
    return Source(SourceKind(kind), ref, words_of_it)


def cancel_button(say: Say) -> InlineKeyboardButton:
    return button(say("Cancel"), NewPress(step=NewStep.CANCEL))
