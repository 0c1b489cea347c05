"""`python -m training judge` as a command."""

import asyncio
import json
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from aiohttp import ClientSession

from training.__main__ import main

Make = Callable[..., Path]
ROOT = Path(__file__).parents[3]


def test_a_report_without_answers_says_what_to_do(
    make_results: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["judge", str(make_results()), "--output", str(tmp_path / "j"), "--report"]) == 0
    assert "No answers yet" in capsys.readouterr().out


@pytest.mark.parametrize("wrong", [["--count", "0"], ["--repeats", "2"]])
def test_settings_out_of_range_are_refused(make_results: Make, tmp_path: Path, wrong: list[str]) -> None:
    assert main(["judge", str(make_results()), "--output", str(tmp_path / "j"), *wrong]) == 2


async def test_it_serves_until_ctrl_c_and_then_reports(make_results: Make, tmp_path: Path) -> None:
    output = tmp_path / "judging"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "training", "judge", str(make_results()), "--output", str(output),
        stdout=asyncio.subprocess.PIPE, cwd=ROOT,
        # a shell starts what it puts into the background with Ctrl-C ignored, and children inherit that
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    assert process.stdout is not None
    await process.stdout.readline()
    address = (await process.stdout.readline()).decode().split()[2]
    async with ClientSession() as http:
        async with http.get(f"{address}state", params={"judge": "ann"}) as response:
            question = (await response.json())["question"]["id"]
        body = {"judge": "ann", "question": question, "verdict": "tie", "seconds": 1}
        async with http.post(f"{address}answer", json=body) as response:
            assert response.status == 200
    process.send_signal(signal.SIGINT)
    out, _ = await process.communicate()
    assert process.returncode == 0
    assert b"written: " in out
    report = json.loads((output / "report.json").read_text())
    assert report["judges"][0]["answers"] == 1
    assert "Bradley" in (output / "report.html").read_text()
