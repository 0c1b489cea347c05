"""The `Engine` whose models are on other machines, for words, for pictures, or for both.

What must never be made is checked here, whatever the servers do, and so are pictures where a check is set and
a server gives no verdict of its own.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Self

from model.engine import (
    Capabilities,
    EditRequest,
    EditResult,
    EngineInfo,
    OnProgress,
    PainterInfo,
    PaintRequest,
    PaintResult,
    ServerState,
    WorkerState,
)
from model.errors import EngineClosed, Unsupported
from model.loading import display_name
from model.moderation.prompt_rules import PromptRules
from model.pictures.decoding import decode_picture, png_bytes
from model.serving.remote import pictures, words
from model.serving.remote.pool import ServerPool
from model.serving.remote.server import RemoteServer
from model.serving.safety_check import SafetyCheckProcess
from model.settings import ModelSettings, RemoteServers

_KINDS = {"words": "llm", "pictures": "picture", "captions": "captioner"}
_ENOUGH_TO_DESCRIBE = 1024  # pixels of a side; what describes a picture sees a few hundred


class RemoteEngine:
    """`async with RemoteEngine(models, words_at=..., pictures_at=...) as engine`; one of the two may be None.

    `captions_at` are servers of a model that describes pictures; None asks a captioner that one of the others
    lists. Entering looks at every server once: one that is away is waited for by the requests that need it,
    while EngineRefused is raised where all of a kind refuse us or none lists a variant or LoRA of `models`.
    `models` gives the rules, the check of pictures and the longest prompt; what else is in it is the servers'
    own.
    """

    def __init__(
        self,
        models: ModelSettings,
        *,
        words_at: RemoteServers | None = None,
        pictures_at: RemoteServers | None = None,
        captions_at: RemoteServers | None = None,
    ) -> None:
        self._rules = PromptRules(models.safety)
        self._check = SafetyCheckProcess(models.safety)
        self._served = {name: one.model for name, one in models.models.items()}
        variants, ways = models.llm.variants.keys(), {*models.image.loras, *self._served.values()}
        self._words = ServerPool("words", words_at, words.MAX_ANSWER, variants) if words_at else None
        self._pictures = (
            ServerPool("pictures", pictures_at, pictures.MAX_ANSWER, ways) if pictures_at else None
        )
        self._captions = ServerPool("captions", captions_at, words.MAX_ANSWER) if captions_at else None
        self._writer = words.RemoteWords(self._words, models.llm.max_new_tokens) if self._words else None
        self._painter = (
            pictures.RemotePainter(self._pictures, self._check, self._served) if self._pictures else None
        )
        self._stack = AsyncExitStack()
        self._open = False

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as stack:
            stack.push_async_callback(self._check.close)
            for pool in self._pools:
                await stack.enter_async_context(pool)
            self._stack = stack.pop_all()
        self._open = True
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open = False
        await self._stack.aclose()

    @property
    def _pools(self) -> list[ServerPool]:
        return [pool for pool in (self._words, self._pictures, self._captions) if pool is not None]

    @property
    def info(self) -> EngineInfo:
        """The models' names as far as they are known, "" for the half that is not here, and what the servers
        were found to be able to do; that may change when one is reached for the first time."""
        llm, painter = (
            display_name(pool.name) if pool is not None else "" for pool in (self._words, self._pictures)
        )
        models = {
            name: PainterInfo(display_name(there), self._capabilities(there))
            for name, there in self._served.items()
            if self._pictures is not None
        }
        words = self._words.servers if self._words is not None else ()
        languages = _of_all([server.listed("languages") for server in words])
        return EngineInfo(llm, painter, self._capabilities(), models, languages)

    def _capabilities(self, model: str = "") -> Capabilities:
        """What the servers can do with the model that they call so; "" is the usual one."""
        captions = self._captioner() is not None
        pool = self._pictures
        if pool is None:
            return Capabilities(captions=captions)
        several = pool.everyone(lambda server: server.can("several_pictures", model))
        return Capabilities(
            # what nobody says is assumed to be as with OpenAI's own API, which has neither strength nor a
            # negative prompt, tells no steps, and does not say that hanging up ends the work. Seeds:
            # both big servers of diffusion models take seeds; one that does not, says so at the first picture
            seeds=not any("seed" in server.unknown for server in pool.servers),
            strength=pool.everyone(lambda server: server.can("strength", model)),
            previews=pool.everyone(lambda server: server.can("previews", model) or server.streamed),
            captions=captions,
            negative_prompt=pool.everyone(lambda server: server.can("negative_prompt", model)),
            progress=pool.everyone(lambda server: server.can("progress", model) or server.streamed),
            cancel=pool.everyone(lambda server: server.can("cancel", model)),
            edit=pool.everyone(lambda server: server.can("edit", model)),
            region=pool.everyone(lambda server: server.can("region", model)),
            schedulers=_of_all([server.listed("schedulers", model) for server in pool.servers]),
            several_pictures=several,
            by_prompts=pool.everyone(lambda server: server.can("by_prompts", model)),
            references=("edit",) if several else (),  # as one picture more
        )

    def _captioner(self) -> tuple[ServerPool, str] | None:
        """Where pictures are described, and by which model: "" for the one that those servers are for.

        Without servers for it, one that a server lists as a captioner.
        """
        if self._captions is not None:
            return self._captions, ""
        for pool in reversed(self._pools):
            for server in pool.servers:
                offer = server.listing.choose("captions", "") if server.listing else None
                if offer is not None and offer.kind == "captions" and pool.everyone(_lists(offer.id)):
                    return pool, offer.id
        return None

    def workers(self) -> tuple[WorkerState, ...]:
        """Each kind of model as one worker, which is alive while one of its servers serves."""
        info = self.info
        # captions are left out: a bot whose captioner is away still writes and paints
        kinds = (("llm", self._words, info.llm), ("picture", self._pictures, info.painter))
        return tuple(
            WorkerState(kind, name if self._open and pool.up else "", self._open and pool.up, 0)
            for kind, pool, name in kinds
            if pool is not None
        )

    def servers(self) -> tuple[ServerState, ...]:
        """How each server is, and how the requests to it ended."""
        now = asyncio.get_running_loop().time()
        return tuple(
            ServerState(
                _KINDS[pool.kind],
                server.url,
                server.listing is not None and not server.rests(now),
                dict(server.outcomes),
            )
            for pool in self._pools
            for server in pool.servers
        )

    async def edit(self, request: EditRequest) -> EditResult:
        """The target prompt. Raises EditError, PromptRefused, EngineUnreachable, EngineRefused, BadAnswer,
        BadRequest or EngineClosed."""
        self._rules.check_edit(request)
        if not self._open or self._writer is None:
            raise EngineClosed("The engine is not running, or has no servers for words.")
        return await self._writer.edit(request)

    async def paint(self, request: PaintRequest, on_progress: OnProgress | None = None) -> PaintResult:
        """The pictures; `on_progress` is called in the event loop for what the server tells.

        Raises what `edit` does but EditError, and OutOfMemory, PictureRefused, or Unsupported.
        """
        self._rules.check(request.words)
        if not self._open or self._painter is None:
            raise EngineClosed("The engine is not running, or has no servers for pictures.")
        await self._check.check_text(request.words)
        return await self._painter.paint(request, on_progress)

    async def describe(self, image: bytes, reading: int = 0) -> str:
        """What a picture shows. The server is sent its pixels alone, small, without what else the file says.

        Raises BadImage, Unsupported where no server describes pictures, or what `edit` does.
        """
        if not self._open:
            raise EngineClosed("The engine is not running.")
        png = await asyncio.to_thread(_for_a_captioner, image)
        captioner = self._captioner()
        if captioner is None:
            raise Unsupported("None of the servers describes pictures.")
        pool, model = captioner
        return await words.describe(pool, model, png, reading)


def _of_all(lists: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The names that are in every list, in the order of the first."""
    return tuple(name for name in (lists[0] if lists else ()) if all(name in names for names in lists))


def _lists(model: str) -> Callable[[RemoteServer], bool]:
    return lambda server: server.listing is not None and server.listing.find(model) is not None


def _for_a_captioner(image: bytes) -> bytes:
    picture = decode_picture(image, enough=_ENOUGH_TO_DESCRIBE)
    picture.thumbnail((_ENOUGH_TO_DESCRIBE, _ENOUGH_TO_DESCRIBE))
    return png_bytes(picture)
