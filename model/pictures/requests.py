"""What a request and the settings may ask of a picture model, by the abilities of its family.

Whatever passes reaches the pipeline: what a family has no name for is refused here, not dropped later.
"""

from model.engine import PaintRequest
from model.errors import ConfigError, Unsupported
from model.pictures.families import Call, Family, takes_ip_adapter
from model.settings import ImageSettings

_DOES = {
    "repaint": "paints nothing from words alone",
    "keep": "cannot paint over a picture: leave the picture to start from away",
    "edit": "edits no pictures: ask for another way, or name an editor in [image] editor",
    "region": "cannot paint inside a mask: ask for another way",
}


def check_request(family: Family, request: PaintRequest, *, adapted: bool = False) -> Call:
    """How this family serves the request, where it is `adapted` with an IP-Adapter.

    Raises Unsupported when it asks for what the family has not.
    """
    call = family.ways.get(request.way)
    if call is None:
        raise Unsupported(f"{family.name} {_DOES[request.way]}.")
    problem = _problem(family.name, call, request.guidance, request.negative_prompt)
    if request.more_images and not family.several:
        problem = f"{family.name} edits one picture at a time"
    if request.picture_guidance is not None and call.picture_guidance is None:
        problem = f"{family.name} has no guidance by the picture: leave picture_guidance out"
    if request.reference is not None:
        problem = problem or _about_reference(family, request, adapted=adapted)
    if problem:
        raise Unsupported(f"The picture cannot be painted like this: {problem}.")
    return call


def check_settings(family: Family, settings: ImageSettings, section: str = "image") -> None:
    """Raise ConfigError when the settings ask for what this family has not."""
    problem = _problem(family.name, family.text, settings.guidance, settings.negative_prompt)
    if not problem and settings.previews and family.decode is None:
        problem = f"{family.name} shows no picture before it is done: set previews = false"
    if not problem and settings.diffedit and not family.by_prompts:
        problem = f"{family.name} cannot edit by itself: set diffedit = false, or name an editor"
    if not problem and settings.ip_adapter and not takes_ip_adapter(family.text.kind):
        problem = f"{family.name} takes no IP-Adapter of this kind: leave ip_adapter empty"
    if problem:
        raise ConfigError(f"The settings in [{section}] do not fit {settings.model}: {problem}.")


def _about_reference(family: Family, request: PaintRequest, *, adapted: bool) -> str:
    if request.way not in family.references(adapted=adapted):
        return f"{family.name} paints after no reference picture here: leave it out, or name an ip_adapter"
    if request.reference_weight is not None and not by_adapter(request, adapted=adapted):
        return f"{family.name} reads a reference as one more picture, without a weight: leave that out"
    return ""


def by_adapter(request: PaintRequest, *, adapted: bool) -> bool:
    """Whether the reference goes to the IP-Adapter; edits and what has none take it as a further picture."""
    return adapted and request.reference is not None and request.way != "edit"


def _problem(name: str, call: Call, guidance: float, negative_prompt: str) -> str:
    if guidance and call.guidance is None:
        return f"{name} was distilled without guidance: set guidance = 0"
    if not negative_prompt:
        return ""
    if not call.negative_prompt:
        return f"{name} takes no negative prompt: leave it empty"
    if not call.separate_negative and guidance <= call.guides_from:
        return f"a negative prompt is looked at only with guidance above {call.guides_from:g}"
    return ""
