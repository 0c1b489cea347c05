"""What Info says about a picture."""

from bot.domain.conversation import Turn
from bot.i18n import Language
from bot.texts import answers as words
from bot.texts import ways

_LONGEST_BLOCK = 1500  # characters of a prompt that leave room for the rest of a message

_LONGEST_INSTRUCTION = 200  # characters


def fits_a_block(prompt: str) -> bool:
    """Whether a prompt can be shown as it is in a block of code, which Discord copies at a tap."""
    return len(prompt) <= _LONGEST_BLOCK and "```" not in prompt


def info(language: Language, turn: Turn, *, seeds: bool = True, negative_prompt: bool = True) -> str:
    """Everything that makes a picture again; a prompt that does not fit a block belongs into a file below.

    Without `seeds` or `negative_prompt` none is told: the engine makes nothing of them.
    """
    used = turn.parameters
    prompt = turn.target_prompt or ""
    numbers = ", ".join(str(image.seed) for image in turn.images) or str(used.seed)
    lines = [
        words.INFO(
            language,
            prompt=f"```\n{prompt}\n```" if fits_a_block(prompt) else words.INFO_PROMPT_BELOW,
            seeds=numbers if seeds else "–",
            steps=used.steps,
            guidance=used.guidance,
            width=used.width * used.scale,
            height=used.height * used.scale,
            models=" · ".join(name for name in (turn.llm_model, turn.painter_model) if name),
        )
    ]
    if turn.way in ("edit", "region"):
        text = ways.INFO_EDITED if turn.way == "edit" else ways.INFO_REGION
        lines.append(text(language, instruction=turn.instruction.replace("`", "")[:_LONGEST_INSTRUCTION]))
    elif used.keep:
        lines.append(words.INFO_PAINTED_OVER(language, keep=used.keep))
    if used.negative_prompt and negative_prompt:
        lines.append(words.INFO_NOT_WANTED(language, prompt=used.negative_prompt.replace("`", "")[:200]))
    return "\n".join(lines)
