"""What a server says it offers: its answer to `GET /v1/models`.

OpenAI's fields are `id` and `object`; vLLM adds `parent` to LoRA adapters ("LoRA Adapters", model lineage).
Our own server adds `capabilities`, an object with a `kind` ("words", "pictures" or "captions") and, for
pictures, what it can do. Of any other server that is found out from its answers.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from model.errors import BadAnswer, EngineRefused

Kind = Literal["words", "pictures", "captions"]

_MOST = 1000  # models; a list longer than that is no list of models that one server holds
_SHOWN = 8
_LONGEST = 200  # characters of a name


@dataclass(frozen=True, slots=True)
class Offer:
    """One model of a server. `parent` is the model that it is a form of; "" is one of its own."""

    id: str
    parent: str
    capabilities: Mapping[str, Any]

    @property
    def kind(self) -> str:
        """What it is for; "" where the server does not say."""
        return str(self.capabilities.get("kind", ""))


@dataclass(frozen=True, slots=True)
class Listing:
    """All models of a server, in its order; none where it tells none."""

    offers: tuple[Offer, ...] = ()

    @classmethod
    def read(cls, answer: object) -> "Listing":
        """The models in an answer. Raises BadAnswer for one that is no list of models."""
        models = answer.get("data") if isinstance(answer, Mapping) else None
        if not isinstance(models, list) or len(models) > _MOST:
            raise BadAnswer("What should be a list of models is none: check the address, it ends in /v1.")
        return cls(tuple(offer for model in models if (offer := _offer(model))))

    def find(self, name: str) -> Offer | None:
        """The model of that name."""
        return next((offer for offer in self.offers if offer.id == name), None)

    def choose(self, kind: Kind, name: str) -> Offer | None:
        """The model named, or else the one there is of that kind; None where that is not clear."""
        if name:
            return self.find(name)
        own = [offer for offer in self.offers if not offer.parent]
        fitting = [offer for offer in own if offer.kind == kind]
        unsaid = [offer for offer in own if not offer.kind]
        default = [offer for offer in fitting if offer.capabilities.get("default") is True]
        return next((few[0] for few in (fitting, default, unsaid) if len(few) == 1), None)

    def name(self, kind: Kind, name: str) -> str:
        """The name to ask for. One that is not listed is asked for all the same: `transformers serve` lists
        only what is in its cache and serves folders too. Raises EngineRefused where none is clear."""
        if name:
            return name
        if chosen := self.choose(kind, ""):
            return chosen.id
        raise EngineRefused(f"Which model is meant is not clear: set model to its name ({self.words}).")

    def lacks(self, names: Iterable[str]) -> tuple[str, ...]:
        """Those of the names that are not listed; none of a server that lists nothing at all."""
        return tuple(name for name in names if not self.find(name)) if self.offers else ()

    @property
    def words(self) -> str:
        """The names, for people."""
        names = [offer.id for offer in self.offers[:_SHOWN]]
        more = len(self.offers) - len(names)
        if not names:
            return "none listed; the address ends in /v1 as a rule"
        return f"there are {', '.join(names)}{f' and {more} more' if more else ''}"


def _offer(model: object) -> Offer | None:
    if not isinstance(model, Mapping) or not isinstance(name := model.get("id"), str) or not name:
        return None
    can, parent = model.get("capabilities"), model.get("parent")
    return Offer(
        name[:_LONGEST],
        parent if isinstance(parent, str) else "",
        # OpenRouter and others give a list of words under that name
        can if isinstance(can, Mapping) else {},
    )
