"""Files by chance: a report each, never a crash, never half an import (F39)."""

import asyncio
import json
import os
import resource
import sys
from asyncio.subprocess import PIPE
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from services.journal.imports import Imports
from services.journal.reading import SourceFile, read
from tests.bot.servers import ROOT
from tests.faults import fuzz
from tests.faults.odd_files import SAMPLES

Record = Callable[[str, object], None]
FILES = int(os.environ.get("FAULTS_FILES", "100000"))
SEEDS = (39, 2026)
"""One a process."""


def figures(found: dict[str, Any]) -> str:
    names = ("seed", "files", "read", "refused", "imported", "broken", "undone")
    told = ", ".join(f"{name} {found[name]}" for name in names)
    return f"{told}, crashes {len(found['crashes'])}, halves {len(found['halves'])}"


def whole(found: dict[str, Any]) -> bool:
    return not found["crashes"] and not found["halves"]


async def test_a_few_files_by_chance_give_a_report_and_no_half(record_property: Record) -> None:
    found = asdict(await fuzz.fuzz(3, 400, every=8))
    record_property("figures", figures(found))
    assert whole(found), (found["crashes"][:3], found["halves"][:3])
    assert min(found["read"], found["refused"], found["imported"], found["undone"]) > 2


async def test_an_undo_that_does_nothing_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """A negative control."""

    async def nothing(*_: object) -> None: ...

    monkeypatch.setattr(Imports, "undo", nothing)
    found = await fuzz.fuzz(3, 400, every=8)
    assert "an undone import shows" in found.halves


async def test_a_reader_that_breaks_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another one."""

    def broken(*_: object) -> None:
        raise IndexError

    monkeypatch.setattr(fuzz, "serve", broken)
    found = await fuzz.fuzz(3, 30)
    assert found.crashes
    assert "IndexError" in found.crashes[0]


GIANTS = {
    "a million rows": b"1;2\n" * 1_000_000,
    "millions of cells in one row": b";" * 19_000_000,
    "one endless word": b"a" * 19_000_000,
    "one endless quotation": b'"' * 19_000_000,
}


@pytest.mark.parametrize("giant", GIANTS)
async def test_a_giant_of_text_is_refused_without_filling_the_bot(giant: str) -> None:
    """All of it is read in the child; this process holds no more than the file itself."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    [found] = await read([SourceFile("Уроки.csv", GIANTS[giant])], zone="Europe/Moscow")
    assert found.batch is None
    assert found.failure is not None
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.xlsx")), ids=lambda path: path.stem)
def test_a_report_whose_archive_disagrees_with_itself_is_refused(sample: Path) -> None:
    """One of a hundred thousand: a name that is another one in the part's own header."""
    content = sample.read_bytes()
    at = content.index(b"xl/workbook.xml")
    found = fuzz.read_here(sample.name, content[: at + 3] + b"6" + content[at + 4 :])
    assert found.batch is None
    assert (found.failure or "").endswith(".")


@pytest.mark.long
async def test_a_hundred_thousand_files_by_chance_give_a_report_and_no_half(
    record_property: Record,
) -> None:
    share = -(-FILES // len(SEEDS))
    processes = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.faults.fuzz", f"{seed}", f"{share}", cwd=ROOT, stdout=PIPE
        )
        for seed in SEEDS
    ]
    outcomes = await asyncio.gather(*(process.communicate() for process in processes))
    for (out, _), process in zip(outcomes, processes, strict=True):
        assert process.returncode == 0
        found = json.loads(out)
        record_property("figures", figures(found))
        assert whole(found), (found["crashes"][:3], found["halves"][:3])
        assert found["files"] == share
