"""Conversations, one file a topic; ``routers()`` puts them in order."""

from aiogram import Router

from handlers import (
    binding,
    consultation,
    digests,
    errors,
    figures,
    gaps,
    health,
    help,  # noqa: A004  # named after its command
    imports,
    language,
    members,
    outside,
    people,
    pin,
    questions,
    settings,
    start,
    typed,
)


def routers() -> list[Router]:
    """Fresh routers: what does not count first, what nobody else takes last."""
    return [
        outside.router(),
        typed.router(),
        start.router(),
        help.router(),
        people.router(),
        members.router(),
        binding.router(),
        imports.router(),
        settings.router(),
        figures.router(),
        digests.router(),
        gaps.router(),
        health.router(),
        consultation.router(),
        language.router(),
        pin.router(),
        errors.router(),
        questions.router(),
    ]
