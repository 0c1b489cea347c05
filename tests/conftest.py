"""What fault tests count is printed at the end of a run, also of one that is spread over processes."""

from collections.abc import Callable

import pytest

Counted = Callable[..., None]
_PROPERTY = "counted"


@pytest.fixture(autouse=True)
def numbers_from_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """A new database numbers from 1, so that tests can name a turn; elsewhere it begins at random."""
    monkeypatch.setattr("bot.store.numbering.gap", lambda: 0)


@pytest.fixture
def counted(record_property: Callable[[str, object], None]) -> Counted:
    """`counted("worker killed", jobs=3, done=3)` puts that line among the figures of the run."""

    def note(what: str, **figures: object) -> None:
        record_property(
            _PROPERTY, f"{what}: " + ", ".join(f"{n} {k.replace('_', ' ')}" for k, n in figures.items())
        )

    return note


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what was counted."""
    reports = terminalreporter.getreports("passed") + terminalreporter.getreports("failed")
    lines = [str(value) for report in reports for key, value in report.user_properties if key == _PROPERTY]
    if lines:
        terminalreporter.section("what was broken on purpose, and what came of it")
        for line in lines:
            terminalreporter.write_line(line)
