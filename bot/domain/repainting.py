"""A message that asks for the same words painted anew, as a turn of the kind that the button makes."""

from bot.domain.conversation import NewTurn, Turn, TurnKind
from bot.domain.derivations import (
    KEEP_WHEN_ENLARGED,
    KEEP_WHEN_REMIXED,
    KEEP_WHEN_VARIED,
    LARGER,
    another_seed,
    enlarged,
    recomposed,
    varied,
)
from bot.domain.said_commands import Asked
from bot.errors import NothingChanges


def repainted(asked: Asked, turn: Turn, of: Turn, seed: int) -> NewTurn:
    """What `turn`, which asked for it, becomes: the picture `of` again, with `seed` where the kind takes one.

    Raises `NothingChanges` where the composition is to be kept of a picture that no edit made, and ValueError
    for what paints nothing.
    """
    who, request_id = turn.author_id, turn.request_id
    match asked:
        case Asked.AGAIN:
            return another_seed(of, who, seed, request_id, turn.origin)
        case Asked.VARY:
            return varied(of, who, seed, request_id, keep=KEEP_WHEN_VARIED)
        case Asked.REMIX:
            return varied(of, who, seed, request_id, keep=KEEP_WHEN_REMIXED)
        case Asked.UPSCALE:
            return enlarged(of, who, request_id, keep=KEEP_WHEN_ENLARGED, scale=LARGER)
        case Asked.RECOMPOSE if of.kind is TurnKind.REFINE:
            return recomposed(of, who, request_id)
        case Asked.RECOMPOSE:
            raise NothingChanges
        case _:
            raise ValueError(f"{asked} paints nothing")
