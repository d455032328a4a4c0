"""The preview's message fits the messenger, whatever the file holds."""

from html import unescape
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.render import Renderer
from handlers.importing import of_preview

VOICE = Renderer().voice()
LONG = st.text(max_size=300)
COUNT = st.integers(0, 10**6)
SHEET = st.fixed_dictionaries(
    {"name": st.just("Посещаемость"), "taken": COUNT, "new": COUNT, "changed": COUNT,
     "removed": COUNT}
)  # fmt: skip
VIEW = st.fixed_dictionaries(
    {
        "number": COUNT,
        "files": st.lists(st.fixed_dictionaries({"name": LONG, "format": LONG}), max_size=12),
        "scope": st.fixed_dictionaries(
            {
                "classes": st.lists(LONG, max_size=50),
                "subjects": st.lists(LONG, max_size=30),
                "first": st.just("01.09.2026"),
                "last": st.just("31.05.2027"),
            }
        ),
        "taken": COUNT,
        "touched": COUNT,
        "sheets": st.lists(SHEET, max_size=15),
        "refused": COUNT,
        "reasons": st.lists(
            st.fixed_dictionaries(
                {"file": LONG, "count": COUNT, "rows": st.lists(COUNT, max_size=3), "reason": LONG}
            ),
            max_size=5,
        ),
        "conflicts": COUNT,
        "warnings": st.lists(LONG, max_size=20),
        "new_subjects": st.lists(LONG, max_size=30),
        "unknown": st.lists(st.tuples(st.sampled_from(["class", "staff"]), LONG, COUNT)),
        "notes": st.lists(LONG, max_size=20),
        "unread": st.lists(st.tuples(LONG, LONG), max_size=20),
        "familiar": st.lists(st.tuples(LONG, st.just("0123456789abcdef")), max_size=20),
    }
)


@settings(max_examples=60, deadline=None)
@given(VIEW)
def test_a_preview_fits_one_message_and_its_buttons_are_legal(view: dict[str, Any]) -> None:
    text = VOICE.render("imports/preview", **view)
    shown = of_preview(view, VOICE.say)
    assert len(unescape(text)) <= 4000
    assert sum(map(len, shown.inline_keyboard)) <= 16
    assert all(len((one.callback_data or "").encode()) <= 64 for row in shown.inline_keyboard
               for one in row)  # fmt: skip


def test_the_longest_preview_fits_one_message() -> None:
    long = "ж" * 400
    sheet = {"name": "Посещаемость", "taken": 10**6, "new": 10**6, "changed": 10**6,
             "removed": 10**6}  # fmt: skip
    text = VOICE.render(
        "imports/preview",
        number=1,
        files=[{"name": long, "format": "F12"}] * 12,
        scope={"classes": [long] * 50, "subjects": [long] * 40, "first": "01.09.2026",
               "last": "31.05.2027"},
        taken=10**6,
        touched=0,
        sheets=[sheet] * 15,
        refused=10**6,
        reasons=[{"file": long, "count": 10**6, "rows": [10**6] * 3, "reason": long}] * 5,
        conflicts=10**6,
        warnings=[long] * 9,
        new_subjects=[long] * 30,
        unknown=[("staff", long, 10**6)] * 30,
        notes=[long] * 9,
        unread=[(long, long)] * 30,
        familiar=[(long, "0123456789abcdef")] * 30,
    )  # fmt: skip
    assert len(text) <= 4000
