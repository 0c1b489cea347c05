"""What makes or ends work, without Discord: start, refine, reroll, delete, cancel.

Each use case checks first, stores a turn together with its job, and only then lets the queue work on it.
Errors are of `bot.errors` and say what their reader can do.
"""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from bot.aio.retry import StoreRetry
from bot.domain.brought_picture import BroughtPicture
from bot.domain.content_policy import SafetyPolicy
from bot.domain.conversation import NewConversation, NewTurn, Origin, Turn, TurnKind
from bot.domain.derivations import another_seed, enlarged, recomposed, shown_elsewhere, varied
from bot.domain.limits import Allowance
from bot.domain.options import PLAIN, NewSeed, Options, parameters_for, random_seed
from bot.domain.sanitize import checked
from bot.errors import GoneTurn, RoomRefused, TooLateToCancel
from bot.jobs.queue import JobQueue
from bot.services.edit_trees import EditTrees
from bot.services.turn_results import Accepted, Deleted, Wish
from bot.settings import ImagineSettings
from bot.store.conversations import Added, ConversationStore
from bot.store.images import ImageStore
from bot.store.jobs import JobStore
from model.settings import ModelSettings

TITLE_CHARS = 100


class TurnService:
    """The use cases. `models` gives the defaults of parameters and the styles."""

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

    @property
    def models(self) -> tuple[str, ...]:
        """The models beside the plain pipeline that /imagine offers: other pipelines, and its LoRAs."""
        return (*self._models.models, *self._models.image.loras)

    @property
    def loras(self) -> Mapping[str, tuple[str, ...]]:
        """The LoRAs by pipeline; "" is the one of [image]."""
        named = {"": self._models.image, **self._models.models}
        return {name: tuple(image.loras) for name, image in named.items()}

    @property
    def styles(self) -> Mapping[str, str]:
        """The styles that /imagine offers: name -> words added to the prompt."""
        return self._models.styles

    def wish(self, prompt: str, options: Options = PLAIN, allowed: Allowance | None = None) -> Wish:
        """Check the words and options of a first picture. They are checked nowhere else.

        Raises `TextRefused`, `BadOption`, and what `SafetyPolicy.accept` does.
        """
        words = self._checked(prompt, allowed)
        parameters = parameters_for(options, self._models, self._imagine.max_count, self._new_seed)
        return Wish(words, words + self.styles.get(options.style or "", ""), parameters)

    def wish_over_picture(self, words: str, options: Options, allowed: Allowance | None = None) -> Wish:
        """The same for a picture and the `words` said with it, which may be none."""
        said = self._checked(words, allowed) if words.strip() else ""
        parameters = parameters_for(options, self._models, self._imagine.max_count, self._new_seed)
        return Wish(said, "", parameters, over_picture=True)

    async def check(
        self,
        prompt: str,
        author_id: int,
        options: Options = PLAIN,
        *,
        guild_id: int | None = None,
        allowed: Allowance | None = None,
    ) -> Wish:
        """The wish, where there is room for it now. Raises what `wish` does, or `QueueRefused`."""
        wish = self.wish(prompt, options, allowed)
        await self.check_room(author_id, guild_id, allowed)
        return wish

    async def check_room(self, author_id: int, guild_id: int | None, allowed: Allowance | None) -> None:
        """Raise a `QueueRefused` where nothing more is taken on from this person now."""
        with self._saying_when():
            await self._conversations.check_room(author_id, guild_id, allowed)

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
        with self._saying_when():
            if wish.file is None:
                added = await self._conversations.start(place, turn, allowed, placed)
            else:
                async with self._images.filed(wish.file) as sha256:
                    read = replace(turn, brought=BroughtPicture(sha256, wish.settings))
                    added = await self._conversations.start(place, read, allowed, placed)
            return self._accept(added, submit=placed)

    async def place(
        self, accepted: Accepted, thread_id: int | None, channel_id: int | None = None
    ) -> Accepted:
        """Let the work begin, in a thread of its own where there is one; `channel_id` is the thread's."""
        conversation = accepted.conversation
        if thread_id is not None:
            where = conversation.id, thread_id, channel_id
            conversation = await StoreRetry()(lambda: self._conversations.set_thread(*where))
        return replace(accepted, conversation=conversation, position=self._queue.submit(accepted.job))

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

        With `exact` the words are no instruction but the whole new prompt.

        Raises `TextRefused`, `QueueRefused`, `NoPictureYet`, `GoneTurn` or `GoneConversation`.
        """
        turn = NewTurn(
            TurnKind.REFINE,
            origin,
            author_id,
            instruction=self._checked(instruction, allowed),
            parent_turn_id=parent_turn_id,
            follows_head=parent_turn_id is None,
            request_id=request_id,
            exact=exact,
        )
        return await self.add(conversation_id, turn, allowed)

    async def reroll(
        self,
        turn_id: int,
        author_id: int,
        origin: Origin = Origin.BUTTON,
        request_id: int | None = None,
        *,
        allowed: Allowance | None = None,
    ) -> Accepted:
        """The same words as of `turn_id` with a new seed, as a child of that turn.

        Raises `QueueRefused` or `GoneTurn`.
        """
        old = await self._trees.live(turn_id)
        again = another_seed(old, author_id, self._new_seed(), request_id, origin)
        return await self.add(old.conversation_id, again, allowed)

    async def vary(
        self,
        turn_id: int,
        author_id: int,
        keep: float,
        *,
        scale: int = 1,
        request_id: int | None = None,
        allowed: Allowance | None = None,
    ) -> Accepted:
        """The same words painted over the turn's picture, keeping the share `keep` of it.

        With `scale` above 1 it becomes that much larger with the same seed, else it gets a new one. Of
        several pictures the picked one counts, or the first. Raises `QueueRefused` or `GoneTurn`.
        """
        old = await self._trees.live(turn_id)
        if scale > 1:
            again = enlarged(old, author_id, request_id, keep=keep, scale=scale)
        else:
            again = varied(old, author_id, self._new_seed(), request_id, keep=keep)
        return await self.add(old.conversation_id, again, allowed)

    async def recompose(
        self,
        turn_id: int,
        author_id: int,
        *,
        request_id: int | None = None,
        allowed: Allowance | None = None,
    ) -> Accepted:
        """The edit of a refinement once more, painted over the picture it changes, whose composition stays.

        Raises `QueueRefused`, or `GoneTurn` also for a turn that changes no picture, or one that is gone.
        """
        old = await self._trees.live(turn_id)
        if old.kind is not TurnKind.REFINE or old.parent_turn_id is None:
            raise GoneTurn
        await self._trees.live(old.parent_turn_id)
        return await self.add(old.conversation_id, recomposed(old, author_id, request_id), allowed)

    async def continue_elsewhere(
        self,
        turn_id: int,
        author_id: int,
        *,
        channel_id: int,
        thread_id: int | None = None,
        request_id: int | None = None,
        allowed: Allowance | None = None,
        placed: bool = True,
    ) -> Accepted:
        """A new conversation in another thread that begins with the pictures of a turn, the picked one alone.

        `placed` is as in `start_conversation`. Raises `QueueRefused` or `GoneTurn`.
        """
        old = await self._trees.live(turn_id)
        before = await self._conversations.get(old.conversation_id)
        turn = shown_elsewhere(old, author_id, request_id)
        place = NewConversation(
            before.guild_id, channel_id, thread_id, author_id, turn.source_prompt[:TITLE_CHARS]
        )
        with self._saying_when():
            return self._accept(await self._conversations.start(place, turn, allowed, placed), submit=placed)

    async def abandon(self, accepted: Accepted, error: Exception) -> None:
        """Take back a conversation that was stored and could not be placed, because of `error`."""
        await self._jobs.fail(accepted.job.id, error)
        _, turn = await self._conversations.delete_turn(accepted.turn.id)
        await self._images.remove_unused({image.sha256 for image in turn.images})

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
        await self._images.remove_unused({image.sha256 for image in turn.images})
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

    def _checked(self, text: str, allowed: Allowance | None) -> str:
        """The words cleaned. Raises `TextRefused`, and what `SafetyPolicy.accept` does."""
        words = checked(text, self._imagine.max_prompt_chars)
        self._safety.accept(words, adult=allowed is not None and allowed.adult)
        return words

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
            raise error.freeing(time.time() + seconds) from error

    def _accept(self, added: Added, *, submit: bool = True) -> Accepted:
        if added.new and submit:
            position = self._queue.submit(added.job)
        else:
            position = self._queue.position(added.job.id) or 0
        return Accepted(added.conversation, added.turn, added.job, position, added.new)
