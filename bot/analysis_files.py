"""The picture, the workbook and the document of an analysis."""

from dataclasses import dataclass

from services.analyses.templates import BrokenTemplateError
from services.analyses.view import Analysis


@dataclass(frozen=True, slots=True)
class Files:
    """``picture`` None: nothing was due in the period; ``broken``: see ``Filled``."""

    picture: bytes | None
    book: bytes
    document: bytes
    broken: BrokenTemplateError | None = None


def make_files(
    analysis: Analysis, *, number: str = "", version: int = 1, template: bytes | None = None
) -> Files:
    """Their libraries are loaded with the first analysis."""
    from bot.documents.analysis import analysis_document  # noqa: PLC0415
    from bot.documents.fields import Heading  # noqa: PLC0415
    from bot.pictures import draw_heat_map  # noqa: PLC0415
    from bot.workbooks.analysis import analysis_workbook  # noqa: PLC0415

    heat = analysis.figures.heat
    document = analysis_document(analysis, Heading(number, version), template)
    return Files(
        picture=None if heat is None or not heat.rows else draw_heat_map(heat),
        book=analysis_workbook(analysis),
        document=document.content,
        broken=document.broken,
    )
