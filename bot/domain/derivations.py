"""What is asked of a finished turn beside an edit: its words once more, painted in another way. Pure.

All but the last are children of the turn they are asked of, so that Undo leads back to it.
"""

from dataclasses import replace

from bot.domain.conversation import KEEP_WHEN_REFINED, NewTurn, Origin, Parameters, Turn, TurnKind, inherited


def another_seed(old: Turn, author_id: int, seed: int, request_id: int | None, origin: Origin) -> NewTurn:
    """The same words and settings, painted from another seed."""
    return _again(
        old, TurnKind.REROLL, author_id, request_id, replace(old.parameters, seed=seed, picked=None), origin
    )


def varied(old: Turn, author_id: int, seed: int, request_id: int | None, *, keep: float) -> NewTurn:
    """The same words from another seed, painted over the turn's own picture, the picked or first one."""
    kept = inherited(old.parameters)
    return _again(
        old, TurnKind.VARY, author_id, request_id, replace(kept, seed=seed, count=1, keep=keep, scale=1)
    )


def enlarged(old: Turn, author_id: int, request_id: int | None, *, keep: float, scale: int) -> NewTurn:
    """The same words and seed painted over the turn's own picture, `scale` times as wide and high."""
    kept = inherited(old.parameters)
    return _again(
        old, TurnKind.UPSCALE, author_id, request_id, replace(kept, count=1, keep=keep, scale=scale)
    )


def recomposed(old: Turn, author_id: int, request_id: int | None) -> NewTurn:
    """The edit of a refinement, with its words and seed, painted over the picture that it changes."""
    kept = replace(inherited(old.parameters), count=1, keep=KEEP_WHEN_REFINED, base=old.parameters.base)
    return _again(old, TurnKind.RECOMPOSE, author_id, request_id, kept)


def _again(
    old: Turn,
    kind: TurnKind,
    author_id: int,
    request_id: int | None,
    parameters: Parameters,
    origin: Origin = Origin.BUTTON,
) -> NewTurn:
    return NewTurn(
        kind,
        origin,
        author_id,
        instruction=old.instruction,
        source_prompt=old.source_prompt,
        target_prompt=old.target_prompt,
        parameters=parameters,
        parent_turn_id=old.id,
        request_id=request_id,
    )


def shown_elsewhere(old: Turn, author_id: int, request_id: int | None) -> NewTurn:
    """The first turn of another conversation: the same pictures again, or the picked one alone."""
    picked = old.parameters.picked
    pictures = old.images if picked is None else old.images[picked : picked + 1]
    prompt = old.target_prompt or old.source_prompt
    return NewTurn(
        TurnKind.IMAGINE,
        Origin.BUTTON,
        author_id,
        instruction="",
        source_prompt=prompt,
        target_prompt=prompt,
        parameters=replace(
            old.parameters, seed=pictures[0].seed, count=len(pictures), picked=None, exact=True
        ),
        request_id=request_id,
        pictures=pictures,
        painter_model=old.painter_model,
    )
