"""What `python -m bot check` asks servers elsewhere: each address, the key, the model, and one real edit
or caption. Pictures, which may cost money, are asked for in `bot.ops.trial` alone."""

from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass, replace

from PIL import Image

from model.engine import EditRequest
from model.errors import ModelError
from model.pictures.decoding import png_bytes
from model.serving.remote.listing import Kind
from model.serving.remote.pool import ServerPool, not_listed
from model.serving.remote.words import MAX_ANSWER, RemoteWords, describe
from model.settings import RemoteServers

_EDIT = EditRequest("a red house in a meadow", "make it night")
_MAX_TOKENS = 320


@dataclass(frozen=True, slots=True)
class Probed:
    """What came of asking one server: whether all is well, and what to know or to do."""

    good: bool
    url: str
    text: str


async def probe(
    kind: Kind, settings: RemoteServers, ways: Collection[str] = frozenset()
) -> AsyncIterator[Probed]:
    """Each server by itself, so that one that is well does not hide another that is not.

    `ways` are the variants or LoRAs that it must list (`ServerPool`).
    """
    for url in settings.urls:
        alone = settings.model_copy(update={"urls": (url,), "retries": 0})
        try:
            pool = ServerPool(kind, alone, MAX_ANSWER, ways)
            try:
                yield replace(await _asked(pool, kind), url=url)
            finally:
                await pool.close()
        except ModelError as error:
            yield Probed(False, url, str(error).removeprefix(url).lstrip(": "))


async def _asked(pool: ServerPool, kind: Kind) -> Probed:
    """Raises `model.errors` for what is wrong."""
    [server] = pool.servers
    listing = await server.look()
    name = server.model
    listed = "" if listing.find(name) or not listing.offers else f", which is not listed ({listing.words})"
    if missing := server.lacks(pool.ways):
        return Probed(False, "", f"{name}: {not_listed(kind, missing)} ({listing.words})")
    if kind == "captions":
        said = await describe(pool, "", _picture())
        return Probed(True, "", f'{name}{listed}: a red square is "{said}"')
    if kind == "words":
        result = await RemoteWords(pool, _MAX_TOKENS).edit(_EDIT)
        return Probed(True, "", f"{name}{listed}: an edit took {result.seconds:.1f} s")
    if not server.is_ours:
        return Probed(not listed, "", f"{name}{listed}; it takes seeds if it does not refuse them, {_UNSAID}")
    can = [word for word in _ABILITIES if server.can(word)]
    cannot = [word for word in _ABILITIES if not server.can(word)]
    lacks = f"; not {', '.join(cannot)}" if cannot else ""
    return Probed(True, "", f"{name}: {', '.join(can)}{lacks}")


def _picture() -> bytes:
    """A red square as a PNG."""
    return png_bytes(Image.new("RGB", (_SIDE, _SIDE), "red"))


_SIDE = 64  # pixels
_ABILITIES = ("seeds", "strength", "previews", "progress", "cancel", "negative_prompt", "safety")
_UNSAID = (
    "and says nothing of strength, negative_prompt and progress: no variations, no larger pictures, no kept "
    "composition, no steps"
)
