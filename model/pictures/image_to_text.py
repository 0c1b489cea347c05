"""Captions of any picture by an image-to-text model of transformers, as Florence-2, BLIP or SmolVLM."""

import re
from collections.abc import Sequence
from typing import Any

import torch
from PIL import Image

from model.hardware import pick_device
from model.loading import check_folder, load_errors, location

_WHAT = "captioner"
_TASK = "<CAPTION>"  # Florence-2's word for a short caption (its model card)
_QUESTION = "Describe this picture in one short sentence."
_MOST_TOKENS = 48
# What chat models say before: a thought, a word of assent, a name for what comes
_BEFORE = re.compile(
    r"^(?:.*</think>|(?:sure|certainly|of course)[!.,]|here(?:'s| is)[^:]{0,60}:"
    r"|(?:caption|description|answer):)\s*",
    re.IGNORECASE,
)
_PREAMBLE = re.compile(
    r"^(?:in |this is )?(?:this|the|an?) (?:image|picture|photo(?:graph)?)"
    r"(?:,| (?:shows|depicts|features|captures|displays|is of|of))\s+",
    re.IGNORECASE,
)
_NO_END = ("St", "Mr", "Ms", "Mrs", "Dr", "Mt", "No", "no", "vs", "[A-Z]")  # "a St. Bernard", "a U.S. flag"
_SENTENCE_END = re.compile(r"(?<=[.!?])" + "".join(rf"(?<!\b{word}\.)" for word in _NO_END) + r"\s")


class ImageToText:
    """A loaded model; build it with `load`.

    How it is asked is seen from its processor: one with tasks (Florence-2) gets a task, one with a chat
    template a question, any other (BLIP, GIT) the picture alone.
    """

    def __init__(self, model: Any, processor: Any, device: torch.device) -> None:
        self._model, self._processor, self._device = model.eval().to(device), processor, device
        if getattr(processor, "chat_template", None):
            processor.tokenizer.padding_side = "left"  # the answers begin where the prompts end

    @classmethod
    def load(cls, name: str, device: str = "auto") -> "ImageToText":
        """Open a folder or hub id. Raises LoadError with what to do."""
        from transformers import AutoModelForImageTextToText, AutoProcessor

        check_folder(name, "config.json", _WHAT)
        with load_errors(_WHAT, name, "name an image-to-text model of transformers, as Florence-2 or BLIP"):
            model = AutoModelForImageTextToText.from_pretrained(
                location(name), trust_remote_code=False, use_safetensors=True, dtype=torch.float32
            )
            processor = AutoProcessor.from_pretrained(location(name), trust_remote_code=False)
        return cls(model, processor, pick_device(device))

    def describe(self, image: Image.Image, reading: int = 0) -> str:
        """A caption in one short sentence, without the full stop; readings after the first are sampled."""
        return self.captions([image], reading)[0]

    @torch.inference_mode()
    def captions(self, images: Sequence[Image.Image], reading: int = 0) -> list[str]:
        """A caption for each RGB picture; reading 0 of each is the same whatever else is in the batch."""
        inputs = self._inputs([image.convert("RGB") for image in images]).to(self._device)
        sampling: dict[str, Any] = {"do_sample": False}
        if reading:
            sampling = {"do_sample": True, "temperature": 0.8, "top_p": 0.9}
            torch.manual_seed(reading)
        tokens = self._model.generate(
            **inputs, max_new_tokens=_MOST_TOKENS, num_beams=1, repetition_penalty=1.1, **sampling
        )
        if "input_ids" in inputs and not self._model.config.is_encoder_decoder:
            tokens = tokens[:, inputs["input_ids"].shape[1] :]
        return [caption(text) for text in self._processor.batch_decode(tokens, skip_special_tokens=True)]

    def _inputs(self, images: list[Image.Image]) -> Any:
        if hasattr(self._processor, "task_prompts_without_inputs"):
            return self._processor(images=images, text=[_TASK] * len(images), return_tensors="pt")
        if not getattr(self._processor, "chat_template", None):
            return self._processor(images=images, return_tensors="pt")
        chats = [
            [
                {
                    "role": "user",
                    "content": [{"type": "image", "image": image}, {"type": "text", "text": _QUESTION}],
                }
            ]
            for image in images
        ]
        return self._processor.apply_chat_template(
            chats,
            add_generation_prompt=True,
            tokenize=True,
            return_dict=True,
            return_tensors="pt",
            processor_kwargs={"padding": True},
            **({"enable_thinking": False} if "enable_thinking" in str(self._processor.chat_template) else {}),
        )


def caption(text: str) -> str:
    """The first sentence of what a model said, without words about there being a picture; "" where it never
    came to an end of thinking."""
    plain = " ".join(text.split())
    while before := _BEFORE.match(plain):
        plain = plain[before.end() :]
    if plain.startswith("<think>"):
        return ""
    first = _SENTENCE_END.split(plain.strip('"“”*'), maxsplit=1)[0]
    return _PREAMBLE.sub("", first).strip(' .,"“”*')
