"""What can be made to go wrong on the gateway, for tests of how a bot bears it."""

from dataclasses import dataclass, field

from bot.sandbox.model.records import Json


@dataclass
class GatewayFaults:
    """Switches that last until they are turned off.

    `refuse_connects`: new connections are answered 503. `silent`: nothing is sent any more, heartbeats
    are not acknowledged (a zombie). `duplicate`: each of the next n events arrives twice.
    `reorder`: the next n events arrive in reverse order, once they are all there.
    """

    refuse_connects: bool = False
    silent: bool = False
    duplicate: int = 0
    reorder: int = 0
    _held: list[Json] = field(default_factory=list)

    def pass_on(self, frame: Json) -> list[Json]:
        """The frames that really go out when `frame` should."""
        if self.silent:
            return []
        if frame["op"] != 0:
            return [frame]
        if self.duplicate:
            self.duplicate -= 1
            return [frame, frame]
        if self.reorder:
            self.reorder -= 1
            self._held.append(frame)
            if self.reorder:
                return []
            held, self._held = self._held, []
            return held[::-1]
        return [frame]
