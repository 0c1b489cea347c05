"""What a request and the settings may ask of a picture model: ranges of numbers, and the family's abilities.

Whatever passes reaches the pipeline: what a family has no name for is refused here, not dropped later.
"""

from model.engine import PaintRequest
from model.errors import BadRequest, ConfigError, Unsupported
from model.pictures.families import Family
from model.settings import ImageSettings

_MOST_SEED = 2**63 - 1


def check(request: PaintRequest) -> None:
    """Raise BadRequest when a number of the request is out of range."""
    problems = {
        "at least one seed is needed": not request.seeds,
        f"seeds are 0 to {_MOST_SEED}": any(not 0 <= seed <= _MOST_SEED for seed in request.seeds),
        "width and height are multiples of 8 from 64 to 4096": any(
            not 64 <= side <= 4096 or side % 8 for side in (request.width, request.height)
        ),
        "steps are 1 to 500": not 1 <= request.steps <= 500,
        "guidance is 0 to 50": not 0 <= request.guidance <= 50,
        "keep is above 0 and at most 1 with a picture to start from": (
            request.init_image is not None and not 0 < request.keep <= 1
        ),
    }
    wrong = [rule for rule, broken in problems.items() if broken]
    if wrong:
        raise BadRequest(f"The picture cannot be painted like this: {'; '.join(wrong)}.")


def check_request(family: Family, request: PaintRequest) -> None:
    """Raise Unsupported when the request asks for what this family has not."""
    if request.init_image is not None and family.image is None:
        raise Unsupported(f"{family.name} cannot paint over a picture: leave the picture to start from away.")
    problem = _problem(family, request.guidance, request.negative_prompt)
    if problem:
        raise Unsupported(f"The picture cannot be painted like this: {problem}.")


def check_settings(family: Family, settings: ImageSettings) -> None:
    """Raise ConfigError when the settings ask for what this family has not."""
    problem = _problem(family, settings.guidance, settings.negative_prompt)
    if not problem and settings.previews and family.decode is None:
        problem = f"{family.name} shows no picture before it is done: set previews = false"
    if problem:
        raise ConfigError(f"The settings in [image] do not fit {settings.model}: {problem}.")


def _problem(family: Family, guidance: float, negative_prompt: str) -> str:
    call = family.text
    if guidance and call.guidance is None:
        return f"{family.name} was distilled without guidance: set guidance = 0"
    if not negative_prompt:
        return ""
    if not call.negative_prompt:
        return f"{family.name} takes no negative prompt: leave it empty"
    if not call.separate_negative and guidance <= call.guides_from:
        return f"a negative prompt is looked at only with guidance above {call.guides_from:g}"
    return ""
