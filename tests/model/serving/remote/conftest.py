"""What tests of servers elsewhere share."""

import pytest


@pytest.fixture
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Servers are asked again at once, and rest hardly at all."""
    monkeypatch.setattr("model.serving.remote.pool.FIRST_DELAY", 0.01)
    monkeypatch.setattr("model.serving.remote.server._FIRST_REST", 0.01)
