"""The pipeline of [image] and the whole pipelines of [models.NAME], of which as many stay loaded as fit.

One worker process holds them all. The one that a request names is loaded if it is not there; where the
weights of all would then pass the budget ([image] memory), those that were used longest ago go first. The
budget counts weights, wherever `offload` keeps them. One pipeline is always allowed, however large.
"""

import contextlib
import gc
import logging
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import torch
from huggingface_hub import try_to_load_from_cache

from model.engine import Capabilities, OnProgress, PainterInfo, PaintProgress, PaintRequest, PaintResult
from model.errors import BadRequest, LoadError, ModelError, Unsupported
from model.hardware import memory_of, pick_device
from model.loading import check_pipeline, display_name, is_local, path_of
from model.pictures.editor import with_editor
from model.pictures.outlook import foreseen
from model.pictures.painter import Painter
from model.pictures.requests import check_settings
from model.pictures.safety import PictureCheck
from model.pictures.setting_checks import check_image_settings
from model.pictures.upscaler import Upscaler
from model.pictures.ways import check
from model.settings import ImageSettings

log = logging.getLogger(__name__)

Load = Callable[[ImageSettings, PictureCheck | None], Painter]

_SHARE = 0.6  # of the device's memory; the rest is for the language model and for what painting itself needs
_GIB = 2**30


class Painters:
    """Painters by name, "" for the one of [image], loaded when asked for and within the budget of bytes.

    `load` makes one; `settings` has those of all names.
    """

    def __init__(
        self,
        settings: Mapping[str, ImageSettings],
        safety: PictureCheck | None,
        budget: int,
        load: Load = Painter.load,
        upscaler: Upscaler | None = None,
    ) -> None:
        self._settings, self._safety, self._budget, self._load = settings, safety, budget, load
        self._loaded: OrderedDict[str, Painter] = OrderedDict()  # the one used last is at the end
        self._sizes: dict[str, int] = {}
        self._able: dict[str, Capabilities] = {}
        self._upscaler = upscaler

    @classmethod
    def load(
        cls, image: ImageSettings, models: Mapping[str, ImageSettings], safety: PictureCheck | None = None
    ) -> "Painters":
        """Load the pipeline of [image] and look at the small files of the others.

        Raises LoadError or ConfigError, also for one of the others that is not there or does not fit.
        """
        # small, and only the loaded one says how much larger it makes pictures
        upscaler = Upscaler.load(image) if image.upscaler else None
        painters = cls({"": image, **models}, safety, _budget(image), upscaler=upscaler)
        for name, one in models.items():
            painters.foresee(name, one)
        painters.get("")
        return painters

    def foresee(self, name: str, settings: ImageSettings) -> None:
        """Note what a pipeline can do before it is loaded. Raises LoadError or ConfigError."""
        check_pipeline(settings.model)
        check_image_settings(settings)
        able = Capabilities()
        if (seen := foreseen(settings)) is not None:
            family, schedulers = seen
            check_settings(family, settings, f"models.{name}")
            references = family.references(adapted=bool(settings.ip_adapter))
            able = replace(family.capabilities, schedulers=schedulers, references=references)
        self._able[name] = with_editor(able, settings)

    def infos(self, *, finds_regions: bool = False) -> dict[str, PainterInfo]:
        """Every painter's name and abilities; a mask from words is the same model's work for all."""
        return {
            name: PainterInfo(
                display_name(one.model),
                replace(
                    self._able.get(name, Capabilities()),
                    finds_regions=finds_regions,
                    upscale=self._upscaler.scale if self._upscaler else 0,
                ),
            )
            for name, one in self._settings.items()
        }

    @property
    def loaded(self) -> tuple[str, ...]:
        """The names of those in memory, the one used last at the end."""
        return tuple(self._loaded)

    def paint(self, request: PaintRequest, on_progress: OnProgress | None = None) -> PaintResult:
        """The pictures, by the painter that the request names; tells of its loading first.

        Raises what `Painter.paint` does, BadRequest for an unknown name, and LoadError or ConfigError.
        """
        [outcome] = self.paint_together([request], [on_progress])
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def paint_together(
        self, requests: Sequence[PaintRequest], on_progress: Sequence[OnProgress | None]
    ) -> list[PaintResult | Exception]:
        """What `paint` returns or raises for each request; those of one painter in one batch."""
        outcomes = dict(self.paint_each(requests, on_progress))
        return [outcomes[n] for n in range(len(requests))]

    def paint_each(
        self, requests: Sequence[PaintRequest], on_progress: Sequence[OnProgress | None]
    ) -> Iterator[tuple[int, PaintResult | Exception]]:
        """The place of each request and what `paint_together` gives for it, as soon as it is there."""
        for n, request in enumerate(requests):
            if request.upscale:
                yield n, self._enlarged(request)
        left = [n for n, request in enumerate(requests) if not request.upscale]
        for model in dict.fromkeys(requests[n].model for n in left):
            places = [n for n in left if requests[n].model == model]
            # one that nobody waits for any more raises from its report, and ends by itself in the batch
            try:
                painter = self.get(model, _telling(on_progress[n] for n in places))
            except (ModelError, torch.OutOfMemoryError) as error:
                yield from ((n, error) for n in places)
                continue
            asked, reports = [requests[n] for n in places], [on_progress[n] for n in places]
            for place, outcome in painter.paint_each(asked, reports):
                yield places[place], outcome

    def _enlarged(self, request: PaintRequest) -> PaintResult | Exception:
        try:
            check(request)
            if request.way != "keep" or len(request.seeds) != 1 or not request.init_image:
                raise BadRequest("One picture is made larger at a time, in the way keep.")
            if self._upscaler is None:
                raise Unsupported("Nothing makes pictures larger here: set [image] upscaler.")
            name = display_name(self._settings.get(request.model, self._settings[""]).model)
            return self._upscaler.enlarged(request, name, self._safety)
        except ModelError as error:
            return error

    def get(self, name: str, on_progress: OnProgress | None = None) -> Painter:
        """The painter of that name, loaded. Raises BadRequest, LoadError or ConfigError."""
        if name not in self._settings:
            raise BadRequest(f'There is no model "{name}" here: it may have been taken out of the settings.')
        painter = self._loaded.get(name)
        if painter is None:
            if on_progress is not None:
                on_progress(PaintProgress(0, 0, loading=name or display_name(self._settings[""].model)))
            painter = self._read(name)
            self._able[name] = painter.capabilities
        self._loaded[name] = painter
        self._loaded.move_to_end(name)
        self._sizes[name] = painter.size
        self._make_room(0, keep=name)  # its files told less than it takes, or an editor was loaded meanwhile
        return painter

    def _read(self, name: str) -> Painter:
        settings = self._settings[name]
        self._make_room(self._sizes.get(name) or _size_on_disk(settings), keep=name)
        try:
            return self._load(settings, self._safety)
        except (LoadError, torch.OutOfMemoryError) as error:
            if not self._loaded or not _for_lack_of_memory(error):
                raise
        log.warning("No memory left for %s beside the other pipelines: they go", settings.model)
        self._make_room(self._budget + 1, keep=name)
        return self._load(settings, self._safety)

    def _make_room(self, size: int, *, keep: str) -> None:
        """Take pipelines out of the memory until `size` more bytes are within the budget."""
        others = [name for name in self._loaded if name != keep]
        while others and sum(painter.size for painter in self._loaded.values()) + size > self._budget:
            name = others.pop(0)
            del self._loaded[name]
            log.info("The pipeline %s makes room", self._settings[name].model)
            gc.collect()  # pipelines and their hooks refer to each other
            if torch.accelerator.is_available():
                torch.accelerator.memory.empty_cache()


