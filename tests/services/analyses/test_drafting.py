"""Which sentence stands when: each condition holds on its own side of the bound."""

from dataclasses import replace

import pytest

from bot.documents.sample import COURSE, MARKS, SAMPLE
from services.analyses.drafting import drafted
from services.analyses.view import Achievement, Analysis, Compared, Marks, Repeated
from services.completeness.rule import Said
from services.figures import Index, Indices, Standing


class Plain:
    """English, with the facts' own values."""

    def why(self, said: Said) -> str:
        facts = {
            name: value[1] if isinstance(value, tuple) else value
            for name, value in said.facts.items()
        }
        return said.msgid % facts


def analysis(*identities: str, **figures: tuple[float | None, float | None]) -> Analysis:
    """With these figures (now, before) and findings, and nothing else to speak of."""
    compared = [
        Compared(key=key, name=key, unit="share", now=now, before=before)
        for key, (now, before) in figures.items()
    ]
    return replace(
        SAMPLE,
        compared=compared,
        identities=list(identities),
        previous="October",
        lags=[],
        repeated=[],
        achievement=None,
        clean_teachers=[],
        teacher_remarks=[],
        figures=replace(SAMPLE.figures, classes=[]),
    )


def said(of: Analysis) -> str:
    found = drafted(of, Plain())
    return "\n".join([*found.conclusions, *found.recommendations, *found.decision])


@pytest.mark.parametrize(
    ("key", "now", "words"),
    [
        ("completeness", 100.0, "filled in well"),
        ("completeness", 95.0, "filled in well"),
        ("completeness", 94.9, "with omissions"),
        ("completeness", 85.0, "with omissions"),
        ("completeness", 84.9, "not filled in well enough"),
        ("completeness", 0.0, "not filled in well enough"),
        ("timeliness", 95.0, "on time: timeliness is 95.0"),
        ("timeliness", 94.9, "Not all lessons"),
        ("accumulation", 89.9, "Marks are too few"),
        ("reliability", 94.9, "doubtful entries: reliability"),
    ],
)
def test_a_share_has_one_sentence(key: str, now: float, words: str) -> None:
    found = drafted(analysis(**{key: (now, None)}), Plain()).conclusions
    assert len(found) == 1
    assert words in found[0]


@pytest.mark.parametrize("key", ["accumulation", "reliability"])
def test_a_good_share_needs_no_sentence(key: str) -> None:
    assert drafted(analysis(**{key: (100.0, None)}), Plain()).conclusions == []


def test_without_data_nothing_is_concluded() -> None:
    unknown = {"completeness": (None, 90.0), "timeliness": (None, None)}
    assert drafted(analysis(**unknown), Plain()).conclusions == []


@pytest.mark.parametrize("key", ["completeness", "quality"])
@pytest.mark.parametrize(
    ("before", "words"), [(89.5, "risen by 0.5"), (90.5, "fallen by"), (90.2, None)]
)
def test_a_change_is_told_from_half_a_point_on(key: str, before: float, words: str | None) -> None:
    text = said(analysis(**{key: (90.0, before)}))
    assert (words in text) if words else ("percentage points" not in text)


@pytest.mark.parametrize(
    ("identity", "sentences"),
    [
        ("P1:1", ["fill in topics"]),
        ("T2:1", ["Marks for written works"]),
        ("R4:1", ["Doubtful entries are to be checked"]),
        ("P7:1", ["Missing period marks"]),
        ("Q1:1", ["differ from the mean of the current", "explain in writing"]),
        ("N6:1", ["given on too few", "explain in writing"]),
        ("N1:1", ["asked first"]),
        ("L2:1", ["load of control works", "schedule of control works"]),
    ],
)
def test_a_finding_has_its_sentences(identity: str, sentences: list[str]) -> None:
    text = said(analysis(identity))
    assert [one for one in sentences if one not in text] == []
    assert "Nothing is to be corrected" not in text
    assert "repeat the check on 31.10.2026" in text


def test_without_findings_nothing_is_to_be_corrected() -> None:
    found = drafted(analysis(), Plain())
    assert found.recommendations == ["Nothing is to be corrected: findings 0."]
    assert found.decision == ["To take note of the analysis (findings: 0)."]


def test_marks_are_told_of_where_pupils_have_them() -> None:
    school = replace(MARKS, unattested=2)
    graded = Achievement(
        school=school, classes=[], subjects=[], subject_groups=[], teachers=[], groundless=1
    )
    shares = {"success": (90.0, None), "quality": (50.0, None), "sou": (60.0, None)}
    text = said(replace(analysis(**shares), achievement=graded))
    assert "Success is 90.0, quality 50.0, the degree of training 60.0 (pupils: 1)." in text
    assert "Not attested («н/а»): 2." in text
    assert "without a ground: 1" in text


def test_lags_and_repetitions_are_counted() -> None:
    one = Repeated(teacher="А", rule="P1", title="", weeks=3, findings=3)
    text = said(replace(analysis(), lags=[COURSE], repeated=[one, replace(one, rule="P2")]))
    assert "Courses behind their plan: 1." in text
    assert "cases 2" in text
    assert "(teachers: 1)" in text


def test_the_lowest_classes_are_named_below_the_bound() -> None:
    none = Index(None)
    shares = {"5А": 80.0, "5Б": 84.9, "6А": 85.0, "7А": 10.0, "8А": 20.0, "9А": None}
    classes = [
        Standing(name, Indices(Index(share), none, none, none)) for name, share in shares.items()
    ]
    low = replace(analysis(), figures=replace(SAMPLE.figures, classes=classes))
    assert "below 85 %: 7А, 8А, 5А." in said(low)


def test_of_nothing_a_share_is_no_data() -> None:
    empty = Marks(name="")
    assert (empty.success, empty.quality, empty.sou) == (None, None, None)
