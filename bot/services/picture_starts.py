"""Conversations that start from a picture somebody brings: the file is checked before anything is stored.

The source prompt comes from our own database if the picture is one of ours, else from the text in the file,
else from a description of the picture. Describing takes a model, so it is the first step of the queued job.
"""

import asyncio
from collections.abc import Callable
from dataclasses import replace

from bot.domain.brought_picture import CarriedSettings, carried, fitted, usable_prompt
from bot.domain.content_policy import SafetyPolicy
from bot.domain.conversation import Parameters
from bot.domain.derivations import takes_negative_prompt, with_carried_settings
from bot.domain.limits import Allowance
from bot.domain.options import Options, style_words
from bot.errors import NoSettingsCarried, NotDescribed, NotFinishedYet
from bot.services.edit_trees import EditTrees
from bot.services.turn_results import Accepted, Wish
from bot.services.turns import TurnService
from bot.store.brought_pictures import BroughtPictureStore
from bot.store.images import fingerprint
from model.pictures.comfyui import read_settings
from model.pictures.decoding import check_picture

MAX_PIXELS = 16_000_000
"""Of a PNG or WebP, which can only be decoded as a whole: about half a second and 130 MB."""


class PictureStarts:
    """The steps before `TurnService.start_conversation`. `longest` is that of a prompt, in characters.

    `describes` says whether the engine can put a picture into words, `negative_prompts` whether it looks at
    a negative prompt, `edits` whether it follows instructions on a picture, and is to.
    """

    def __init__(
        self,
        turns: TurnService,
        trees: EditTrees,
        brought: BroughtPictureStore,
        safety: SafetyPolicy,
        longest: int,
        *,
        describes: Callable[[], bool] = lambda: True,
        negative_prompts: Callable[[], bool] = lambda: True,
        edits: Callable[[], bool] = lambda: False,
    ) -> None:
        self._edits = edits
        self._turns = turns
        self._trees = trees
        self._brought = brought
        self._safety = safety
        self._longest = longest
        self._describes = describes
        self._negative_prompts = negative_prompts

    async def wish(
        self, words: str, author_id: int, options: Options, *, guild_id: int | None, allowed: Allowance
    ) -> Wish:
        """The words said with a picture and the options, checked before the picture is even fetched.

        Raises `TextRefused`, `BadOption`, `QueueRefused`, and what `SafetyPolicy.accept` does.
        """
        wish = self._turns.wish_over_picture(words, options, allowed)
        await self._turns.check_room(author_id, guild_id, allowed)
        return wish

    async def look(
        self,
        wish: Wish,
        data: bytes,
        *,
        guild_id: int | None,
        channel_id: int,
        allowed: Allowance,
        message_id: int | None = None,
    ) -> Wish:
        """The wish with the picture, or with its prompt where that is known. Only headers are read.

        `message_id` is the message that shows the picture. Raises `BadImage`, for a known prompt what
        `SafetyPolicy.accept` does, and for an unknown one `NotDescribed` where nothing describes pictures.
        """
        settings = await asyncio.to_thread(_examined, data, self._longest)
        wish = self._to_edit(wish, data, allowed)
        ours = await self._brought.recognise(
            fingerprint(data), guild_id=guild_id, channel_id=channel_id, message_id=message_id
        )
        if ours is not None and not ours.here:
            # its words were said in another place, perhaps a private chat
            return self._to_describe(replace(wish, file=data))
        known = ours.prompt if ours is not None else settings.prompt if settings is not None else ""
        prompt = usable_prompt(known, self._longest)
        if not prompt:
            return self._to_describe(replace(wish, file=data, settings=settings))
        self._safety.accept(prompt, adult=allowed.adult)
        style = style_words(wish.parameters, self._turns.styles)
        prompt = prompt if prompt.endswith(style) else prompt + style
        # without words nothing is to be written: the prompt is painted as the picture has it
        exact = wish.parameters.exact or not wish.prompt
        parameters = replace(wish.parameters, exact=exact)
        return replace(wish, source_prompt=prompt, parameters=parameters, settings=settings)

    def _to_edit(self, wish: Wish, data: bytes, allowed: Allowance) -> Wish:
        """The wish, with the picture to be edited where words ask for that and the place lets it be.

        Where it does not, the words are followed on what is in the picture, as without an editor.
        """
        used = wish.parameters
        plain = bool(wish.prompt) and not (used.exact or used.model or used.loras) and used.style is None
        if not (plain and self._edits() and allowed.edits_uploads):
            return wish
        width, height = fitted(*check_picture(data, MAX_PIXELS), used.width * used.height)
        return replace(wish, photo=data, parameters=replace(used, width=width, height=height, count=1))

    def _to_describe(self, wish: Wish) -> Wish:
        """The wish, whose picture must be described first."""
        if not self._describes():
            raise NotDescribed
        return wish

    async def paint_with_settings(
        self, turn_id: int, author_id: int, *, request_id: int, allowed: Allowance
    ) -> Accepted:
        """A further picture with the settings that the picture of a turn carried.

        Raises `NotYours`, `NotFinishedYet`, `NoSettingsCarried`, `GoneTurn` or `QueueRefused`.
        """
        old = await self._trees.own(turn_id, author_id)
        settings = await self._brought.settings(turn_id)
        if settings is None:
            raise NoSettingsCarried
        if not old.live:
            raise NotFinishedYet
        bounds = self._turns.bounds(old.parameters.model)
        turn = with_carried_settings(
            old, settings, author_id, request_id, negative_prompts=self._negative_prompts(), bounds=bounds
        )
        return await self._turns.add(old.conversation_id, turn, allowed)

    def leaves_out_negative_prompt(self, settings: CarriedSettings, usual: Parameters) -> bool:
        """Whether the settings have a negative prompt that would have no effect with the guidance here."""
        looked_at = takes_negative_prompt(usual.guidance, self._negative_prompts())
        return bool(settings.negative_prompt) and not looked_at


def _examined(data: bytes, longest: int) -> CarriedSettings | None:
    """What the file carries, once its frame is found sound. Raises `BadImage`."""
    check_picture(data, MAX_PIXELS)
    found = read_settings(data)
    if found is None:
        return None
    settings = carried(
        prompt=found.prompt,
        negative_prompt=found.negative_prompt,
        seed=found.seed,
        steps=found.steps,
        guidance=found.guidance,
        size=found.size,
        model=found.model,
        longest=longest,
    )
    return settings.by(found.sampler) if settings is not None else None
