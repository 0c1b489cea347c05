"""The log: ids travel with the work, and each line is one for people or one JSON object."""

import asyncio
import json
import logging

from bot.telemetry.logs import JsonFormatter, TextFormatter, bound


def record(message: str, *arguments: object) -> logging.LogRecord:
    return logging.LogRecord("bot.jobs.queue", logging.INFO, __file__, 1, message, arguments, None)


def test_text_ends_with_the_ids() -> None:
    with bound(job=5, turn=7):
        assert (
            TextFormatter()
            .format(record("Posted %s", "it"))
            .endswith("bot.jobs.queue: Posted it job=5 turn=7")
        )
    assert TextFormatter().format(record("Posted")).endswith("bot.jobs.queue: Posted")


def test_json_is_one_object_a_line() -> None:
    with bound(job=5, turn=7, conversation=9):
        line = JsonFormatter().format(record("two\nlines"))
    assert "\n" not in line
    fields = json.loads(line)
    assert fields.pop("time").endswith("+00:00")
    assert fields == {
        "level": "INFO",
        "logger": "bot.jobs.queue",
        "message": "two\nlines",
        "job": 5,
        "turn": 7,
        "conversation": 9,
    }


def test_a_traceback_goes_into_the_object() -> None:
    try:
        raise ValueError("seven")
    except ValueError as error:
        entry = record("failed")
        entry.exc_info = (ValueError, error, error.__traceback__)
    assert "ValueError: seven" in json.loads(JsonFormatter().format(entry))["error"]


async def test_tasks_begun_inside_carry_the_ids_and_others_do_not() -> None:
    async def line() -> str:
        await asyncio.sleep(0)
        return JsonFormatter().format(record("hello"))

    outside = asyncio.create_task(line())
    with bound(job=1):
        inside = asyncio.create_task(line())
    assert "job" in json.loads(await inside)
    assert "job" not in json.loads(await outside)
