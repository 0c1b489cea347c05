"""What `python -m bot check` asks servers elsewhere: each address, the key, the model, and one real edit."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

from model.engine import EditRequest
from model.errors import ModelError
from model.serving.remote.listing import Kind
from model.serving.remote.pool import ServerPool
from model.serving.remote.words import MAX_ANSWER, RemoteWords
from model.settings import RemoteServers

_EDIT = EditRequest("a red house in a meadow", "make it night")
_MAX_TOKENS = 320


@dataclass(frozen=True, slots=True)
class Probed:
    """What came of asking one server: whether all is well, and what to know or to do."""

    good: bool
    url: str
    text: str


async def probe(kind: Kind, settings: RemoteServers) -> AsyncIterator[Probed]:
    """Each server by itself, so that one that is well does not hide another that is not."""
    for url in settings.urls:
        pool = ServerPool(kind, settings.model_copy(update={"urls": (url,), "retries": 0}), MAX_ANSWER)
        try:
            yield replace(await _asked(pool, kind), url=url)
        except ModelError as error:
            yield Probed(False, url, str(error).removeprefix(url).lstrip(": "))
        finally:
            await pool.close()


async def _asked(pool: ServerPool, kind: Kind) -> Probed:
    """Raises `model.errors` for what is wrong."""
    [server] = pool.servers
    listing = await server.look()
    name = server.model
    listed = "" if listing.find(name) or not listing.offers else f", which is not listed ({listing.words})"
    if kind == "words":
        result = await RemoteWords(pool, _MAX_TOKENS).edit(_EDIT)
        return Probed(True, "", f"{name}{listed}: an edit took {result.seconds:.1f} s")
    if not server.is_ours:
        return Probed(not listed, "", f"{name}{listed}; it takes seeds if it does not refuse them, {_UNSAID}")
    can = [word for word in _ABILITIES if server.can(word)]
    cannot = [word for word in _ABILITIES if not server.can(word)]
    lacks = f"; not {', '.join(cannot)}" if cannot else ""
    return Probed(True, "", f"{name}: {', '.join(can)}{lacks}")


_ABILITIES = ("seeds", "strength", "previews", "safety")
_UNSAID = "and says nothing of strength: no variations, no larger pictures, no kept composition"
