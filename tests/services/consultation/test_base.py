"""The shipped base: whole, unambiguous, within its limits."""

import re
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser

from handlers.commands import COMMANDS
from services.consultation.entries import (
    ALIASES,
    ANSWER_LIMIT,
    QUESTION_LIMIT,
    Audience,
    Entry,
    first_base,
    first_sections,
)

BASE = first_base()
LAST_RULE = {"P": 8, "T": 5, "R": 12, "N": 7, "Q": 5, "K": 5, "L": 5, "C": 8, "A": 6}
RULES = {f"{letter}{number}" for letter, last in LAST_RULE.items() for number in range(1, last + 1)}
KNOWN_COMMANDS = {command.name for command in COMMANDS} | {"start"}
SHORTEST = 80
TAGS = {"b", "i", "code"}
COMMAND = re.compile(r"(?<![\w/<])/([a-z_]+)")


class OpenTags(HTMLParser):
    """Tags as they are opened and closed; ``broken`` when they do not nest."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.open: list[str] = []
        self.broken = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.broken = self.broken or not self.open or self.open.pop() != tag


def spoken(text: str) -> str:
    """A question as an asker would take it for the same: case, ё and punctuation aside."""
    return " ".join(re.findall(r"\w+", text.lower().replace("ё", "е")))


def shared(texts: list[str]) -> list[str]:
    return [text for text, times in Counter(texts).items() if times > 1]


def test_the_base_covers_every_duty_of_a_journal() -> None:
    assert len(BASE) >= 130
    assert set(Audience) == {entry.audience for entry in BASE}


def test_ids_are_unique() -> None:
    assert shared([entry.id for entry in BASE]) == []


def test_no_two_entries_are_asked_in_the_same_words() -> None:
    asked = [spoken(text) for entry in BASE for text in (entry.question, *entry.aliases)]
    assert shared(asked) == []


def test_every_rule_of_the_catalogue_is_explained_somewhere() -> None:
    assert {rule for entry in BASE for rule in entry.rules} == RULES


def test_sections_stand_in_an_order_without_ties() -> None:
    sections = first_sections()
    assert [section.order for section in sections] == list(range(1, len(sections) + 1))
    assert shared([section.title for section in sections]) == []


def test_every_section_has_entries_of_its_own() -> None:
    assert {entry.section for entry in BASE} == {section.id for section in first_sections()}


def test_an_audience_reads_what_is_open_to_those_before_it() -> None:
    read = [len(audience.reads()) for audience in Audience]
    assert read == [1, 2, 3]
    assert Audience.PUBLIC.reads() == {Audience.PUBLIC}


def unfit(fits: Callable[[Entry], bool]) -> list[str]:
    return [entry.id for entry in BASE if not fits(entry)]


def commands(entry: Entry) -> set[str]:
    return set(COMMAND.findall(re.sub(r"</?\w+>", " ", entry.answer)))


def well_tagged(entry: Entry) -> bool:
    tags = OpenTags()
    tags.feed(entry.answer)
    tags.close()
    bare = re.sub(r"</?(?:b|i|code)>", "", entry.answer)
    return tags.seen <= TAGS and not tags.broken and not tags.open and not set("<>&") & set(bare)


def test_an_entry_has_three_to_eight_aliases() -> None:
    assert unfit(lambda entry: len(entry.aliases) in ALIASES) == []


def test_an_alias_is_typed_without_ends_and_is_not_empty() -> None:
    assert unfit(lambda entry: all(text == text.strip() != "" for text in entry.aliases)) == []


def test_an_entry_says_something_within_its_limits() -> None:
    assert unfit(lambda entry: 0 < len(entry.question) <= QUESTION_LIMIT) == []
    assert unfit(lambda entry: SHORTEST <= len(entry.answer) <= ANSWER_LIMIT) == []


def test_an_id_fits_into_a_button() -> None:
    assert unfit(lambda entry: bool(re.fullmatch(r"[a-z][a-z0-9-]{2,39}", entry.id))) == []


def test_an_answer_names_only_commands_that_exist() -> None:
    assert unfit(lambda entry: commands(entry) <= KNOWN_COMMANDS) == []


def test_a_public_answer_sends_nobody_to_staff_commands() -> None:
    public = {"start", "help"}
    assert unfit(lambda e: e.audience is not Audience.PUBLIC or commands(e) <= public) == []


def test_the_tags_of_an_answer_are_known_and_closed() -> None:
    assert unfit(well_tagged) == []


def test_a_rule_is_named_once_and_stands_in_the_catalogue() -> None:
    assert unfit(lambda entry: shared(list(entry.rules)) == [] and set(entry.rules) <= RULES) == []


def test_an_answer_names_no_clause_number() -> None:
    """A clause is the school's own; only its passport knows the number."""
    assert unfit(lambda entry: not re.search(r"\b(?:п\.|пункт[ауе]?)\s*\d", entry.answer)) == []
