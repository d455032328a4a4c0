"""The figures of a period beside those of the period before and of a year ago."""

from collections.abc import Callable, Mapping

from services.analyses.counting import achievement, courses, programme, weighty
from services.analyses.gathering import Gathered, Part
from services.analyses.period import Kind
from services.analyses.view import Compared, Programme
from services.completeness.indices import Tally, indices_of, summed
from services.completeness.lines import Directory
from services.completeness.rule import Said

Brief = Mapping[str, float | None]
"""Figure -> value."""
SHARE, COUNT = "share", "count"


def compared(gathered: Gathered, word: Callable[[Said], str]) -> list[Compared]:
    """A row a figure, in the document's order; those of period marks for a term or year only."""
    now, directory = brief(gathered.now, gathered.directory), gathered.directory
    before = brief(gathered.before, directory) if gathered.before else {}
    year = brief(gathered.year, directory) if gathered.year else {}
    graded = gathered.now.period.kind is not Kind.MONTH
    return [
        Compared(
            key=key,
            name=word(said),
            unit=unit,
            now=now[key],
            before=before.get(key),
            year=year.get(key),
        )
        for key, said, unit, of_marks in _rows()
        if graded or not of_marks
    ]


def _rows() -> tuple[tuple[str, Said, str, bool], ...]:
    return (
        ("completeness", Said("Completeness, per cent", {}), SHARE, False),
        ("timeliness", Said("Timeliness, per cent", {}), SHARE, False),
        ("accumulation", Said("Accumulation of marks, per cent", {}), SHARE, False),
        ("reliability", Said("Reliability, per cent", {}), SHARE, False),
        ("programme", Said("Hours of plans held, per cent", {}), SHARE, False),
        ("success", Said("Pupils without «2» and «н/а», per cent", {}), SHARE, True),
        ("quality", Said("Pupils on «4» and «5», per cent", {}), SHARE, True),
        ("sou", Said("Degree of training (СОУ), per cent", {}), SHARE, True),
        ("findings", Said("Findings in lessons of the period", {}), COUNT, False),
    )


def brief(part: Part, directory: Directory) -> Brief:
    cells = part.measured.cells
    indices = indices_of(summed(cells, lambda _: 0).get(0, Tally()))
    marks = achievement(part.by_course, part.by_class, directory, None).school
    return {
        "completeness": indices.completeness.value,
        "timeliness": indices.timeliness.value,
        "accumulation": indices.accumulation.value,
        "reliability": indices.reliability.value,
        "programme": programme_total(part, directory).share,
        "success": marks.success,
        "quality": marks.quality,
        "sou": marks.sou,
        "findings": len(weighty(part.measured.lesson_hits)),
    }


def programme_total(part: Part, directory: Directory) -> Programme:
    """Of the whole school; nothing planned is no data."""
    found = programme(courses(part.programme, directory), lambda _: "")
    return found[0] if found else Programme(name="", planned=0, done=0)
