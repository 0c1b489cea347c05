"""How a turn's pictures come to be, chosen once its prompt is written."""

from bot.aio.retry import StoreRetry
from bot.domain.conversation import Turn, TurnKind
from bot.domain.ways import Reply, Wanted, chosen, way_again
from bot.jobs.resources import Stores, WorkSettings
from model.engine import Capabilities, Engine, Way


class WayChooser:
    """Chooses by `bot.domain.ways`, with what the engine can do and what the turn's author prefers."""

    def __init__(self, engine: Engine, stores: Stores, settings: WorkSettings) -> None:
        self._engine = engine
        self._preferences = stores.preferences
        self._wanted = settings.way

    async def choose(self, turn: Turn, parent: Turn | None, target: str, retrying: StoreRetry) -> Way:
        """The way of a turn whose prompt is to be `target`.

        One that was settled when the turn was asked for stays, as far as the engine has it.
        """
        able = self._engine.info.paints(turn.parameters.model).capabilities
        painted: Way = "keep" if turn.parameters.keep else "repaint"
        if turn.way in ("edit", "region") and _has(able, turn.way):
            return turn.way
        if turn.kind is TurnKind.REROLL and parent is not None:
            again = way_again(parent, able)
            return again if again in ("edit", "region") else painted
        if turn.kind is not TurnKind.REFINE:
            return painted
        reply = Reply(
            turn.source_prompt, turn.instruction, target, turn.parameters, pictures=turn.parameters.count
        )
        return chosen(reply, able, await self._wanted_by(turn, retrying))

    async def _wanted_by(self, turn: Turn, retrying: StoreRetry) -> Wanted:
        preferred = await retrying(lambda: self._preferences.of(turn.author_id))
        return preferred.way or self._wanted


def _has(able: Capabilities, way: Way) -> bool:
    return able.edit if way == "edit" else able.region
