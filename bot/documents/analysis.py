"""The «аналитическая справка» as an editable document, from the school's template or ours."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.documents.fields import Heading, fields_of
from bot.documents.template import filled
from services.analyses.templates import BrokenTemplateError
from services.analyses.view import Analysis

DEFAULT = Path(__file__).parents[1] / "templates" / "documents" / "analysis.docx"


@dataclass(frozen=True, slots=True)
class Filled:
    """``broken`` is why the school's own template was not used, None where it was or is none."""

    content: bytes
    broken: BrokenTemplateError | None = None


def analysis_document(analysis: Analysis, heading: Heading, own: bytes | None = None) -> Filled:
    """From the school's template ``own``; where that is broken (or there is none), from ours."""
    fields = fields_of(analysis, heading)
    broken = None
    if own is not None:
        try:
            return Filled(filled(own, fields))
        except BrokenTemplateError as error:
            broken = error
    return Filled(filled(default_template(), fields), broken)


@cache
def default_template() -> bytes:
    return DEFAULT.read_bytes()
