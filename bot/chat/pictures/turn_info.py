"""What Info says about a picture."""

from bot.domain.conversation import Turn
from bot.domain.flags import Read, flags_of, read_flags
from bot.domain.options import NO_STYLE, Options, size_named
from bot.domain.sanitize import clean
from bot.domain.wildcards import has_wildcards
from bot.errors import BadOption
from bot.i18n import Language
from bot.texts import answers as words
from bot.texts import how, references, ways
from model.settings import ImageSettings

_LONGEST_MESSAGE = 2000  # characters, Discord's limit
_LONGEST_BLOCK = 1000  # characters of a prompt that leave room for the rest of a message, in every language

_LONGEST_INSTRUCTION = 200  # characters


def fits_a_block(prompt: str) -> bool:
    """Whether a prompt can be shown as it is in a block of code, which Discord copies at a tap."""
    return len(prompt) <= _LONGEST_BLOCK and "```" not in prompt


def info(
    language: Language,
    turn: Turn,
    image: ImageSettings,
    *,
    seeds: bool = True,
    negative_prompt: bool = True,
) -> str:
    """Everything that makes a picture again; a prompt that does not fit a block belongs into a file below.

    `image` are the settings of the turn's model. Without `seeds` or `negative_prompt` none is told: the
    engine makes nothing of them.
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
    if command := as_command(turn, image):
        again = f"{text}\n{how.INFO_COMMAND(language, command=command)}"
        return again if len(again) <= _LONGEST_MESSAGE else text
    return text


def as_command(turn: Turn, image: ImageSettings) -> str:
    """What paints the picture again: /imagine with everything as flags, which `bot.domain.flags` reads.

    Of several pictures it is the picked one, or all of them. `image` are the settings of the turn's model.
    Nearly everything is said, also what is usual: whoever pastes it may prefer otherwise. "" where no
    command does it: pictures that came from another one, sizes that no shape gives, words that would be read
    as flags.
    """
    used = turn.parameters
    size = size_named(used.width, used.height, image)
    brought = used.keep or used.reference_as or turn.way in ("edit", "region")
    if used.scale != 1 or brought or size is None:
        return ""
    picked = used.picked is not None
    unusual = used.guidance > 1 and used.negative_prompt != image.negative_prompt
    options = Options(
        style=NO_STYLE,  # its words are in the prompt
        seed=(used.seed + (used.picked or 0)) % 2**32,
        count=1 if picked else used.count,
        size=size,
        exact=True,
        model=used.model,
        negative=used.negative_prompt if unusual else None,
        steps=used.steps,
        guidance=used.guidance,
        scheduler=used.scheduler,
        loras=used.loras or None,
    )
    prompt = " ".join((turn.target_prompt or "").split())
    said = f"{prompt} {flags_of(options)}"
    if "`" in said or has_wildcards(prompt) or not _is_read(said, Read(prompt, options)):
        return ""
    return f"/imagine prompt: {said}"


def _is_read(said: str, meant: Read) -> bool:
    """Whether a typed text would be read as it is meant; a prompt may hold what looks like a flag."""
    try:
        return read_flags(clean(said)) == meant
    except BadOption:
        return False
