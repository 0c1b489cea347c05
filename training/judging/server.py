"""The local page where people judge: an aiohttp server that only this machine reaches.

A page of another site must neither read nor send anything: only loopback names are taken as Host (against DNS
rebinding), writing asks for a JSON body, which no other origin may send without a preflight, and none is
answered. Nothing that reaches the page tells a method: pictures have random names and lose their metadata.
"""

from __future__ import annotations

import asyncio
import io
import json
import logging
import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiohttp import web
from PIL import Image

from training.core.html import render
from training.errors import ResultsError
from training.judging.answers import VERDICTS, Answer, AnswerFile
from training.judging.comparisons import Question, order
from training.judging.markdown import strongest, trust
from training.judging.report import report

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from training.judging.comparisons import Material

log = logging.getLogger(__name__)

_PAGE = Path(__file__).parent / "page"
_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_LONGEST_NAME = 60
_POLICY = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class JudgingRoom:
    """The questions of every judge, and what they answered.

    `count` comparisons are asked of each, a share `repeats` of them twice.
    """

    def __init__(
        self, material: Material, answers: AnswerFile, *, count: int, repeats: float, seed: int
    ) -> None:
        self.material, self.answers = material, answers
        self._count, self._repeats, self._seed = count, repeats, seed
        self._questions: dict[str, list[Question]] = {}
        self._tokens: dict[str, Path] = {}
        self._names: dict[Path, str] = {}

    def questions(self, judge: str) -> list[Question]:
        """All questions of a judge, in their order."""
        if judge not in self._questions:
            self._questions[judge] = order(
                self.material.different,
                count=self._count,
                repeats=self._repeats,
                seed=self._seed,
                judge=judge,
            )
        return self._questions[judge]

    def state(self, judge: str) -> dict[str, Any]:
        """What the page shows a judge: how far they are, the next question and the one after it."""
        answered = {answer.question for answer in self.answers.of(judge)}
        questions = self.questions(judge)
        left = [question for question in questions if question.id not in answered]
        return {
            "done": len(questions) - len(left), "total": len(questions), "undo": bool(answered),
            "question": self._shown(left[0]) if left else None,
            "ahead": [self._token(path) for question in left[1:2] for path in question.shown],
        }  # fmt: skip

    def answer(self, judge: str, question_id: str, verdict: str, seconds: float) -> None:
        """Store an answer. Raises ResultsError for one that cannot be: the page then shows what is next."""
        found = [q for q in self.questions(judge) if q.id == question_id]
        if not found or verdict not in VERDICTS:
            raise ResultsError("This is not a question of yours any more.")
        question, methods = found[0], found[0].comparison.methods
        left, right = reversed(methods) if question.flipped else methods
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self.answers.add(
            Answer(
                judge, question.id, question.comparison.key, left, right,
                next(v for v in VERDICTS if v == verdict), question.repeat, round(seconds, 2), now,
            )
        )  # fmt: skip

    def undo(self, judge: str) -> None:
        """Take a judge's last answer back; nothing happens where there is none."""
        if given := self.answers.of(judge):
            last = given[-1]
            now = datetime.now(UTC).isoformat(timespec="seconds")
            self.answers.add(Answer(**{**vars(last), "at": now, "taken_back": True}))

    def finished(self) -> bool:
        """Whether some judge has answered everything, so that the report may be looked at."""
        judges = {answer.judge for answer in self.answers.all()}
        return any(len(self.answers.of(judge)) >= len(self.questions(judge)) for judge in judges)

    def picture(self, token: str) -> bytes | None:
        """A picture as PNG without metadata; None for a name that was never given out."""
        path = self._tokens.get(token)
        if path is None:
            return None
        with Image.open(path) as image:
            plain = Image.new("RGB", image.size)
            plain.paste(image.convert("RGB"))
        buffer = io.BytesIO()
        plain.save(buffer, "PNG")
        return buffer.getvalue()

    def _shown(self, question: Question) -> dict[str, str]:
        left, right = (self._token(path) for path in question.shown)
        words = question.comparison
        return {
            "id": question.id, "source": words.source, "instruction": words.instruction,
            "left": left, "right": right,
        }  # fmt: skip

    def _token(self, path: Path) -> str:
        """A random name, the same for a picture as long as this process lives."""
        if path not in self._names:
            token = secrets.token_urlsafe(12)
            self._names[path], self._tokens[token] = token, path
        return self._names[path]


