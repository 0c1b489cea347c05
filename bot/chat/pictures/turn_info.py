"""What Info says about a picture."""

from bot.domain.aspects import aspect_of
from bot.domain.conversation import Turn
from bot.i18n import Language
from bot.texts import answers as words
from bot.texts import how, references, ways

_LONGEST_MESSAGE = 2000  # characters, Discord's limit
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
        changed = ways.INFO_EDITED if turn.way == "edit" else ways.INFO_REGION
        lines.append(changed(language, instruction=turn.instruction.replace("`", "")[:_LONGEST_INSTRUCTION]))
    elif used.keep:
        lines.append(words.INFO_PAINTED_OVER(language, keep=used.keep))
    if used.negative_prompt and negative_prompt:
        lines.append(words.INFO_NOT_WANTED(language, prompt=used.negative_prompt.replace("`", "")[:200]))
    if used.style:
        lines.append(how.INFO_STYLE(language, name=used.style.replace("`", "")))
    if used.scheduler:
        lines.append(how.INFO_SCHEDULER(language, name=used.scheduler))
    if used.reference_as:
        lines.append(references.INFO[used.reference_as](language))
    text = "\n".join(lines)
    if used.scale == 1 and not used.keep and not used.reference_as:
        again = f"{text}\n{how.INFO_COMMAND(language, command=as_command(turn))}"
        return again if len(again) <= _LONGEST_MESSAGE else text
    return text


def as_command(turn: Turn) -> str:
    """What paints the picture again: /imagine with everything as flags, which `bot.domain.flags` reads.

    Of several pictures it is the picked one, or all of them. For pictures painted from noise.
    """
    used = turn.parameters
    picked = used.picked is not None
    flags = {
        "ar": aspect_of(used.width, used.height),
        "seed": str((used.seed + (used.picked or 0)) % 2**32),
        "steps": str(used.steps),
        "cfg": f"{used.guidance:g}" if used.guidance else "",
        "sampler": used.scheduler or "",
        "count": str(used.count) if used.count > 1 and not picked else "",
        "no": _plain(used.negative_prompt) if used.guidance > 1 else "",
    }
    said = [f"--{name} {value}" for name, value in flags.items() if value]
    prompt = _plain(turn.target_prompt or "")
    return " ".join(["/imagine prompt:", prompt, "--exact", *said])


def _plain(text: str) -> str:
    """Words in one line, in which nothing ends the block of code or begins a flag."""
    return " ".join(text.replace("`", "").split()).replace("--", "-")
