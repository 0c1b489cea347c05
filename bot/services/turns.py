"""What makes or ends work, without Discord: start, refine, delete, cancel.

What is asked of a finished turn beside an edit is in `bot.services.derived_turns`.

Each use case checks first, stores a turn together with its job, and only then lets the queue work on it.
Errors are of `bot.errors` and say what their reader can do.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from types import MappingProxyType

from bot.aio.retry import StoreRetry
from bot.domain.ab_test import assigned
from bot.domain.brought_picture import BroughtPicture
from bot.domain.content_policy import SafetyPolicy
from bot.domain.conversation import NewConversation, NewTurn, Origin, Parameters, Turn, TurnKind
from bot.domain.derivations import shown_elsewhere
from bot.domain.flags import Read
from bot.domain.limits import Allowance
from bot.domain.options import (
    PLAIN,
    Bounds,
    NewSeed,
    Options,
    parameters_for,
    random_seed,
    style_words,
)
from bot.domain.references import giving_up_reference
from bot.domain.said_settings import said_in, settings_in
from bot.domain.sanitize import checked
from bot.domain.wildcards import draw, has_wildcards
from bot.errors import RoomRefused, TooLateToCancel
from bot.jobs.queue import JobQueue
from bot.services.edit_trees import EditTrees
from bot.services.opening_commands import carried_out
from bot.services.own_words import OwnWordsService
from bot.services.turn_results import Accepted, Deleted, Wish
from bot.settings import ExperimentSettings, ImagineSettings
from bot.store.conversations import ConversationStore
from bot.store.images import ImageStore
from bot.store.jobs import JobStore
from bot.store.new_turns import Added
from model.settings import ImageSettings, ModelSettings

TITLE_CHARS = 100


class TurnService:
    """The use cases. `models` gives defaults and styles, `bounds` what people may set now of a model."""

    def __init__(
        self,
        conversations: ConversationStore,
        trees: EditTrees,
        jobs: JobStore,
        images: ImageStore,
        queue: JobQueue,
        models: ModelSettings,
        imagine: ImagineSettings,
        new_seed: NewSeed = random_seed,
        safety: SafetyPolicy | None = None,
        bounds: Callable[[str | None], Bounds] = lambda _: Bounds(),
        experiment: ExperimentSettings | None = None,
        own_words: OwnWordsService | None = None,
    ) -> None:
        self._conversations = conversations
        self._trees = trees
        self._jobs = jobs
        self._images = images
        self._queue = queue
        self._models = models
        self._imagine = imagine
        self._new_seed = new_seed
        self._safety = safety or SafetyPolicy()
        self.bounds = bounds
        self._experiment = experiment or ExperimentSettings()
        self._own_words = own_words

    @property
    def models(self) -> tuple[str, ...]:
        """The models beside the plain pipeline that /imagine offers: other pipelines, and its LoRAs."""
        return (*self._models.models, *self._models.image.loras)

    def painter(self, model: str | None) -> ImageSettings:
        """The settings of a pipeline by name; None, and one that is gone, is that of [image]."""
        return self._models.painter(model)

    @property
    def loras(self) -> Mapping[str, tuple[str, ...]]:
        """The LoRAs by pipeline; "" is the one of [image]."""
        named = {"": self._models.image, **self._models.models}
        return {name: tuple(image.loras) for name, image in named.items()}

    @property
    def styles(self) -> Mapping[str, str]:
        """The styles that /imagine offers: name -> words added to the prompt."""
        return self._models.styles

    def wish(
        self,
        prompt: str,
        options: Options = PLAIN,
        allowed: Allowance | None = None,
        lists: Mapping[str, Sequence[str]] = MappingProxyType({}),
    ) -> Wish:
        """Check the words and options of a first picture. They are checked nowhere else.

        An experiment of picture models chooses one for who names none. What stands in braces is drawn, from
        `lists` too, for each picture by itself: they become the wish's prompt and its `others`. All have one
        seed, so that only the words make them different.

        Raises `TextRefused`, `BadOption`, `NotOfThisModel`, `UnknownWildcard`, and what
        `SafetyPolicy.accept` does.
        """
        words = self.accept_words(prompt, allowed)
        without = allowed.without if allowed else ()
        taking = assigned(self._experiment, options, without, self._new_seed)
        parameters = replace(self._parameters(taking.options, allowed), arm=taking.arm)
        style = style_words(parameters, self.styles)
        if not has_wildcards(words):
            return Wish(words, words + style, parameters)
        drawn = draw(words, lists, parameters.seed, parameters.count)
        each = [self.accept_words(one, allowed) for one in drawn]
        others = tuple(one + style for one in each[1:])
        return Wish(each[0], each[0] + style, replace(parameters, count=1), others=others)

    def _parameters(self, options: Options, allowed: Allowance | None) -> Parameters:
        """The parameters, whose own words are checked like all others."""
        parameters = parameters_for(
            options, self._models, self._imagine.max_count, self._new_seed, self.bounds(options.model)
        )
        if options.style_words:
            self._safety.accept(options.style_words, adult=allowed is not None and allowed.adult)
        return parameters

    def wish_over_picture(self, words: str, options: Options, allowed: Allowance | None = None) -> Wish:
        """The same for a picture and the `words` said with it, which may be none."""
        said = self.accept_words(words, allowed) if words.strip() else ""
        parameters = self._parameters(options, allowed)
        return Wish(said, "", parameters, over_picture=True)

    async def check(
        self,
        prompt: str,
        author_id: int,
        options: Options = PLAIN,
        *,
        guild_id: int | None = None,
        allowed: Allowance | None = None,
        lists: Mapping[str, Sequence[str]] = MappingProxyType({}),
    ) -> Wish:
        """The wish, where there is room for all of it now. Raises what `wish` does, or `QueueRefused`."""
        wish = self.wish(prompt, options, allowed, lists)
        await self.check_room(author_id, guild_id, allowed, 1 + len(wish.others))
        return wish

    async def check_room(
        self, author_id: int, guild_id: int | None, allowed: Allowance | None, more: int = 1
    ) -> None:
        """Raise a `QueueRefused` where `more` turns of this person are not taken on now."""
        with self._saying_when():
            await self._conversations.check_room(author_id, guild_id, allowed, more)

    async def start_conversation(
        self,
        wish: Wish,
        *,
        author_id: int,
        origin: Origin,
        guild_id: int | None,
        channel_id: int,
        thread_id: int | None = None,
        request_id: int | None = None,
        allowed: Allowance | None = None,
        placed: bool = True,
    ) -> Accepted:
        """A new conversation with its first turn.

        One that is not `placed` is only stored: `place`, or else the next start, lets the work begin.
        Raises `QueueRefused`.
        """
        title = (wish.prompt or wish.source_prompt)[:TITLE_CHARS]
        place = NewConversation(guild_id, channel_id, thread_id, author_id, title)
        turn = NewTurn(
            TurnKind.IMAGINE,
            origin,
            author_id,
            instruction=wish.prompt if wish.over_picture else "",
            source_prompt=wish.source_prompt,
            parameters=wish.parameters,
            request_id=request_id,
            brought=BroughtPicture(settings=wish.settings) if wish.over_picture else None,
        )
        further = [replace(turn, source_prompt=other, request_id=None) for other in wish.others]
        with self._saying_when():
            file = wish.file or wish.photo or wish.reference
            if file is None:
                added = await self._conversations.start(place, turn, allowed, placed, further)
            else:
                async with self._images.filed(file) as sha256:
                    with_file = wish.with_file(turn, sha256)
                    added = await self._conversations.start(place, with_file, allowed, placed, further)
            return self._accept(added, submit=placed)

    async def place(
        self, accepted: Accepted, thread_id: int | None, channel_id: int | None = None
    ) -> Accepted:
        """Let the work begin, in a thread of its own where there is one; `channel_id` is the thread's."""
        conversation = accepted.conversation
        if thread_id is not None:
            where = conversation.id, thread_id, channel_id
            conversation = await StoreRetry()(lambda: self._conversations.set_thread(*where))
        position = self._queue.submit(accepted.job)
        for job in accepted.further:
            self._queue.submit(job)
        return replace(accepted, conversation=conversation, position=position)

    async def move_to_thread(self, conversation_id: int, thread_id: int) -> None:
        """Let a conversation of a channel go on in a thread of that channel."""
        await StoreRetry()(lambda: self._conversations.set_thread(conversation_id, thread_id))

    async def refine(
        self,
        conversation_id: int,
        instruction: str,
        author_id: int,
        origin: Origin,
        parent_turn_id: int | None = None,
        request_id: int | None = None,
        *,
        exact: bool = False,
        allowed: Allowance | None = None,
    ) -> Accepted:
        """Change the picture of `parent_turn_id`, or without it the head, once the work before has ended.

        A command before the instruction is done first (`bot.services.opening_commands`).
        With `exact` the words are no instruction but the whole new prompt. Flags among the words, or words
        that are nothing but settings ("16:9"), change the settings (`bot.domain.flags`), within the bounds of
        the conversation's own model.

        Raises `TextRefused`, `BadOption`, `NotOfThisModel`, `ModelStays`, `QueueRefused`, `NoPictureYet`,
        `GoneTurn` or `GoneConversation`.
        """
        text = self.accept_words(instruction, allowed)
        if not exact:
            where = conversation_id, text, author_id, parent_turn_id
            text, parent_turn_id = await carried_out(self._trees, *where)
        said, changes = said_in(text), None
        words = said.words or text  # flags that mean nothing are left out
        if not said.plain:
            said = await self._with_own_style(said, conversation_id, author_id, allowed)
            model = await self._model_of(conversation_id, parent_turn_id)
            bounds, most = self.bounds(model), self._imagine.max_count
            words, changes = settings_in(text, said, self._models, most, bounds, model)
        words, changes = giving_up_reference(words, changes)
        turn = NewTurn(
            TurnKind.REFINE,
            origin,
            author_id,
            instruction=words,
            changes=changes,
            parent_turn_id=parent_turn_id,
            follows_head=parent_turn_id is None,
            request_id=request_id,
            exact=exact or bool(said.options.exact and said.words),
        )
        return await self.add(conversation_id, turn, allowed)

    async def _model_of(self, conversation_id: int, turn_id: int | None) -> str | None:
        """The model of a turn, or of the conversation's head, or of its first picture, still in work."""
        tree = await self._trees.tree(conversation_id)
        turn = tree.turns.get(turn_id or tree.head_turn_id or 0)
        latest = tree.turns[max(tree.turns)] if tree.turns else None
        found = turn or latest
        return found.parameters.model if found else None

    async def _with_own_style(
        self, said: Read, conversation_id: int, author_id: int, allowed: Allowance | None
    ) -> Read:
        """The same with the words of a style of the person's or the server's, checked like all others."""
        if self._own_words is None or said.options.style is None:
            return said
        place = await self._trees.conversation(conversation_id)
        options = await self._own_words.styled(said.options, author_id, place.guild_id)
        if options.style_words:
            self._safety.accept(options.style_words, adult=allowed is not None and allowed.adult)
        return replace(said, options=options)

    async def continue_elsewhere(
        self,
        turn_id: int,
        author_id: int,
        *,
        guild_id: int | None,
        channel_id: int,
        thread_id: int | None = None,
        request_id: int | None = None,
        allowed: Allowance | None = None,
        placed: bool = True,
    ) -> Accepted:
        """A new conversation in another thread that begins with the pictures of a turn, the picked one alone.

        Its words are checked anew where `allowed` says how the other place is, which may be less than theirs.
        `placed` is as in `start_conversation`. Raises `QueueRefused`, `GoneTurn`, and what
        `SafetyPolicy.accept` does.
        """
        old = await self._trees.live(turn_id)
        if allowed is not None:
            self._safety.accept(old.target_prompt or "", adult=allowed.adult)
        turn = shown_elsewhere(old, author_id, request_id)
        place = NewConversation(guild_id, channel_id, thread_id, author_id, turn.source_prompt[:TITLE_CHARS])
        with self._saying_when():
            return self._accept(await self._conversations.start(place, turn, allowed, placed), submit=placed)

    async def abandon(self, accepted: Accepted, error: Exception) -> None:
        """Take back a conversation that was stored and could not be placed, because of `error`."""
        for job in (accepted.job, *accepted.further):
            await self._jobs.fail(job.id, error)
        for job in accepted.further:
            await self._conversations.delete_turn(job.turn_id)
        await self._conversations.uncount(accepted.turn.id)
        _, turn = await self._conversations.delete_turn(accepted.turn.id)
        await self._images.remove_unused(turn.files)

    async def delete_turn(self, turn_id: int, user_id: int, may_manage: bool = False) -> Deleted:
        """Remove a turn's words, pictures and votes, for its author or a moderator.

        Its message is the caller's to remove. Work on it is cancelled first. Raises `NotYours`, `GoneTurn`,
        or `TooLateToCancel` while it is posted.
        """
        turn = await self._trees.own(turn_id, user_id, may_manage)
        job = await self._jobs.of_turn(turn.id)
        if not job.state.ended:
            await self._queue.cancel(job.id)
        conversation, turn = await self._conversations.delete_turn(turn_id)
        await self._images.remove_unused(turn.files)
        return Deleted(conversation, turn)

    async def cancel(self, turn_id: int, user_id: int, may_manage: bool = False) -> Turn:
        """End the work on a turn, for its author or a moderator.

        Raises `NotYours`, `GoneTurn` or `TooLateToCancel`.
        """
        turn = await self._trees.own(turn_id, user_id, may_manage)
        await self._queue.cancel((await self._jobs.of_turn(turn.id)).id)
        return turn

    async def withdraw(self, request_id: int) -> Turn | None:
        """Cancel the work that a deleted message asked for; its turn, or None where nothing was to cancel."""
        turn = await self._conversations.turn_asked_by(request_id)
        if turn is None:
            return None
        job = await self._jobs.of_turn(turn.id)
        try:
            if job.state.ended:
                return None
            await self._queue.cancel(job.id)
        except TooLateToCancel:
            return None  # its picture is being posted; it can be deleted like any other
        return turn

    def accept_words(self, text: str, allowed: Allowance | None) -> str:
        """What a person says, cleaned. Raises `TextRefused`, and what `SafetyPolicy.accept` does."""
        words = checked(text, self._imagine.max_prompt_chars)
        self.accept_prompt(words, allowed)
        return words

    def accept_prompt(self, prompt: str, allowed: Allowance | None) -> None:
        """Check a prompt of any length that nobody said. Raises what `SafetyPolicy.accept` does."""
        self._safety.accept(prompt, adult=allowed is not None and allowed.adult)

    async def add(self, conversation_id: int, turn: NewTurn, allowed: Allowance | None) -> Accepted:
        """A further turn whose words are checked. Raises `QueueRefused`, `GoneTurn` or `NoPictureYet`."""
        with self._saying_when():
            return self._accept(await self._conversations.add_turn(conversation_id, turn, allowed))

    @contextmanager
    def _saying_when(self) -> Iterator[None]:
        """Add to a refusal because of a full queue when there will be room, if that can be told."""
        try:
            yield
        except RoomRefused as error:
            seconds = self._queue.next_place()
            if seconds is None:
                raise
            raise error.freeing(seconds) from error

    def _accept(self, added: Added, *, submit: bool = True) -> Accepted:
        if added.new and submit:
            position = self._queue.submit(added.job)
            for job in added.further:
                self._queue.submit(job)
        else:
            position = self._queue.position(added.job.id) or 0
        return Accepted(added.conversation, added.turn, added.job, position, added.new, added.further)