def application(room: JudgingRoom) -> web.Application:
    """The page and its routes."""
    app, routes = web.Application(middlewares=[_guard], client_max_size=16 * 1024), _Routes(room)
    app.router.add_get("/", _index)
    app.router.add_get("/favicon.ico", _no_icon)
    app.router.add_static("/page", _PAGE)
    app.router.add_get("/state", routes.state)
    app.router.add_post("/answer", routes.answer)
    app.router.add_post("/undo", routes.undo)
    app.router.add_get("/picture/{token}", routes.picture)
    app.router.add_get("/report", routes.report)
    return app


class _Routes:
    """What the page asks, answered from one room."""

    def __init__(self, room: JudgingRoom) -> None:
        self._room = room

    async def state(self, request: web.Request) -> web.Response:
        return web.json_response(self._room.state(_judge(request.query.get("judge"))))

    async def answer(self, request: web.Request) -> web.Response:
        body = await _body(request)
        judge, seconds = _judge(body.get("judge")), body.get("seconds")
        taken = min(max(float(seconds), 0.0), 86_400.0) if isinstance(seconds, int | float) else 0.0
        try:
            self._room.answer(judge, str(body.get("question")), str(body.get("verdict")), taken)
        except ResultsError as error:
            return web.json_response({"error": str(error), **self._room.state(judge)}, status=409)
        return web.json_response(self._room.state(judge))

    async def undo(self, request: web.Request) -> web.Response:
        judge = _judge((await _body(request)).get("judge"))
        self._room.undo(judge)
        return web.json_response(self._room.state(judge))

    async def picture(self, request: web.Request) -> web.Response:
        data = await asyncio.to_thread(self._room.picture, request.match_info["token"])
        if data is None:
            raise web.HTTPNotFound
        # the names are random for each start, so a browser may keep what it has
        kept = {"Cache-Control": "private, max-age=3600"}
        return web.Response(body=data, content_type="image/png", headers=kept)

    async def report(self, _: web.Request) -> web.Response:
        if not self._room.finished():
            closed = "The report opens when somebody has answered everything: it names the methods."
            return web.Response(status=403, text=closed)
        text = await asyncio.to_thread(report_page, self._room.material, self._room.answers.all())
        # the report is one file that can be kept: its styles stand in it
        policy = {"Content-Security-Policy": f"{_POLICY}; style-src 'unsafe-inline'"}
        return web.Response(text=text, content_type="text/html", headers=policy)


def report_page(material: Material, answers: list[Answer]) -> str:
    """The report as a page of its own."""
    made = report(material, answers)
    return render(
        "judging.html.j2", report=made, strengths=strongest(made), trust=trust(made), answers=len(answers)
    )


async def serve(room: JudgingRoom, port: int, ready: Callable[[str], None]) -> None:
    """Serve until cancelled; `ready` is told the address. Port 0 takes a free one.

    Raises ResultsError when the port is taken.
    """
    runner = web.AppRunner(application(room), access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", port)
        try:
            await site.start()
        except OSError as error:
            raise ResultsError(
                f"Port {port} cannot be opened ({error.strerror}): choose another --port."
            ) from error
        ready(f"http://127.0.0.1:{runner.addresses[0][1]}/")
        await asyncio.Event().wait()
    finally:
        await runner.cleanup()


@web.middleware
async def _guard(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    if request.host.rpartition(":")[0] not in _LOOPBACK and request.host not in _LOOPBACK:
        raise web.HTTPForbidden(text="This page is for this machine alone: open it as http://127.0.0.1.")
    try:
        response = await handler(request)
    except web.HTTPException as error:
        error.headers.update(_HEADERS)
        raise
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    return response


async def _index(_: web.Request) -> web.FileResponse:
    return web.FileResponse(_PAGE / "index.html")


async def _no_icon(_: web.Request) -> web.Response:
    return web.Response(status=204)


async def _body(request: web.Request) -> dict[str, Any]:
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType(text="Send JSON.")
    try:
        body = await request.json()
    except (json.JSONDecodeError, UnicodeDecodeError):
        raise web.HTTPBadRequest(text="This is not JSON.") from None
    if not isinstance(body, dict):
        raise web.HTTPBadRequest(text="Send an object.")
    return body


def _judge(name: object) -> str:
    """A judge's name as it is kept: single spaces, not longer than a line."""
    folded = " ".join(name.split()) if isinstance(name, str) else ""
    if not folded or len(folded) > _LONGEST_NAME or not folded.isprintable():
        raise web.HTTPBadRequest(text=f"A judge's name has 1 to {_LONGEST_NAME} letters.")
    return folded
