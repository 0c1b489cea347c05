"""What is served under which name: `GET /v1/models`, and finding the model that a request names.

Each way to use a model is an entry of its own, as vLLM lists LoRA adapters ("LoRA Adapters" in its
documentation): the adapter's name as `id`, its model as `parent`. `capabilities` is ours; clients that do not
know it skip it.
"""

import time
from collections.abc import Iterable
from typing import Any, NamedTuple

from model.engine import Capabilities, EngineInfo
from model.loading import display_name
from model.serving.openai_server.protocol.errors import no_such_model
from model.settings import ImageSettings, ModelSettings


class PictureModel(NamedTuple):
    """A pipeline by its name in the settings, "" for that of [image], and what lies over it."""

    model: str = ""
    lora: str = ""


class Catalogue:
    """The models that `settings` name. Names of what is loaded come from the engine at each question, since
    a reload may change them."""

    def __init__(self, settings: ModelSettings) -> None:
        self._settings = settings
        self._captioner = display_name(settings.captioner.model)
        self._since = int(time.time())

    def entries(self, info: EngineInfo) -> list[dict[str, Any]]:
        """Every model as `GET /v1/models` lists it."""
        words: dict[str, Any] = {"kind": "words"}
        if info.languages:
            words["languages"] = list(info.languages)
        pictures = self._pictures(info.capabilities, self._settings.image)
        variants, loras = self._settings.llm.variants, self._settings.image.loras
        models = self._settings.models
        if models:
            # who names no model, or looks which one is meant, gets that of [image]
            pictures["default"] = True
        return [
            self._entry(info.llm, words),
            *(self._entry(name, words, info.llm) for name in variants),
            self._entry(info.painter, pictures),
            *(self._entry(name, pictures, info.painter) for name in loras),
            *(
                self._entry(name, self._pictures(info.paints(name).capabilities, one))
                for name, one in models.items()
            ),
            self._entry(self._captioner, {"kind": "captions"}),
        ]

    def entry(self, name: str, info: EngineInfo) -> dict[str, Any]:
        """One model by its id. Raises ApiError (404)."""
        entries = self.entries(info)
        for entry in entries:
            if entry["id"] == name:
                return entry
        raise no_such_model(name, [entry["id"] for entry in entries])

    def variant(self, name: str, info: EngineInfo) -> str:
        """The variant of the language model that an id means; "" for the plain one. Raises ApiError (404)."""
        return _way(name, info.llm, self._settings.llm.variants)

    def picture_model(self, name: str | None, info: EngineInfo) -> PictureModel:
        """What an id means: the plain pipeline (also without an id), one of its LoRAs, or another pipeline.

        Raises ApiError (404).
        """
        if name is None:
            return PictureModel()
        if name in self._settings.models:
            return PictureModel(name)
        known = [*self._settings.image.loras, *self._settings.models]
        return PictureModel(lora=_way(name, info.painter, known))

    def captioner(self, name: str) -> str:
        """The captioner's own id. Raises ApiError (404) for any other."""
        _way(name, self._captioner, ())
        return self._captioner

    def _entry(self, name: str, capabilities: dict[str, Any], parent: str | None = None) -> dict[str, Any]:
        return {
            "id": name,
            "object": "model",
            "created": self._since,
            "owned_by": "diffchat",
            "parent": parent,
            "capabilities": capabilities,
        }

    def _pictures(self, able: Capabilities, image: ImageSettings) -> dict[str, Any]:
        safety = self._settings.safety
        largest = ImageSettings.model_json_schema()["properties"]["width"]
        return {
            "kind": "pictures",
            "seeds": able.seeds,
            "strength": able.strength,
            "edit": able.edit,
            "by_prompts": able.by_prompts,
            "region": able.region,
            "several_pictures": able.several_pictures,
            "previews": able.previews and image.previews,
            "progress": able.progress,
            "cancel": able.cancel,
            "safety": bool(safety.classifier or (safety.clip and safety.depicted)),
            "negative_prompt": able.negative_prompt,
            "schedulers": list(able.schedulers),
            "sizes": {"multiple_of": largest["multipleOf"], "max": largest["maximum"]},
        }


def _way(name: str, plain: str, others: Iterable[str]) -> str:
    """The one of `others` that is called so; empty for the plain model's own name."""
    if name == plain:
        return ""
    if name in others:
        return name
    raise no_such_model(name, [plain, *others])
