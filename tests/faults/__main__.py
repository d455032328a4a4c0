"""Prove every row of the table, the long ones too, and print it: ``python -m tests.faults``.

Words name rows (``F1 F30``); ``--short`` leaves the long tests out. Exit 1 when a promise fails.
"""

import sys
from collections import defaultdict
from dataclasses import dataclass, field

import pytest

from tests.faults.table import ROWS, Row


@dataclass(eq=False)
class Ledger:
    """What became of each test, and the figures it told of."""

    outcomes: dict[str, str] = field(default_factory=dict)
    figures: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" or report.outcome != "passed":
            self.outcomes[report.nodeid] = report.outcome
            told = [f"{figure}" for name, figure in report.user_properties if name == "figures"]
            self.figures[report.nodeid] += told

    def of(self, row: Row) -> dict[str, str]:
        return {
            name: outcome
            for name, outcome in self.outcomes.items()
            if any(name.startswith(test) for test in row.tests)
        }

    def line(self, row: Row) -> tuple[bool, str]:
        """Whether the promise holds as far as it can be told here, and the line that tells it."""
        found = self.of(row)
        bad = sum(outcome == "failed" for outcome in found.values())
        passed = sum(outcome == "passed" for outcome in found.values())
        unproved = [test for test in row.tests if not any(name.startswith(test) for name in found)]
        holds = not bad and (passed > 0 or not row.tests)
        word = ("holds" if holds else "FAILS") if row.tests else "-"
        more = [figure for name in found for figure in self.figures[name]]
        more += [f"not run: {test}" for test in unproved] + ([row.left] if row.left else [])
        return holds, f"{row.code:4} {word:6} {passed:4} tests  {row.fault}; {'; '.join(more)}"


def main(words: list[str]) -> int:
    wanted = [row for row in ROWS if not set(words) - {"--short"} or row.code in words]
    files = sorted({test.partition("::")[0] for row in wanted for test in row.tests})
    ledger = Ledger()
    marks = "not long" if "--short" in words else "long or not long"
    names = " or ".join({test.partition("::")[2] for row in wanted for test in row.tests} - {""})
    whole = any("::" not in test for row in wanted for test in row.tests)
    chosen = [] if whole else ["-k", names]
    pytest.main(["-q", "-p", "no:cacheprovider", "-m", marks, *chosen, *files], [ledger])
    lines = [ledger.line(row) for row in wanted]
    sys.stdout.write("\n".join(["", *(line for _, line in lines), ""]))
    return 0 if all(holds for holds, _ in lines) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