def _telling(listeners: Iterable[OnProgress | None]) -> OnProgress:
    """One listener for several; it keeps their exceptions to itself, which come again with the first step."""
    wanted = [listener for listener in listeners if listener is not None]

    def tell(progress: PaintProgress) -> None:
        for listener in wanted:
            with contextlib.suppress(Exception):
                listener(progress)

    return tell


def _budget(image: ImageSettings) -> int:
    """Bytes of weights that may be loaded together."""
    if image.memory:
        return int(image.memory * _GIB)
    device = pick_device("cpu" if image.offload != "none" else image.device)
    return int(_SHARE * memory_of(device))


def _size_on_disk(settings: ImageSettings) -> int:
    """Bytes of the pipeline's files of weights, about what they take in memory; 0 where none is here yet."""
    path = path_of(settings.model)
    if not is_local(settings.model):
        cached = try_to_load_from_cache(settings.model, "model_index.json")
        if not isinstance(cached, str):
            return 0
        path = Path(cached).parent
    if path.is_file():
        return path.stat().st_size
    ending = f".{settings.variant}.safetensors" if settings.variant else ".safetensors"
    files = {file for file in path.rglob("*.safetensors") if file.name.endswith(ending)}
    return sum(file.stat().st_size for file in files)


def _for_lack_of_memory(error: BaseException) -> bool:
    """Whether that is what a library's error, behind ours, was about."""
    return isinstance(error, torch.OutOfMemoryError) or isinstance(error.__cause__, torch.OutOfMemoryError)
