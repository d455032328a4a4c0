"""From options to rows and truth."""

from dataclasses import dataclass

from services.generator.calendar import academic_year_of, ordinal
from services.generator.defects.mends import WEEK
from services.generator.errors import ImpossibleSchoolError
from services.generator.making import make
from services.generator.rows import last_days, to_batch
from services.generator.truth import Finding
from services.generator.world import Options
from services.journal.model import Batch

MOST_CLASSES = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneratedSchool:
    """``batch`` is the journal on the evening of ``options.until``, ``before`` a week earlier.

    ``week`` covers the last two weeks with some gaps of the first mended; it holds the sheets
    «Уроки», «Отметки», «Посещаемость» and «Замены» only. ``truth`` and ``lookalikes`` belong to
    ``batch``.
    """

    options: Options
    batch: Batch
    before: Batch
    week: Batch
    truth: tuple[Finding, ...]
    lookalikes: tuple[Finding, ...]


def check(options: Options) -> None:
    """Raises ``ImpossibleSchoolError`` for a number of classes outside 1-60."""
    if not 1 <= options.classes <= MOST_CLASSES:
        raise ImpossibleSchoolError(classes=options.classes, most=MOST_CLASSES)


def generate(options: Options) -> GeneratedSchool:
    """The same options give the same rows and the same truth.

    Raises ``ImpossibleSchoolError`` for a number of classes outside 1-60.
    """
    check(options)
    school = make(options)
    batch = to_batch(school)
    first = max(ordinal(academic_year_of(options.until), 9, 1), options.until - 2 * WEEK + 1)
    return GeneratedSchool(
        options=options,
        batch=batch,
        before=to_batch(school, on=options.until - WEEK),
        week=last_days(batch, first=first, last=options.until),
        truth=tuple(school.ledger.truth),
        lookalikes=tuple(school.ledger.lookalikes),
    )
