"""What should be, in the simplest words: a model of conversations, jobs and votes to hold the bot against.

It shares no code with the bot. A method returns False where the bot must refuse.
"""

from dataclasses import dataclass, field

VoteKey = tuple[int, int, int, str, str]  # turn, position, person, kind, emoji


@dataclass
class ATurn:
    """A turn and its job. `says` is what the worker will do with it: ok, break, die 1 to 3, or refuse."""

    id: int
    conversation: int
    author: int
    kind: str
    parent: int | None
    count: int
    says: str = "ok"
    follows: bool = False
    state: str = "queued"
    finished: bool = False
    deleted: bool = False
    picked: int | None = None
    base: int | None = None  # the one picture of the parent that it is made from, where that has several

    @property
    def live(self) -> bool:
        return self.finished and not self.deleted


@dataclass
class Expected:
    """Turns by id, head and tip by conversation, and votes that stand (True) or were taken back (False)."""

    turns: dict[int, ATurn] = field(default_factory=dict)
    head: dict[int, int | None] = field(default_factory=dict)
    tip: dict[int, int | None] = field(default_factory=dict)
    votes: dict[VoteKey, bool] = field(default_factory=dict)

    def of(self, conversation: int) -> list[ATurn]:
        return [turn for turn in self.turns.values() if turn.conversation == conversation]

    def may_follow(self, conversation: int) -> bool:
        """Whether words without a picture named have something to change, now or soon."""
        under_way = any(turn.state in ("queued", "posting") for turn in self.of(conversation))
        return under_way or self.head[conversation] is not None

    def may_reply(self, parent: ATurn) -> bool:
        """Whether a reply to a picture changes it or, where it was deleted, the one that is current."""
        return parent.live or (parent.deleted and self.head[parent.conversation] is not None)

    def add(self, turn: ATurn) -> None:
        self.turns[turn.id] = turn
        self.head.setdefault(turn.conversation, None)
        self.tip.setdefault(turn.conversation, None)

    def work(self) -> None:
        """Everything that waits is done, in the order of asking within a conversation."""
        for turn in sorted(self.turns.values(), key=lambda turn: turn.id):
            if turn.state == "queued":
                self._do(turn)

    def restart(self) -> None:
        """The next start posts what could not be posted, and does what waits, in the order of asking."""
        for turn in sorted(self.turns.values(), key=lambda turn: turn.id):
            if turn.state == "posting":
                self._posted(turn)
            elif turn.state == "queued":
                self._do(turn)

    def _do(self, turn: ATurn) -> None:
        if not self._settle(turn):
            turn.state = "failed"
            return
        if turn.parent is not None:
            parent = self.turns[turn.parent]
            turn.base = (parent.picked or 0) if turn.count < parent.count else None
        if turn.kind == "reroll":
            self._imply(turn)
        if turn.says in ("break", "die 3"):
            turn.state = "failed"
        elif turn.says == "refuse":
            turn.state = "posting"
        else:
            self._posted(turn)

    def _settle(self, turn: ATurn) -> bool:
        if turn.follows:
            turn.parent = self.head[turn.conversation]
        if turn.kind == "imagine":
            return True
        if turn.kind == "refine" and turn.parent is not None and self.turns[turn.parent].deleted:
            turn.parent = self.head[turn.conversation] or turn.parent  # as `may_reply`, when its turn comes
        if turn.parent is None or self.turns[turn.parent].deleted:
            return False
        if turn.kind == "refine":
            parent = self.turns[turn.parent]
            turn.count = parent.count if parent.picked is None else 1
        return True

    def _imply(self, turn: ATurn) -> None:
        """Asking for a reroll says something at once, going on from a picture when something was made."""
        if turn.parent is None or self.turns[turn.parent].deleted:
            return
        parent, kind = self.turns[turn.parent], "reroll" if turn.kind == "reroll" else "base"
        one = kind == "base" and turn.base is not None
        for position in [turn.base or 0] if one else range(parent.count):
            self.votes[parent.id, position, turn.author, kind, ""] = True

    def _posted(self, turn: ATurn) -> None:
        turn.state, turn.finished = "done", True
        if turn.kind != "reroll":
            self._imply(turn)
        tip = self.tip[turn.conversation]
        if tip is None or tip < turn.id:
            self.head[turn.conversation] = self.tip[turn.conversation] = turn.id

    def _above(self, turn_id: int | None) -> list[int]:
        """The turn and those it came from."""
        line = []
        while turn_id is not None:
            line.append(turn_id)
            turn_id = self.turns[turn_id].parent
        return line

    def undo(self, conversation: int, person: int) -> bool:
        head = self.head[conversation]
        back = [turn for turn in self._above(head)[1:] if self.turns[turn].live]
        if head is None or not back:
            return False
        self.head[conversation] = back[0]
        self._signal(head, person, "undo")
        return True

    def redo(self, conversation: int, person: int) -> bool:
        head, tip = self.head[conversation], self.tip[conversation]
        line = self._above(tip)
        ahead = [turn for turn in line[: line.index(head)] if self.turns[turn].live] if head in line else []
        if head is None or not ahead:
            return False
        self.head[conversation] = ahead[-1]
        for position in range(self.turns[ahead[-1]].count):
            key = (ahead[-1], position, person, "undo", "")
            if key in self.votes:
                self.votes[key] = False
        return True

    def branch(self, turn: ATurn) -> bool:
        if not turn.live:
            return False
        self.head[turn.conversation] = turn.id
        if turn.id not in self._above(self.tip[turn.conversation]):
            self.tip[turn.conversation] = turn.id
        return True

    def cancel(self, turn: ATurn, *, allowed: bool) -> bool:
        if turn.deleted or not allowed or turn.state != "queued":
            return False
        turn.state = "cancelled"
        return True

    def delete(self, turn: ATurn, *, allowed: bool) -> bool:
        if turn.deleted or not allowed or turn.state == "posting":
            return False
        if turn.state == "queued":
            turn.state = "cancelled"
        turn.deleted = True
        self.votes = {key: stands for key, stands in self.votes.items() if key[0] != turn.id}
        if self.head[turn.conversation] == turn.id:
            self._leave(turn)
        return True

    def _leave(self, turn: ATurn) -> None:
        above = [one for one in self._above(turn.id) if self.turns[one].live]
        if above:
            self.head[turn.conversation] = above[0]
            return
        latest = max((one.id for one in self.of(turn.conversation) if one.live), default=None)
        self.head[turn.conversation] = self.tip[turn.conversation] = latest

    def pick(self, turn: ATurn, person: int, position: int) -> bool:
        if not turn.live or position >= turn.count:
            return False
        for other in range(turn.count):
            key = (turn.id, other, person, "pick", "")
            if other != position and key in self.votes:
                self.votes[key] = False
        self.votes[turn.id, position, person, "pick", ""] = True
        turn.picked = position
        return True

    def react(self, turn: ATurn, person: int, emoji: str, *, on: bool) -> None:
        for position in range(turn.count if turn.live else 0):
            key = (turn.id, position, person, "reaction", emoji)
            if on or key in self.votes:
                self.votes[key] = on

    def _signal(self, turn_id: int, person: int, kind: str) -> None:
        for position in range(self.turns[turn_id].count):
            self.votes[turn_id, position, person, kind, ""] = True
