"""The models without Discord: `python -m model edit|paint|describe|score|serve`.

    python -m model edit "a red house" "make it night"
    python -m model edit "a red house at night" "undo that" --history steps.jsonl
    python -m model paint "a red house at night" --out house.png --seed 1 --steps 8
    python -m model paint "a blue house at night" --edit "make the house blue" --image house.png
    python -m model describe house.png
    python -m model score house.png "a red house at night"
    python -m model serve --port 8000

`--history` has the steps that led to the prompt, a line of JSON each (`{"prompt": ..., "instruction": ...}`);
a message that is no edit is answered with its mark, such as `!undo`.

All but `serve` take the models of the `bot.toml` in the present folder, where there is one; `--config` names
another file, `--preset` a preset without any. `python -m bot serve` serves the models of a `bot.toml`.

Exit code 1 when the models refuse or fail, 2 when settings or arguments are wrong; the reason is one
sentence on standard error.
"""

import argparse
import json
import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

from model.command_line import Parser
from model.engine import EditRequest, PaintProgress, PaintRequest, ReferenceAs, Step, Way
from model.errors import BadImage, BadRequest, ConfigError, LoadError, ModelError, NoGpu
from model.moderation.prompt_rules import PromptRules
from model.moderation.text_classifier import load_text_check
from model.pictures.decoding import decode_picture
from model.pictures.safety import load_picture_check
from model.presets import PRESETS, from_file, resolve
from model.serving.openai_server.options import ServeOptions
from model.settings import ImageSettings, ModelSettings

CONFIG = Path("bot.toml")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    options = _parser().parse_args(arguments)
    try:
        options.run(options, _settings(options))
    except ModelError as error:
        print(error, file=sys.stderr)
        return 2 if isinstance(error, (ConfigError, LoadError, BadRequest, BadImage)) else 1
    return 0


def _settings(options: argparse.Namespace) -> ModelSettings:
    """Of the preset that is named, else of the file that is named or lies here, else of the tiny preset."""
    if options.preset:
        try:
            return resolve(options.preset)
        except NoGpu as error:
            raise ConfigError(f"{error} --preset reads none.") from error
    if options.config or CONFIG.is_file():
        return from_file(options.config or CONFIG)
    return resolve("tiny")


def _edit(options: argparse.Namespace, settings: ModelSettings) -> None:
    from model.language.conversation import format_answer
    from model.language.llm import DiffChatLLM
    from model.language.reading import answer_of

    temperature = settings.llm.temperature if options.temperature is None else options.temperature
    history = _history(options.history) if options.history else ()
    request = EditRequest(options.source, options.instruction, options.seed, temperature, history=history)
    PromptRules(settings.safety).check_edit(request)
    llm = DiffChatLLM.load(settings.llm)
    print(format_answer(answer_of(llm.edit([request])[0])).strip())


def _history(path: str) -> tuple[Step, ...]:
    """The steps of a file of JSON lines, "-" for standard input. Raises BadRequest."""
    try:
        text = sys.stdin.read() if path == "-" else Path(path).read_text("utf-8")
        return tuple(_step(json.loads(line)) for line in text.splitlines() if line.strip())
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadRequest(
            f'The history {path} cannot be read: it needs {{"prompt": ..., "instruction": ...}} in each line.'
        ) from error


def _step(fields: dict[str, object]) -> Step:
    return Step(str(fields["prompt"]), str(fields["instruction"]))


def _paint(options: argparse.Namespace, settings: ModelSettings) -> None:
    from model.pictures.painter import Painter

    image, way = settings.image, _way(options)
    steps, guidance = image.numbers(way)
    negative = "" if way == "edit" else image.negative_prompt
    start = options.start if way == "keep" else options.image
    source = _read(start) if start else None
    width, height = (image.width, image.height) if options.image is None else _own_size(source, image)
    if not (options.prompt or options.edit):
        raise BadRequest("Say what to paint, or with --edit what to change.")
    request = PaintRequest(
        prompt=(options.prompt or options.edit) + _style(options.style, settings),
        seeds=tuple(range(options.seed, options.seed + options.count)),
        width=options.width or width,
        height=options.height or height,
        steps=options.steps or steps,
        guidance=guidance if options.guidance is None else options.guidance,
        negative_prompt=negative if options.negative is None else options.negative,
        init_image=source,
        keep=options.keep if way == "keep" else 0.0,
        way=way,
        instruction=options.edit or "",
        mask=_read(options.mask) if options.mask else None,
        more_images=tuple(map(_read, options.beside or ())),
        reference=_read(options.reference) if options.reference else None,
        reference_as=options.reference_as,
        reference_weight=options.reference_weight,
    )
    PromptRules(settings.safety).check(request.words)
    if text_check := load_text_check(settings.safety):
        text_check.check(request.words)
    result = Painter.load(image, load_picture_check(settings.safety)).paint(request, _show)
    for number, picture in enumerate(result.pictures):
        path = _numbered(options.out, number, options.count)
        path.write_bytes(picture.png)
        print(f"{path}  {picture.width}x{picture.height}  seed {picture.seed}  {result.seconds:.1f} s")


def _own_size(picture: bytes | None, image: ImageSettings) -> tuple[int, int]:
    """The picture's own width and height where they can be painted, so that nothing of it is scaled."""
    size = decode_picture(picture or b"").size
    fits = all(64 <= side <= 2048 and side % 8 == 0 for side in size)
    return size if fits else (image.width, image.height)


