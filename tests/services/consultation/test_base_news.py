"""What a newer shipped base brings, and what it leaves alone."""

from dataclasses import replace

from services.consultation.base import Shipped, changed, fingerprint
from services.consultation.entries import Audience, Entry, Section
from services.consultation.keeping import KeptEntry

SECTION = Section(id="marks", title="Отметки", order=1)
ENTRY = Entry(
    id="marks-dot",
    section="marks",
    audience=Audience.STAFF,
    question="Что значит точка?",
    answer="Отметка будет позже.",
    aliases=("зачем точка", "точка в клетке"),
    rules=("R12",),
)
NEWER = replace(ENTRY, answer="Работа есть, отметка будет позже.")
KEPT = KeptEntry(entry=ENTRY, origin=fingerprint(ENTRY))


def base(*entries: Entry) -> Shipped:
    return Shipped([SECTION], entries)


def test_a_new_entry_comes() -> None:
    assert base(ENTRY).news([]).written == [ENTRY]


def test_the_same_text_is_no_news() -> None:
    news = base(ENTRY).news([KEPT])
    assert (news.written, news.withdrawn) == ([], [])


def test_a_newer_text_comes() -> None:
    assert base(NEWER).news([KEPT]).written == [NEWER]


def test_an_entry_that_the_school_changed_is_left_alone() -> None:
    assert base(NEWER).news([replace(KEPT, changed=True)]).written == []


def test_the_school_s_own_entry_is_left_alone() -> None:
    news = base(NEWER).news([KeptEntry(entry=ENTRY, origin=None, changed=True)])
    assert (news.written, news.withdrawn) == ([], [])


def test_what_is_shipped_no_more_is_withdrawn() -> None:
    assert base().news([KEPT]).withdrawn == ["marks-dot"]


def test_what_the_school_made_of_it_stays() -> None:
    assert base().news([replace(KEPT, changed=True)]).withdrawn == []


def test_what_is_withdrawn_already_is_no_news() -> None:
    assert base().news([replace(KEPT, hidden=True)]).withdrawn == []


def test_a_withdrawn_entry_comes_back_when_it_is_shipped_again() -> None:
    assert base(ENTRY).news([replace(KEPT, hidden=True)]).written == [ENTRY]


def test_the_order_of_aliases_changes_nothing() -> None:
    turned = replace(ENTRY, aliases=ENTRY.aliases[::-1])
    assert fingerprint(turned) == fingerprint(ENTRY)


def test_an_alias_of_the_school_s_own_is_no_change() -> None:
    longer = replace(ENTRY, aliases=(*ENTRY.aliases, "чё за точка"))
    assert not changed(replace(KEPT, entry=longer, own=frozenset({"чё за точка"})))


def test_a_shipped_alias_taken_away_is_a_change() -> None:
    assert changed(replace(KEPT, entry=replace(ENTRY, aliases=("зачем точка",))))


def test_hiding_is_a_change() -> None:
    assert changed(replace(KEPT, hidden=True))


def test_the_base_s_fingerprint_follows_its_texts_and_titles() -> None:
    renamed = Shipped([replace(SECTION, title="Оценки")], [ENTRY])
    assert len({base(ENTRY).origin, base(NEWER).origin, renamed.origin}) == 3
