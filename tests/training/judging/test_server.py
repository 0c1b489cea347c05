"""The local page's server: what it tells, what it stores, and what it refuses."""

import io
import json
from collections.abc import AsyncIterator, Callable

import pytest
from aiohttp.test_utils import TestClient, TestServer
from PIL import Image

from training.errors import ResultsError
from training.judging.server import JudgingRoom, application


@pytest.fixture
def room(make_room: Callable[..., JudgingRoom]) -> JudgingRoom:
    return make_room(count=4, repeats=0.25)


@pytest.fixture
async def client(room: JudgingRoom) -> AsyncIterator[TestClient]:
    async with TestClient(TestServer(application(room))) as client:
        yield client


async def answered(client: TestClient, verdict: str = "left", judge: str = "ann") -> dict:
    state = await (await client.get("/state", params={"judge": judge})).json()
    body = {"judge": judge, "question": state["question"]["id"], "verdict": verdict, "seconds": 1.5}
    response = await client.post("/answer", json=body)
    assert response.status == 200
    return await response.json()


async def test_a_judge_answers_everything_and_the_report_opens(client: TestClient, room: JudgingRoom) -> None:
    assert (await client.get("/report")).status == 403
    for number in range(1, 6):
        state = await answered(client)
        assert (state["done"], state["total"]) == (number, 5)
    assert state["question"] is None
    report = await (await client.get("/report")).text()
    assert "diffchat" in report
    assert "5 answers of 1 judge," in report
    assert all(a.left != a.right and a.seconds == 1.5 for a in room.answers.all())


async def test_what_the_page_is_told_names_no_method(client: TestClient, room: JudgingRoom) -> None:
    text = await (await client.get("/state", params={"judge": "ann"})).text()
    state = json.loads(text)
    for method in ("sft", "ppo", "diffchat", "png"):
        assert method not in text
    data = await (await client.get(f"/picture/{state['question']['left']}")).read()
    image = Image.open(io.BytesIO(data))
    image.load()
    assert image.size == (64, 64)
    assert "edit" not in image.info
    assert len(state["ahead"]) == 2


async def test_undo_brings_the_same_question_back(client: TestClient, room: JudgingRoom) -> None:
    before = await (await client.get("/state", params={"judge": "ann"})).json()
    assert not before["undo"]
    await answered(client, "bad")
    after = await (await client.post("/undo", json={"judge": "ann"})).json()
    assert after == before
    assert room.answers.all() == []
    assert (await client.post("/undo", json={"judge": "ann"})).status == 200, "nothing to undo is no error"


async def test_judges_are_kept_apart(client: TestClient) -> None:
    await answered(client, judge="ann")
    other = await (await client.get("/state", params={"judge": " ben  b "})).json()
    assert other["done"] == 0


@pytest.mark.parametrize("change", [{"question": "nonsense"}, {"verdict": "nonsense"}, {"verdict": None}])
async def test_an_answer_that_fits_no_question_changes_nothing(
    client: TestClient, room: JudgingRoom, change: dict
) -> None:
    state = await (await client.get("/state", params={"judge": "ann"})).json()
    body = {"judge": "ann", "question": state["question"]["id"], "verdict": "left", "seconds": "x", **change}
    response = await client.post("/answer", json=body)
    assert response.status == 409
    assert (await response.json())["question"] == state["question"]
    assert room.answers.all() == []


@pytest.mark.parametrize("name", ["", "  ", "x" * 61, "a\u0000b", None])
async def test_a_name_that_is_none_is_refused(client: TestClient, name: str | None) -> None:
    body = {"judge": name, "question": "q", "verdict": "left"}
    assert (await client.post("/answer", json=body)).status == 400


async def test_other_sites_reach_nothing(client: TestClient, room: JudgingRoom) -> None:
    rebound = await client.get("/state", params={"judge": "ann"}, headers={"Host": "evil.example:80"})
    assert rebound.status == 403
    plain = await client.post(
        "/undo", data=json.dumps({"judge": "ann"}), headers={"Content-Type": "text/plain"}
    )
    assert plain.status == 415, "a form of another page may send text, never JSON"
    preflight = await client.options("/answer", headers={"Origin": "https://evil.example"})
    assert "Access-Control-Allow-Origin" not in preflight.headers
    page = await client.get("/")
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/picture/nonsense", 404),
        ("/picture/..%2f..%2fresults.json", 404),
        ("/page/../server.py", 404),
        ("/state", 400),
    ],
)  # fmt: skip
async def test_paths_that_are_none(client: TestClient, path: str, status: int) -> None:
    assert (await client.get(path)).status == status


@pytest.mark.parametrize("body", ["[1]", "{", "\xff"])
async def test_bodies_that_are_none(client: TestClient, body: str) -> None:
    response = await client.post(
        "/undo", data=body.encode("latin-1"), headers={"Content-Type": "application/json"}
    )
    assert response.status == 400


async def test_a_question_answered_twice_counts_once(client: TestClient, room: JudgingRoom) -> None:
    state = await (await client.get("/state", params={"judge": "ann"})).json()
    for verdict in ("left", "right"):
        body = {"judge": "ann", "question": state["question"]["id"], "verdict": verdict, "seconds": 1}
        await client.post("/answer", json=body)
    assert [a.verdict for a in room.answers.all()] == ["right"]


def test_a_verdict_outside_the_four_is_refused(room: JudgingRoom) -> None:
    with pytest.raises(ResultsError):
        room.answer("ann", room.questions("ann")[0].id, "maybe", 1.0)
