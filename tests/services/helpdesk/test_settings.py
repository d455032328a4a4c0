"""Categories with their targets, ready replies, and how they are kept."""

import json

import pytest

from services.helpdesk.canned import filled
from services.helpdesk.hours import SIX_DAYS
from services.helpdesk.settings import (
    REPLIES,
    SHIPPED,
    CannedReply,
    Category,
    DeskSettings,
    from_plain,
    to_plain,
    urgency,
)


def test_settings_come_back_as_they_were_kept() -> None:
    own = Category(code="own-1", title="Печать", priority=1, answer=15, solution=30, hidden=True)
    settings = DeskSettings(
        categories=[*SHIPPED, own], hours=SIX_DAYS, replies=[CannedReply("Да", "Да, № {номер}")]
    )
    assert from_plain(json.loads(json.dumps(to_plain(settings)))) == settings


def test_shipped_settings_come_back_too() -> None:
    kept = from_plain(json.loads(json.dumps(to_plain(DeskSettings()))))
    assert (list(kept.categories), kept.hours) == (list(SHIPPED), None)
    assert list(kept.replies) == list(REPLIES)


def test_a_category_taken_away_goes_on_as_other() -> None:
    found = DeskSettings().category("gone")
    assert (found.code, found.answer) == ("gone", DeskSettings().category("other").answer)
    assert DeskSettings(categories=[]).category("gone").code == "gone"


def test_a_hidden_category_is_not_offered() -> None:
    assert "question" not in [one.code for one in DeskSettings().offered]
    assert DeskSettings().offered[0].code == "no_access"


@pytest.mark.parametrize(
    ("priority", "people", "wanted"),
    [(1, 1, 1), (1, 3, 2), (1, 10, 3), (2, 2, 2), (2, 3, 3), (3, 100, 3)],
)
def test_people_hit_make_a_ticket_more_pressing(priority: int, people: int, wanted: int) -> None:
    assert urgency(Category(code="x", priority=priority), people) == wanted


def test_every_shipped_reply_uses_only_fields_that_exist() -> None:
    known = ("{номер}", "{класс}", "{предмет}", "{срок}")
    for reply in REPLIES:
        bare = reply.text
        for field in known:
            bare = bare.replace(field, "")
        assert "{" not in bare
    assert filled.__doc__
