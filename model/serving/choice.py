"""Which engine there is: here, elsewhere, or half and half. The one place that knows them all."""

from contextlib import AbstractAsyncContextManager

from model.engine import Engine
from model.serving.local_engine import LocalEngine
from model.settings import ModelSettings, RemoteServers


def engine_for(
    models: ModelSettings,
    words_at: RemoteServers | None = None,
    pictures_at: RemoteServers | None = None,
    captions_at: RemoteServers | None = None,
) -> AbstractAsyncContextManager[Engine]:
    """The engine, to be entered with `async with`; what no servers are named for runs on this machine.

    Pictures that are painted here are described here too: `captions_at` goes with `pictures_at`.
    """
    if words_at is None and pictures_at is None:
        return LocalEngine(models)
    # the openai client takes most of a second to import, which a bot with its models beside it does not need
    from model.serving.remote.engine import RemoteEngine
    from model.serving.split_engine import SplitEngine, WordsHereEngine

    remote = RemoteEngine(models, words_at=words_at, pictures_at=pictures_at, captions_at=captions_at)
    if words_at is None:
        return WordsHereEngine(LocalEngine(models, only="llm"), remote)
    if pictures_at is None:
        return SplitEngine(remote, LocalEngine(models, only="picture"))
    return remote
