"""«I need help» under a finding: the draft of a ticket that knows what it is about."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers import problem_draft as drafts
from handlers import ticket_cards
from handlers.callbacks import GapHelp
from handlers.ports import Answer, Say
from handlers.problem_draft import Showing
from handlers.problems import next_step
from services.access import Actor
from services.gaps import FindingId
from services.helpdesk.opening import Opening
from services.helpdesk.settings import OTHER


async def ask(
    press: CallbackQuery,
    *,
    callback_data: GapHelp,
    actor: Actor,
    opening: Opening,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    """Help that was asked for already goes on in its ticket."""
    asked = await opening.about(actor, FindingId(callback_data.finding))
    if asked.number is not None:
        shown = ticket_cards.to_own(asked.number, say)
        await answer.edit(press, "helpdesk/asked-already", keyboard=shown, number=asked.number)
        return
    offered = {one.code for one in await opening.categories(actor)}
    draft = drafts.about(asked.finding)
    if draft["category"] not in offered:
        draft["category"] = OTHER
    await state.set_data(draft)
    await next_step(Showing(press, answer), draft, actor, opening, state, say)


def router() -> Router:
    routes = Router(name=__name__)
    routes.callback_query.register(ask, GapHelp.filter())
    return routes
