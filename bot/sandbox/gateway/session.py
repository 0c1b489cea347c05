"""One gateway session of a bot: what it asked for, what it was sent, what it can be sent again."""

import secrets
import time
from collections import deque
from collections.abc import Callable

from bot.sandbox.model.events import Event
from bot.sandbox.model.intents import Intent, wants
from bot.sandbox.model.records import Json
from bot.sandbox.payloads.messages import without_content
from bot.sandbox.rules.hub import Hub

REPLAY_LENGTH = 5000
Send = Callable[[Json], None]


class Session:
    """Numbers and remembers dispatches, so that a connection that was lost can go on where it ended.

    `send` is None while no connection is attached; events are then only remembered.
    """

    def __init__(self, hub: Hub, intents: int, shard: tuple[int, int]) -> None:
        self.id = secrets.token_hex(16)
        self.intents = intents
        self.shard = shard
        self.seq = 0
        self.send: Send | None = None
        self.lost_at: float | None = None
        self._hub = hub
        self._sent: deque[Json] = deque(maxlen=REPLAY_LENGTH)

    def dispatch(self, name: str, payload: Json) -> None:
        """Send an event under the next sequence number, and remember it."""
        self.seq += 1
        frame: Json = {"op": 0, "t": name, "s": self.seq, "d": payload}
        self._sent.append(frame)
        if self.send is not None:
            self.send(frame)

    def hear(self, event: Event) -> None:
        """Dispatch `event` when it is meant for this bot, its shard and its intents."""
        bot_id = self._hub.world.bot.id
        if not self.serves(event.guild_id) or not self._hub.events.concerns(event, bot_id):
            return
        payload = event.render(bot_id)
        if not wants(self.intents, event, payload, bot_id):
            return
        hides = event.name in ("MESSAGE_CREATE", "MESSAGE_UPDATE")
        if hides and not self.intents & Intent.MESSAGE_CONTENT:
            payload = without_content(payload, bot_id)
        self.dispatch(event.name, payload)

    def missed(self, seq: int) -> list[Json] | None:
        """What was dispatched after `seq`, in order; None when that is no longer known."""
        if self._sent and self._sent[0]["s"] > seq + 1:
            return None
        return [frame for frame in self._sent if frame["s"] > seq]

    def again(self, count: int) -> list[Json]:
        """The last `count` frames sent, for those who want to repeat them."""
        return list(self._sent)[-count:]

    def is_stale(self) -> bool:
        """Whether the connection was lost too long ago to be resumed."""
        lost = self.lost_at
        return lost is not None and time.monotonic() - lost > self._hub.settings.resume_seconds

    def serves(self, guild_id: int | None) -> bool:
        """A guild belongs to one shard; everything without a guild goes to shard 0."""
        number, count = self.shard
        return ((guild_id or 0) >> 22) % count == number
