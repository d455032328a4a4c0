"""Figures of the fault tests are shown at the end of a run."""

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            for name, figure in report.user_properties:
                if name == "figures":
                    terminalreporter.write_line(f"{report.nodeid}: {figure}")
