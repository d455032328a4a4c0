"""Views into the messenger's HTML, and labels, in the reader's language and zone."""

import gettext
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from bot.marked import marked
from bot.shares import tenths

TEMPLATES = Path(__file__).parent / "templates"
LOCALES = Path(__file__).parents[1] / "locales"
LANGUAGES = ("ru", "en")
DEFAULT = "ru"
NBSP = "\N{NO-BREAK SPACE}"
_QUOTES = {"ru": ("«", "»"), "en": ("“", "”")}


def catalogue(language: str, locales: Path = LOCALES) -> Catalog:
    """All topics of a language in one catalogue; an entry that stands in two of them is merged."""
    merged = Catalog(locale=language)
    for path in sorted((locales / language / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as source:
            for entry in read_po(source, locale=language):
                if entry.id:
                    merged[entry.id] = entry
    return merged


def translations(language: str, locales: Path = LOCALES) -> gettext.GNUTranslations:
    """The catalogue compiled in memory, so no ``.mo`` is ever built or committed."""
    compiled = BytesIO()
    write_mo(compiled, catalogue(language, locales))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom a text is made: the language and the IANA zone of the moments in it."""

    language: str = DEFAULT
    zone: str = "Europe/Moscow"


@dataclass(frozen=True, slots=True)
class Voice:
    """Everything said to one reader."""

    reader: Reader
    environment: Environment
    words: gettext.GNUTranslations

    def render(self, template: str, /, **view: object) -> str:
        """A template's text; ``template`` is its path without the ending («people/invited»)."""
        found = self.environment.get_template(f"{template}.html.j2")
        return found.render(view, reader=self.reader).strip()

    def say(self, msgid: str, /, **facts: object) -> str:
        """A label without markup: a button's words, an answer to a press."""
        return self.words.gettext(msgid) % facts if facts else self.words.gettext(msgid)


class Renderer:
    """The templates, once for each language; ``voice`` speaks to one reader."""

    def __init__(self, locales: Path = LOCALES, templates: Path = TEMPLATES) -> None:
        self._words = {language: translations(language, locales) for language in LANGUAGES}
        self._environments = {
            language: _environment(language, words, templates)
            for language, words in self._words.items()
        }

    def voice(self, language: str = DEFAULT, zone: str = "Europe/Moscow") -> Voice:
        known = language if language in self._words else DEFAULT
        return Voice(Reader(known, zone), self._environments[known], self._words[known])


def _environment(language: str, words: gettext.GNUTranslations, templates: Path) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(templates),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_translations(words, newstyle=True)  # type: ignore[attr-defined]
    left, right = _QUOTES[language]
    environment.filters |= {
        "day": day,
        "hour": hour,
        "marked": marked,
        "moment": moment,
        "weekday": weekday,
        "per_cent": _per_cent if language == "ru" else _per_cent_en,
        "quoted": lambda text: f"{left}{text}{right}",
    }
    return environment


@pass_context
def moment(context: Context, value: datetime) -> str:
    """«20.11 16:00» in the reader's zone."""
    return f"{_here(context, value):%d.%m %H:%M}"


@pass_context
def day(context: Context, value: date) -> str:
    """«20.11»; a moment's day is that of the reader's zone."""
    return f"{_here(context, value) if isinstance(value, datetime) else value:%d.%m}"


@pass_context
def hour(context: Context, value: datetime) -> str:
    """«16:00» in the reader's zone."""
    return f"{_here(context, value):%H:%M}"


@pass_context
def weekday(context: Context, value: date | int) -> str:
    """«пятница» of a date, a moment or a number (0 is Monday)."""
    reader: Reader = context["reader"]
    if isinstance(value, int):
        value = date(2024, 1, 1 + value)
    elif isinstance(value, datetime):
        value = _here(context, value)
    return format_date(value, "EEEE", locale=reader.language)


def _here(context: Context, value: datetime) -> datetime:
    """Moments of the program (UTC) go into the reader's zone; one of a school keeps its own."""
    if isinstance(value.tzinfo, ZoneInfo):
        return value
    reader: Reader = context["reader"]
    return value.astimezone(_zone(reader.zone))


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def _per_cent(value: float) -> str:
    return f"{tenths(value):.1f}".replace(".", ",") + f"{NBSP}%"


def _per_cent_en(value: float) -> str:
    return f"{tenths(value):.1f}%"
