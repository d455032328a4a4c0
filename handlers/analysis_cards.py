"""Buttons under an analysis."""

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.analysis_callbacks import (
    AnalysisPress,
    AnalysisRoomPress,
    AnalysisRoomStep,
    AnalysisStep,
    DeputyPick,
)
from handlers.decision_cards import assign_button
from handlers.keyboards import button, keyboard
from handlers.ports import Say
from services.analyses.desk import OpenAnalysis
from services.analyses.life import State
from services.analyses.settings import SettingsView
from services.decisions.decision import SourceKind


def buttons(opened: OpenAnalysis, say: Say) -> InlineKeyboardMarkup:
    """What the reader may do with it in its present state."""
    analysis = opened.kept.id
    again = opened.prepares and opened.kept.state in {State.SENT, State.RETURNED}
    return keyboard(
        [_press(say("Send to the director"), AnalysisStep.SEND, analysis)] if opened.sends else [],
        [
            _press(say("Accepted"), AnalysisStep.ACCEPT, analysis),
            _press(say("Return"), AnalysisStep.RETURN, analysis),
        ]
        if opened.decides
        else [],
        [assign_button(SourceKind.ANALYSIS, analysis, say)] if opened.assigns else [],
        [_press(say("Draft of an order"), AnalysisStep.ORDER, analysis)] if opened.orders else [],
        [_press(say("Count again"), AnalysisStep.RENEW, analysis)] if again else [],
        [_press(say("The period before"), AnalysisStep.EARLIER, analysis)],
        [button(say("Form and deputy"), AnalysisRoomPress(step=AnalysisRoomStep.ROOT))]
        if opened.prepares
        else [],
    )


def back(analysis: int, say: Say) -> InlineKeyboardMarkup:
    return keyboard([_press(say("Cancel"), AnalysisStep.SHOW, analysis)])


def room(view: SettingsView, say: Say) -> InlineKeyboardMarkup:
    """The form, and one button a person who may be the deputy."""
    named = view.deputy.id if view.deputy else 0
    return keyboard(
        [button(say("Send our own form"), AnalysisRoomPress(step=AnalysisRoomStep.FORM))],
        [button(say("The usual form"), AnalysisRoomPress(step=AnalysisRoomStep.DROP))]
        if view.own_form
        else [],
        *(
            [button(f"✓ {one.name}" if one.id == named else one.name, DeputyPick(person=one.id))]
            for one in view.deputies
        ),
        [button(say("No deputy"), DeputyPick(person=0))] if view.deputy else [],
    )


def to_room(say: Say) -> InlineKeyboardMarkup:
    return keyboard([button(say("Back"), AnalysisRoomPress(step=AnalysisRoomStep.ROOT))])


def _press(text: str, step: AnalysisStep, analysis: int) -> InlineKeyboardButton:
    return button(text, AnalysisPress(step=step, analysis=analysis))