def _way(options: argparse.Namespace) -> Way:
    """What the options ask for. Raises BadRequest for those that do not go together."""
    if options.start and (options.image or options.mask or options.edit):
        raise BadRequest("--start is for painting over a picture: give --image with --edit or --mask alone.")
    if bool(options.image) != bool(options.edit or options.mask):
        raise BadRequest("--image needs --edit or --mask beside it, and they need --image.")
    if options.mask:
        return "region"
    if options.edit:
        return "edit"
    return "keep" if options.start else "repaint"


def _describe(options: argparse.Namespace, settings: ModelSettings) -> None:
    from model.pictures.captioner import load_captioner

    image = decode_picture(_read(options.picture))
    print(load_captioner(settings.captioner).describe(image))


def _score(options: argparse.Namespace, settings: ModelSettings) -> None:
    from model.clip.scorers import load_scorers, score_all

    image = decode_picture(_read(options.picture))
    for name, scores in score_all(load_scorers(settings.scorers), [image], [options.text]).items():
        print(f"{name:10} {float(scores[0]):.3f}")


def _serve(options: argparse.Namespace, settings: ModelSettings) -> None:
    from model.serving.openai_server.run import serve

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)-7s %(name)s: %(message)s")
    serve(settings, ServeOptions.given(options))


def _style(name: str, settings: ModelSettings) -> str:
    if name and name not in settings.styles:
        raise BadRequest(f'There is no style "{name}": choose one of {", ".join(settings.styles)}.')
    return settings.styles.get(name, "")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadImage(f"The picture {path} cannot be read ({error.strerror}): check the path.") from error


def _numbered(path: Path, number: int, count: int) -> Path:
    return path if count == 1 else path.with_stem(f"{path.stem}-{number + 1}")


def _show(progress: PaintProgress) -> None:
    """A bar on standard error, for people only."""
    if sys.stderr.isatty():
        done = 30 * progress.step // progress.of
        end = "\n" if progress.step == progress.of else ""
        bar = f"\rstep {progress.step:3} of {progress.of} [{'#' * done}{'.' * (30 - done)}]"
        print(bar, end=end, file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    common = Parser(add_help=False)
    models = common.add_mutually_exclusive_group()
    models.add_argument("--preset", help=f"one of {', '.join(PRESETS)}")
    models.add_argument("--config", type=Path, help=f"a bot.toml (default: {CONFIG}, where there is one)")
    common.add_argument("--seed", type=int, default=0, help="the same seed gives the same result")
    parser = Parser("python -m model", description="The models without Discord.")
    commands = parser.add_subparsers(required=True, metavar="command")
    _add_paint(commands, common)
    _add_serve(commands)
    edit = commands.add_parser("edit", parents=[common], help="apply an instruction to a prompt")
    edit.add_argument("source", help="the prompt to change")
    edit.add_argument("instruction", nargs="?", default="", help="nothing: write the prompt out more richly")
    edit.add_argument("--temperature", type=float, help="0 is the one likeliest answer")
    edit.add_argument("--history", metavar="FILE", help="steps before, in JSON lines; - is standard input")
    edit.set_defaults(run=_edit)

    describe = commands.add_parser("describe", parents=[common], help="say what a picture shows")
    describe.add_argument("picture", type=Path, help="a file")
    describe.set_defaults(run=_describe)

    score = commands.add_parser("score", parents=[common], help="rate a picture, and how it fits a text")
    score.add_argument("picture", type=Path, help="a file")
    score.add_argument("text", help="the short intent, not the long prompt")
    score.set_defaults(run=_score)
    return parser


def _add_paint(commands: "argparse._SubParsersAction[Parser]", common: Parser) -> None:
    paint = commands.add_parser("paint", parents=[common], help="paint a prompt")
    paint.add_argument("prompt", nargs="?", default="", help="what the finished picture shows")
    paint.add_argument("--out", type=Path, default=Path("picture.png"), help="file to write")
    paint.add_argument("--count", type=int, default=1, help="pictures, with seeds one after another")
    paint.add_argument("--style", default="", help="a style of the preset, added to the prompt")
    paint.add_argument("--negative", help="what must not be there")
    paint.add_argument("--steps", type=int, help="denoising steps, instead of the model's own")
    paint.add_argument(
        "--guidance", type=float, help="how closely to follow the prompt, instead of the model's own"
    )
    paint.add_argument("--width", type=int, help="in pixels, instead of the model's own")
    paint.add_argument("--height", type=int, help="in pixels, instead of the model's own")
    paint.add_argument("--start", type=Path, help="a picture to start from")
    paint.add_argument("--keep", type=float, default=0.4, help="how much of --start to keep, 0 to 1")
    paint.add_argument("--edit", metavar="INSTRUCTION", help="what to change in --image")
    paint.add_argument("--image", type=Path, help="the picture to change, by --edit or inside --mask")
    paint.add_argument("--mask", type=Path, help="a picture of the same size, white where --image may change")
    paint.add_argument("--beside", type=Path, action="append", help="a further picture for --edit to look at")
    paint.add_argument("--reference", type=Path, help="a picture to paint after")
    paint.add_argument(
        "--reference-as", choices=get_args(ReferenceAs), default="style", help="what is taken from it"
    )
    paint.add_argument("--reference-weight", type=float, help="how strongly, 0 to 1")
    paint.set_defaults(run=_paint)


def _add_serve(commands: "argparse._SubParsersAction[Parser]") -> None:
    serve = commands.add_parser("serve", help="serve the models by OpenAI's protocol, see docs/serving.md")
    serve.add_argument("--preset", default="tiny", help=f"one of {', '.join(PRESETS)}")
    ServeOptions.add_to(serve)
    serve.set_defaults(run=_serve)


if __name__ == "__main__":
    sys.exit(main())
