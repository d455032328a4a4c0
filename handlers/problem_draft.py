"""The draft of a ticket as a conversation keeps it: plain values, one step after the other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from handlers.ports import Answer
from services.gaps import FindingId
from services.helpdesk.linked import Linked
from services.helpdesk.opening import Subject
from services.helpdesk.settings import OTHER
from services.helpdesk.tickets import (
    Attachment,
    Draft,
    FileKind,
    Origin,
    Place,
    Said,
    Source,
)
from services.ids import ChatId

Kept = Mapping[str, Any]
TOLD = ("rule", "title", "class_unit", "study_group", "subject", "date", "lesson", "pupil", "why")
"""Of a finding's line; a pupil is «5А №17» there."""


@dataclass(frozen=True, slots=True)
class Showing:
    """Where the next step is shown: as an answer to a message, or in place of the last step.

    ``warns`` of the names on a picture that has just come.
    """

    event: Message | CallbackQuery
    answer: Answer
    warns: bool = False

    async def show(self, template: str, *, keyboard: InlineKeyboardMarkup, **view: object) -> None:
        shown: dict[str, Any] = {"keyboard": keyboard, "warns": self.warns, **view}
        if isinstance(self.event, Message):
            await self.answer.reply(self.event, template, **shown)
        else:
            await self.answer.edit(self.event, template, **shown)


def about(finding: Linked) -> dict[str, Any]:
    """A draft that begins with a finding: its place and, likely, its category are known."""
    line = finding.line
    return {
        "finding": finding.id,
        "told": {name: getattr(line, name) for name in TOLD},
        "category": finding.category,
        "place": [finding.place.class_unit, finding.place.subject],
        "day": finding.place.day,
    }


def with_said(draft: Kept, said: Said) -> dict[str, Any]:
    """One more message: its words below the others, its file unless it is there already."""
    files = [*draft.get("files", [])]
    known = {file[2] for file in files}
    files += [
        [one.kind.value, one.file_id, one.unique_id, one.album]
        for one in said.files
        if one.unique_id not in known
    ]
    texts = [*draft.get("texts", [])]
    if said.text.strip() and said.source is not None:
        texts.append([said.source.message, said.text.strip()])
    source = draft.get("source") or (
        [said.source.chat, said.source.message] if said.source else None
    )
    return {**draft, "files": files, "texts": texts, "source": source}


def mended(draft: Kept, said: Said) -> dict[str, Any]:
    """The words of a message that was edited; one that is not in the draft changes nothing."""
    number = said.source.message if said.source else 0
    texts = [
        [message, said.text.strip() if message == number else text]
        for message, text in draft.get("texts", [])
    ]
    return {**draft, "texts": texts}


def at_place(draft: Kept, place: Subject | None) -> dict[str, Any]:
    names = [place.class_unit, place.subject] if place else []
    return {**draft, "place": names, "day": None}


def text_of(draft: Kept) -> str:
    return "\n".join(text for _, text in draft.get("texts", [])).strip()


def files_of(draft: Kept) -> int:
    return len(draft.get("files", []))


def place_of(draft: Kept) -> Place:
    names: Sequence[str] = draft.get("place") or ["", ""]
    return Place(class_unit=names[0], subject=names[1], day=draft.get("day"))


def same_album(before: Kept, after: Kept) -> bool:
    """Whether only a further part of an album came, without words; or one for the second time."""
    if text_of(before) != text_of(after):
        return False
    known = {file[3] for file in before.get("files", []) if file[3]}
    last = after["files"][-1] if after.get("files") else None
    return last is not None and last[3] in known


def first_picture(before: Kept, after: Kept) -> bool:
    pictures = {FileKind.PHOTO.value, FileKind.VIDEO.value, FileKind.DOCUMENT.value}
    had, has = (
        any(file[0] in pictures for file in draft.get("files", [])) for draft in (before, after)
    )
    return has and not had


def ticket_of(draft: Kept) -> Draft:
    """What is sent; a draft without a category is about something else."""
    source = draft.get("source")
    finding = draft.get("finding")
    return Draft(
        category=draft.get("category") or OTHER,
        said=Said(
            text=text_of(draft),
            files=tuple(
                Attachment(kind=FileKind(kind), file_id=file, unique_id=unique, album=album)
                for kind, file, unique, album in draft.get("files", [])
            ),
            source=Source(ChatId(source[0]), source[1]) if source else None,
        ),
        place=place_of(draft),
        origin=Origin.PROBLEM if finding is None else Origin.FINDING,
        finding=None if finding is None else FindingId(finding),
    )
