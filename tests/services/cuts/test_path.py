"""The way to a cut as a button holds it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.cut_callbacks import CutPart, CutPress
from services.cuts.path import ROUTES, Cut, CutGoneError, Level, Step

IDS = st.integers(min_value=0, max_value=2**32 - 1)
CUTS = st.sampled_from(ROUTES).flatmap(
    lambda route: st.integers(0, len(route)).flatmap(
        lambda depth: st.tuples(*(st.builds(Step, st.just(one), IDS) for one in route[:depth]))
    )
)


@given(steps=CUTS)
def test_a_cut_is_read_as_it_was_written(steps: tuple[Step, ...]) -> None:
    assert Cut.read(Cut(steps).written) == Cut(steps)


@given(steps=CUTS)
def test_every_cut_fits_a_button(steps: tuple[Step, ...]) -> None:
    press = CutPress(
        digest=2**31 - 1, part=CutPart.LIST, path=Cut(steps).written, item="R12", page=999
    )
    assert len(press.pack().encode()) <= 64
    assert CutPress.unpack(press.pack()) == press


@given(text=st.text(alphabet="gcsmtl0189az._?Ж ", max_size=12))
def test_any_other_text_is_no_cut(text: str) -> None:
    try:
        cut = Cut.read(text)
    except CutGoneError:
        return
    assert Cut.read(cut.written) == cut


def test_a_step_back_is_the_cut_before() -> None:
    subject = Cut.read("g5.c1.s7")
    assert subject.outer == Cut.read("g5.c1")
    assert subject.outer.at(Level.SUBJECT, 7) == subject
    assert subject.id(Level.CLASS) == 1
    assert subject.id(Level.TEACHER) is None


def test_the_school_is_cut_three_ways_and_a_lesson_no_further() -> None:
    assert Cut().inwards == (Level.PARALLEL, Level.SUBJECT_GROUP, Level.TEACHER)
    assert Cut.read("m3.s2").inwards == (Level.CLASS,)
    assert Cut.read("g5.c1.s7.l9").inwards == ()


@pytest.mark.parametrize("text", ["s1", "c1.g5", "g5.c1.s7.l9.l9", "g5..c1", "g-1", "g1_0"])
def test_steps_keep_to_a_route(text: str) -> None:
    with pytest.raises(CutGoneError):
        Cut.read(text)
