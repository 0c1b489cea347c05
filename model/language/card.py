"""Which languages a language model reads, as the card of its checkpoint says.

The hub's model cards name them as `language` in the front matter of `README.md` ("Model Cards" in the hub's
documentation). A card is read where it lies in the model's folder or in the hub's cache; none is fetched.
"""

import logging
from pathlib import Path

import yaml

from model.loading import is_local, path_of

log = logging.getLogger(__name__)

_ALL = {"multilingual", "code"}  # entries that are no list of what it reads


def languages_of(model: str) -> tuple[str, ...]:
    """The codes ("en", "de") that the card of a folder or hub id names; none where it names none, or is not
    here: then the model may read any."""
    card = _card(model)
    if card is None:
        return ()
    # here, as the bot's process needs it for servers' names of models alone
    from huggingface_hub import ModelCard

    try:
        said = ModelCard(card.read_text(encoding="utf-8"), ignore_metadata_errors=True).data.get("language")
    except (OSError, UnicodeDecodeError, ValueError, yaml.YAMLError) as error:
        log.info("The card of %s cannot be read: %s", model, error)
        return ()
    codes = (said,) if isinstance(said, str) else tuple(said or ())
    return () if _ALL & set(codes) else tuple(str(code) for code in codes)


def _card(model: str) -> Path | None:
    if is_local(model):
        card = path_of(model) / "README.md"
        return card if card.is_file() else None
    from huggingface_hub import try_to_load_from_cache

    cached = try_to_load_from_cache(model, "README.md")
    return Path(cached) if isinstance(cached, str) else None
