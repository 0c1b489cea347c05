"""What is asked of a finished turn beside an edit: its words once more, painted in another way. Pure.

What follows the words once more is a child of the turn it is asked of, so that Undo leads back to it; a
second reading and a replay are beside it, and what is shown elsewhere begins a conversation.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.brought_picture import CarriedSettings, fitted
from bot.domain.conversation import KEEP_WHEN_REFINED, NewTurn, Origin, Parameters, Turn, TurnKind, inherited
from bot.domain.options import ANY, Bounds, scheduler_named
from model.engine import Way
from model.pictures.ways import LARGEST_SIDE

KEEP_WHEN_VARIED, KEEP_WHEN_REMIXED, KEEP_WHEN_ENLARGED = 0.6, 0.25, 0.95
"""How much of a picture stays when it is painted over with its own words."""
LARGER, MUCH_LARGER = 2, 4
"""How many times as wide and high an enlarged picture is; the second one takes an upscaler."""


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


def times_larger(used: Parameters, upscale: int) -> int:
    """How many times larger a picture can be made at once: `MUCH_LARGER`, `LARGER`, or 1 for not at all.

    `upscale` is the engine's (`Capabilities`). An upscaler enlarges the picture as it is, also one that is
    enlarged already; without one it is painted over, always from its own size.
    """
    side = max(used.width, used.height) * (used.scale if upscale else 1)
    possible = (LARGER, MUCH_LARGER) if upscale >= MUCH_LARGER else (LARGER,)
    return max((times for times in possible if side * times <= LARGEST_SIDE), default=1)


def recomposed(old: Turn, author_id: int, request_id: int | None) -> NewTurn:
    """The edit of a refinement, with its words and seed, painted over the picture that it changes."""
    kept = replace(inherited(old.parameters), count=1, keep=KEEP_WHEN_REFINED, base=old.parameters.base)
    return _again(old, TurnKind.RECOMPOSE, author_id, request_id, kept)


def in_other_way(old: Turn, author_id: int, request_id: int | None, way: Way) -> NewTurn:
    """The instruction of a turn, its words and seed, followed in another way from the same picture.

    Painted anew nothing is kept of any picture; the turn's own numbers stay otherwise.
    """
    kept = replace(inherited(old.parameters), keep=0.0, base=old.parameters.base)
    count = 1 if way == "edit" else kept.count
    again = _again(old, TurnKind.OTHER_WAY, author_id, request_id, replace(kept, count=count))
    return replace(again, way=way)


def read_otherwise(old: Turn, author_id: int, request_id: int | None) -> NewTurn:
    """The words of a refinement in their second reading, with its numbers: another child of its parent.

    So Undo leads to the picture before both. Its way is chosen anew, as it changes something else.
    """
    return NewTurn(
        TurnKind.REFINE,
        Origin.BUTTON,
        author_id,
        instruction=old.instruction,
        source_prompt=old.source_prompt,
        target_prompt=old.second_prompt,
        parameters=replace(old.parameters, picked=None),
        parent_turn_id=old.parent_turn_id,
        request_id=request_id,
        llm_model=old.llm_model,
        prompt_version=old.prompt_version,
    )


def replayed(edits: Sequence[Turn], author_id: int, request_id: int | None) -> NewTurn:
    """Edits in a row as one edit of the picture before them, with the words that they came to.

    Their instructions are said as one, in their order. Nothing of it is for training: the words may be those
    of several people.
    """
    first, last = edits[0], edits[-1]
    return NewTurn(
        TurnKind.REPLAY,
        Origin.BUTTON,
        author_id,
        instruction="; ".join(edit.instruction for edit in edits),
        source_prompt=first.source_prompt,
        target_prompt=last.target_prompt,
        parameters=replace(first.parameters, count=1, picked=None),
        parent_turn_id=first.parent_turn_id,
        request_id=request_id,
        way="edit",
    )


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


def with_carried_settings(
    old: Turn,
    settings: CarriedSettings,
    author_id: int,
    request_id: int | None,
    *,
    negative_prompts: bool,
    bounds: Bounds = ANY,
) -> NewTurn:
    """The settings that a picture brought, as far as this bot paints with them: prompt, seed and shape.

    Steps, guidance and scheduler are taken over from a picture of the same model alone: another one needs its
    own. What a file says is whatever somebody wrote into it, so steps and guidance are at most those that
    `bounds` allow, or the turn's own where these are more, and a scheduler that they do not offer is left
    out. The picture gets no more pixels than others here. `negative_prompts`: the model looks at one; where
    it does not, that of the picture is left out.
    """
    usual = old.parameters
    same = settings.model == old.painter_model
    guidance = usual.guidance
    if same:
        guidance = min(settings.guidance, max(bounds.most_guidance, usual.guidance))
    width, height = fitted(settings.width, settings.height, usual.width * usual.height)
    prompt = settings.prompt or old.target_prompt or old.source_prompt
    return NewTurn(
        TurnKind.IMAGINE,
        Origin.PICTURE,
        author_id,
        instruction="",
        source_prompt=prompt,
        target_prompt=prompt,
        parameters=replace(
            usual,
            seed=settings.seed,
            steps=min(settings.steps, max(bounds.most_steps, usual.steps)) if same else usual.steps,
            guidance=guidance,
            scheduler=scheduler_named(settings.sampler, bounds) if same else usual.scheduler,
            width=width,
            height=height,
            count=1,
            negative_prompt=_unwanted(settings, usual, guidance, negative_prompts),
            picked=None,
            exact=True,
        ),
        parent_turn_id=old.id,
        request_id=request_id,
    )


def takes_negative_prompt(guidance: float, negative_prompts: bool) -> bool:
    """Whether a negative prompt has an effect: guidance begins above 1, as diffusers counts."""
    return negative_prompts and guidance > 1


def _unwanted(settings: CarriedSettings, usual: Parameters, guidance: float, negative_prompts: bool) -> str:
    if settings.negative_prompt and takes_negative_prompt(guidance, negative_prompts):
        return settings.negative_prompt
    # the operator's own fits the operator's guidance
    return usual.negative_prompt if guidance > 1 or guidance == usual.guidance else ""


def shown_elsewhere(old: Turn, author_id: int, request_id: int | None) -> NewTurn:
    """The first turn of another conversation: the same pictures again, or the picked one alone.

    A reference picture stays behind, since it may be somebody else's.
    """
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
            old.parameters,
            seed=pictures[0].seed,
            count=len(pictures),
            picked=None,
            exact=True,
            reference_as="",
        ),
        request_id=request_id,
        pictures=pictures,
        painter_model=old.painter_model,
    )
