"""Any sequence of what people do, with workers that die, posts that are refused and restarts in between.

Everything between Discord and the models is real; after every step it is held against `expected`.
"""

import asyncio
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Awaitable
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from bot.domain.conversation import Origin, TurnKind
from bot.domain.options import Options
from bot.errors import MayNotPost, MemberError
from bot.jobs.presenter import FinishedTurn, Posted
from bot.services.turn_results import Accepted
from bot.settings import LimitsSettings
from bot.store import engines
from bot.store.feedback import plain_emoji
from model.engine import EditRequest, EditResult
from model.errors import EditError, WorkerDied
from tests.bot.engines import SketchEngine
from tests.bot.house import ANN, BEN, CLEO, House, ListPresenter, open_house
from tests.conftest import Counted
from tests.faults.expected import ATurn, Expected

PEOPLE = st.sampled_from([ANN, BEN, CLEO])
SAYS = st.sampled_from(["ok", "ok", "ok", "break", "die 1", "die 2", "die 3", "refuse"])
EMOJI = st.sampled_from(["👍", "❤️", "👎"])
ANY = st.integers(0, 10**6)  # taken modulo the number of what is there
LIMITS = LimitsSettings(queued_per_user=100, queue_length=1000, running=2)


@dataclass
class ToldEngine(SketchEngine):
    """Breaks as the instruction says: "die 2 …" kills the worker twice, "die 3 …" whenever it is asked.

    Words that wait may be read before their job's turn comes, which is none of its attempts.
    """

    deaths: Counter[str] = field(default_factory=Counter)

    async def edit(self, request: EditRequest) -> EditResult:
        said = request.instruction
        if said.startswith("break"):
            raise EditError("nothing usable")
        if said.startswith("die 3") or (said.startswith("die") and self.deaths[said] < int(said.split()[1])):
            self.deaths[said] += 1
            raise WorkerDied("gone")
        return await super().edit(request)


@dataclass
class ToldPoster(ListPresenter):
    """Discord, which refuses a turn once where its instruction says so. It outlives the bot."""

    refused: set[int] = field(default_factory=set)

    async def post(self, finished: FinishedTurn) -> Posted:
        turn = finished.turn
        told = turn.kind is TurnKind.REFINE and turn.instruction.startswith("refuse")
        if told and turn.id not in self.refused:
            self.refused.add(turn.id)
            raise MayNotPost
        return await super().post(finished)


