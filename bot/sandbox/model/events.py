"""What happens in the local Discord, told to whoever listens: gateway sessions and open pages."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.model.permissions import can_view
from bot.sandbox.model.records import Json
from bot.sandbox.model.world import World


@dataclass(frozen=True)
class Event:
    """One dispatch. `render` gives its payload as a given user sees it.

    Who gets it: exactly `audience` when that is given, else whoever sees the channel, else the guild's
    members. `personal` marks what concerns direct messages and ephemeral ones.
    """

    name: str
    render: Callable[[int], Json]
    guild_id: int | None = None
    channel_id: int | None = None
    audience: frozenset[int] | None = None
    personal: bool = False


class EventBus:
    """Hands every published event to every listener, in order, at once."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._listeners: list[Callable[[Event], None]] = []

    def subscribe(self, listener: Callable[[Event], None]) -> Callable[[], None]:
        """Add a listener; the result ends the subscription."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def publish(self, event: Event) -> None:
        """Hand the event to every listener before returning."""
        for listener in list(self._listeners):
            listener(event)

    def concerns(self, event: Event, user_id: int) -> bool:
        """Whether `user_id` is one of those an event is for."""
        if event.audience is not None:
            return user_id in event.audience
        channel = self._world.channels.get(event.channel_id or 0)
        if channel is not None:
            return can_view(self._world, channel, user_id)
        guild = self._world.guilds.get(event.guild_id or 0)
        return guild is not None and user_id in guild.members
