"""Stories of other files, with the bot on PostgreSQL; what is seen and kept is the same."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.engines import SketchEngine
from tests.e2e.discordworld import World, open_world
from tests.e2e.test_controls import (
    test_a_deleted_picture_can_be_brought_back_for_a_minute,
    test_a_job_is_resumed_after_a_restart_and_its_line_goes_on,
    test_a_picture_posted_just_before_a_crash_is_not_posted_again,
    test_an_event_delivered_twice_makes_one_turn,
    test_what_waits_can_be_cancelled_too,
)
from tests.e2e.test_edit_tree import (
    test_a_branch_goes_on_from_an_older_picture,
    test_a_new_thread_begins_with_the_same_picture,
    test_undo_and_redo_by_button_and_by_command,
)
from tests.e2e.test_privacy import (
    test_a_copy_comes_by_private_message,
    test_a_deletion_asks_again_and_then_takes_the_messages_too,
    test_training_use_is_decided_by_a_button,
)
from tests.e2e.test_settings import test_defaults_are_taken_by_imagine
from tests.postgres import Server

__all__ = [
    "test_a_branch_goes_on_from_an_older_picture",
    "test_a_copy_comes_by_private_message",
    "test_a_deleted_picture_can_be_brought_back_for_a_minute",
    "test_a_deletion_asks_again_and_then_takes_the_messages_too",
    "test_a_job_is_resumed_after_a_restart_and_its_line_goes_on",
    "test_a_new_thread_begins_with_the_same_picture",
    "test_a_picture_posted_just_before_a_crash_is_not_posted_again",
    "test_an_event_delivered_twice_makes_one_turn",
    "test_defaults_are_taken_by_imagine",
    "test_training_use_is_decided_by_a_button",
    "test_undo_and_redo_by_button_and_by_command",
    "test_what_waits_can_be_cancelled_too",
]


@pytest.fixture
async def world(tmp_path: Path, engine: SketchEngine, postgres: Server) -> AsyncIterator[World]:
    url = postgres.fresh()
    store = {"store": {"data_dir": tmp_path / "data", "url": url}}
    async with open_world(tmp_path, engine, store, postgres, rate_limits=False) as opened:
        await opened.start_bot()
        yield opened
    assert not list((tmp_path / "data").glob("*.sqlite*"))
    postgres.drop(url)