@pytest.fixture(autouse=True)
def quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody cuts the power here."""
    quick = tuple(one.replace("synchronous = FULL", "synchronous = OFF") for one in engines.PRAGMAS)
    monkeypatch.setattr("bot.store.engines.PRAGMAS", quick)
    monkeypatch.setattr("bot.store.picture_files.local.os.fsync", lambda _: None)


class AnySequence(RuleBasedStateMachine):
    """The rules are what people do; `work` and `restart` are what happens to them."""

    seen: ClassVar[Counter[str]] = Counter()

    @initialize()
    def open(self) -> None:
        self.runner = asyncio.Runner()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name)
        self.presenter, self.expected, self.said = ToldPoster(), Expected(), 0
        self.run(self.start(held=True))
        self.imagine(ANN, 1)
        self.work()

    async def start(self, *, held: bool) -> None:
        self.stack = AsyncExitStack()
        parts = {"engine": ToldEngine(), "presenter": self.presenter, "limits": LIMITS}
        opened = open_house(self.path, **parts, working=False, retry_delays=[3600])  # type: ignore[arg-type]
        self.house: House = await self.stack.enter_async_context(opened)
        self.house.queue.hold(on=held)
        await self.stack.enter_async_context(self.house.queue)

    def run(self, work: Awaitable[Any]) -> Any:
        return self.runner.run(work)  # type: ignore[arg-type]

    def does(self, work: Awaitable[Any]) -> Any:
        """The result, or None where the bot refuses in words."""
        try:
            return self.run(work)
        except MemberError:
            return None

    def some(self, number: int) -> ATurn:
        turns = self.expected.turns
        return turns[sorted(turns)[number % len(turns)]]

    def took(self, accepted: Accepted, count: int, says: str = "ok") -> None:
        turn = accepted.turn
        who = turn.id, turn.conversation_id, turn.author_id, turn.kind.value, turn.parent_turn_id
        self.expected.add(ATurn(*who, count, says, turn.follows_head))

    @rule(person=PEOPLE, count=st.integers(1, 3))
    def imagine(self, person: int, count: int) -> None:
        accepted = self.run(self.house.imagine(author=person, options=Options(count=count)))
        self.took(accepted, count)

    @rule(person=PEOPLE, number=ANY, says=SAYS, again=st.booleans())
    def refine_the_head(self, person: int, number: int, says: str, again: bool) -> None:
        conversation = self.some(number).conversation
        self.said += 1
        words, turns = f"{says} {self.said}", self.house.turns
        asked = [
            self.does(turns.refine(conversation, words, person, Origin.MESSAGE, request_id=self.said))
            for _ in range(1 + again)  # Discord may deliver a message twice
        ]
        assert (asked[0] is not None) == self.expected.may_follow(conversation)
        if asked[0] is not None:
            assert {one.turn.id for one in asked} == {asked[0].turn.id}
            self.took(asked[0], 1, says)

    @rule(person=PEOPLE, number=ANY, says=SAYS)
    def refine_an_older_one(self, person: int, number: int, says: str) -> None:
        parent = self.some(number)
        self.said += 1
        words = f"{says} {self.said}"
        accepted = self.does(self.house.refine(parent.conversation, words, person, parent.id))
        assert (accepted is not None) == self.expected.may_reply(parent)
        if accepted is not None:
            self.took(accepted, parent.count, says)

    @rule(person=PEOPLE, number=ANY)
    def reroll(self, person: int, number: int) -> None:
        old = self.some(number)
        accepted = self.does(self.house.derived.reroll(old.id, person))
        assert (accepted is not None) == old.live
        if accepted is not None:
            self.took(accepted, old.count)

    @rule(person=PEOPLE, number=ANY)
    def vary(self, person: int, number: int) -> None:
        old = self.some(number)
        accepted = self.does(self.house.derived.vary(old.id, person, 0.6))
        assert (accepted is not None) == old.live
        if accepted is not None:
            self.took(accepted, 1)

    @rule(person=PEOPLE, number=ANY)
    def undo(self, person: int, number: int) -> None:
        place = self.some(number).conversation
        moved = self.does(self.house.trees.undo(place, person))
        assert (moved is not None) == self.expected.undo(place, person)

    @rule(person=PEOPLE, number=ANY)
    def redo(self, person: int, number: int) -> None:
        place = self.some(number).conversation
        moved = self.does(self.house.trees.redo(place, person))
        assert (moved is not None) == self.expected.redo(place, person)

    @rule(number=ANY)
    def branch(self, number: int) -> None:
        turn = self.some(number)
        moved = self.does(self.house.trees.branch(turn.conversation, turn.id))
        assert (moved is not None) == self.expected.branch(turn)

    @rule(person=PEOPLE, number=ANY, position=st.integers(0, 3))
    def pick(self, person: int, number: int, position: int) -> None:
        turn = self.some(number)
        picked = self.does(self.house.trees.pick(turn.id, person, position))
        assert (picked is not None) == self.expected.pick(turn, person, position)

    @rule(person=PEOPLE, number=ANY, moderator=st.booleans())
    def delete(self, person: int, number: int, moderator: bool) -> None:
        turn = self.some(number)
        deleted = self.does(self.house.turns.delete_turn(turn.id, person, moderator))
        assert (deleted is not None) == self.expected.delete(turn, allowed=moderator or person == turn.author)

    @rule(person=PEOPLE, number=ANY)
    def cancel(self, person: int, number: int) -> None:
        turn = self.some(number)
        cancelled = self.does(self.house.turns.cancel(turn.id, person))
        assert (cancelled is not None) == self.expected.cancel(turn, allowed=person == turn.author)

    @rule(person=PEOPLE, number=ANY, emoji=EMOJI, on=st.booleans())
    def react(self, person: int, number: int, emoji: str, on: bool) -> None:
        turn = self.some(number)
        message = self.run(self.house.conversations.turn(turn.id)).message_id or 424242
        feedback = self.house.feedback
        self.run(feedback.vote(message, person, emoji, 1) if on else feedback.retract(message, person, emoji))
        self.expected.react(turn, person, plain_emoji(emoji), on=on)

    @rule()
    def work(self) -> None:
        self.run(self._work())
        self.expected.work()

    async def _work(self) -> None:
        self.house.queue.hold(on=False)
        await self.house.queue.idle()
        self.house.queue.hold(on=True)

    @rule()
    def restart(self) -> None:
        self.seen["restarts"] += 1
        self.run(self.stack.aclose())
        self.run(self.start(held=False))
        self.run(self._work())
        self.expected.restart()

    @invariant()
    def everything_is_as_expected(self) -> None:
        if not hasattr(self, "house"):
            return
        with closing(sqlite3.connect(self.path / "diffchat.sqlite")) as there:
            self._trees(there)
            self._jobs(there)
            self._votes(there)
            self._files(there)

    def _trees(self, there: sqlite3.Connection) -> None:
        found = there.execute("SELECT id, head_turn_id, tip_turn_id FROM conversations").fetchall()
        assert {row[0]: row[1] for row in found} == self.expected.head
        assert {row[0]: row[2] for row in found} == self.expected.tip
        for place, head in self.expected.head.items():
            assert head is None or self.expected.turns[head].live
            assert head is None or head in self.expected._above(self.expected.tip[place])
        turns = there.execute("SELECT id, parent_turn_id, finished_at, deleted_at FROM turns")
        for turn_id, parent, finished, deleted in turns:
            turn = self.expected.turns[turn_id]
            assert (finished is not None, deleted is not None) == (turn.finished, turn.deleted)
            assert not turn.finished or parent == turn.parent

    def _jobs(self, there: sqlite3.Connection) -> None:
        states = dict(there.execute("SELECT turn_id, state FROM jobs"))
        assert states == {turn.id: turn.state for turn in self.expected.turns.values()}
        posted = Counter(turn for turn, _ in {(post.turn.id, post.nonce) for post in self.presenter.posts})
        assert posted == Counter(turn.id for turn in self.expected.turns.values() if turn.finished)

    def _votes(self, there: sqlite3.Connection) -> None:
        votes = there.execute(
            "SELECT turn_id, position, user_id, votes.kind, emoji, retracted_at, is_self, author_id "
            "FROM votes JOIN images ON images.id = image_id JOIN turns ON turns.id = turn_id"
        ).fetchall()
        assert {row[:5]: row[5] is None for row in votes} == self.expected.votes
        assert len(votes) == len(self.expected.votes)
        assert all(bool(is_self) == (person == author) for _, _, person, *_, is_self, author in votes)

    def _files(self, there: sqlite3.Connection) -> None:
        rows = {row[0] for row in there.execute("SELECT path FROM images")}
        files = {path.relative_to(self.path / "pictures").as_posix() for path in self.path.rglob("*.png")}
        assert files == rows

    def teardown(self) -> None:
        if hasattr(self, "house"):
            expected = self.expected
            self.seen.update(sequences=1, turns=len(expected.turns), votes=len(expected.votes))
            self.run(self.stack.aclose())
            self.runner.close()
            self.folder.cleanup()


USUAL = settings(
    max_examples=12,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
MANY = settings(USUAL, max_examples=150, stateful_step_count=50, derandomize=False)


@pytest.mark.parametrize("effort", [USUAL, pytest.param(MANY, marks=pytest.mark.slow)], ids=["usual", "many"])
def test_any_sequence_of_actions(effort: settings, counted: Counted) -> None:
    AnySequence.seen.clear()
    run_state_machine_as_test(AnySequence, settings=effort)
    seen = AnySequence.seen
    assert all(seen[what] for what in ("sequences", "turns", "votes", "restarts"))
    counted("any sequence of actions", **seen)
