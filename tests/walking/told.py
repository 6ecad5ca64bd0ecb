"""Says at the end of a test run how much was walked through, and how much was thrown."""

from __future__ import annotations

from collections import Counter

import pytest

WALKED, THROWN = "steps walked", "inputs thrown"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print one line of each: tests leave their counts with their reports, from every process."""
    counts: Counter[str] = Counter()
    for report in (each for reports in terminalreporter.stats.values() for each in reports):
        for name, value in getattr(report, "user_properties", ()):
            if name in (WALKED, THROWN) and report.when == "call":
                counts[name] += value
    if counts[WALKED]:
        terminalreporter.write_line(
            f"Who may: {counts[WALKED]:,} cases of address × method × role × scope were tried."
        )
    if counts[THROWN]:
        terminalreporter.write_line(f"Fuzz: {counts[THROWN]:,} hostile inputs were thrown.")
