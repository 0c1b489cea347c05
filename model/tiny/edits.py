"""Edits of TinyWorld with known results: source prompt, instruction, target prompt, and both scenes.

`random_edit` draws a scene, puts it into words, changes it by one of the kinds in `model.tiny.changes`, and
checks both texts against `grammar.parse`.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from model.tiny import grammar
from model.tiny import instructions as say
from model.tiny.changes import SINGLE, combined
from model.tiny.drafts import Draft, draft, scene_of
from model.tiny.vocabulary import world_vocabulary
from model.tiny.world import MAX_KINDS, Scene

KINDS = (
    "beautify", "add", "remove", "replace", "recolour", "resize", "count", "place", "time", "weather",
    "style", "quality", "vague", "nothing", "negation", "back", "combined",
)  # fmt: skip
Wanted = Callable[[str, str], bool]
"""Whether an edit of this source with this instruction is wanted."""
_TRIES = 20


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit of the world. An empty instruction (kind `beautify`) leaves open which quality words come."""

    kind: str
    source: str
    instruction: str
    target: str
    before: Scene
    after: Scene


def random_edit(
    rng: random.Random, kind: str | None = None, slips: float = say.SLIPS, wanted: Wanted | None = None
) -> Edit:
    """An edit of a random scene whose texts are read back exactly as `before` and `after`; a share `slips`
    of the instructions has a slip of the keyboard.

    `wanted` says of a source and an instruction whether the edit is. It is first asked of the source with an
    empty instruction, so that rare sources are found quickly. Raises KeyError for a kind not in `KINDS`.
    """
    while True:
        chosen = (
            kind
            or rng.choices(KINDS, [4 if k == "combined" else 2 if k == "beautify" else 1 for k in KINDS])[0]
        )
        edit = _beautified(rng) if chosen == "beautify" else _edited(rng, chosen, slips, wanted)
        if edit is None or (wanted and not wanted(edit.source, edit.instruction)):
            continue
        if grammar.parse(edit.source) == edit.before and grammar.parse(edit.target) == edit.after:
            return edit


def _edited(rng: random.Random, kind: str, slips: float, wanted: Wanted | None) -> Edit | None:
    source = draft(Scene.random(rng), rng)
    if wanted is None:
        return edit_of(source, rng, kind, slips)
    if not wanted(str(source), ""):
        return None
    tries = (edit_of(source, rng, kind, slips) for _ in range(_TRIES))
    return next((edit for edit in tries if edit and wanted(edit.source, edit.instruction)), None)


def edit_of(source: Draft, rng: random.Random, kind: str, slips: float = say.SLIPS) -> Edit | None:
    """An edit of this draft of one of the kinds but `beautify`; None where the kind does not fit it.

    Raises KeyError for a kind not in `KINDS`.
    """
    make = combined if kind == "combined" else SINGLE[kind]
    change = make(source, world_vocabulary(), rng)
    if change is None or len(change.draft.things) > MAX_KINDS:
        return None
    finish = _finish(rng)
    instruction = say.typed(change.clause, rng, slips=slips)
    before, after = scene_of(source), scene_of(change.draft)
    return Edit(kind, finish(str(source)), instruction, finish(str(change.draft)), before, after)


def _beautified(rng: random.Random) -> Edit:
    """A short prompt made long, or one that has its words of quality and stays."""
    scene = Scene.random(rng)
    if rng.random() < 0.8:
        scene = replace(scene, quality=())
    plain = draft(scene, rng) if rng.random() < 0.6 or scene.quality else None
    source = str(plain) if plain else grammar.caption(scene, rng)
    polished = grammar.polish(scene, rng)
    source = _finish(rng)(source)
    target = source if scene.quality else ", ".join([source.rstrip("."), *polished.quality])
    return Edit("beautify", source, "", target, scene, polished)


def _finish(rng: random.Random) -> Callable[[str], str]:
    """How this person writes prompts: mostly plain, sometimes with a capital, sometimes with a full stop."""
    capital, stop = rng.random() < 0.12, rng.random() < 0.04

    def finish(text: str) -> str:
        text = text[0].upper() + text[1:] if capital else text
        return text + "." if stop else text

    return finish
