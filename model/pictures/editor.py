"""A separate pipeline for edits, `[image] editor`, beside one that paints and cannot edit.

Its weights are loaded by the first edit. What it can do is known before, from the class that its index
names: members are offered edits without waiting for a model that nobody may ask for.
"""

from dataclasses import replace
from typing import Any

from model.engine import Capabilities
from model.loading import display_name
from model.pictures.families import Family, editor_of, edits_several, inpainting_of
from model.pictures.pipelines import editor_class, load_editor
from model.settings import ImageSettings


class Editor:
    """The editor that the settings name. Raises LoadError where it names none."""

    def __init__(self, settings: ImageSettings) -> None:
        self._settings = settings
        kind = editor_class(settings)
        self.region = inpainting_of(kind) is not None
        self.several = edits_several(kind)
        self._loaded: tuple[Any, Family] | None = None

    @property
    def name(self) -> str:
        """The editor's name."""
        return display_name(self._settings.editor)

    @property
    def pipe(self) -> Any | None:
        """The pipeline, while it is in memory."""
        return self._loaded[0] if self._loaded else None

    def load(self, painter: Any) -> tuple[Any, Family]:
        """The pipeline and its family, loaded where they are not; parts that it does not bring are those of
        the pipeline `painter`. Raises LoadError or ConfigError."""
        if self._loaded is None:
            pipe = load_editor(self._settings, painter)
            pipe.set_progress_bar_config(disable=True)
            self._loaded = pipe, editor_of(pipe)
        return self._loaded

    def beside(self, own: Capabilities) -> Capabilities:
        """What it can do together with a pipeline that can do `own` alone."""
        references = tuple(way for way in own.references if way != "edit")
        return replace(
            own,
            edit=True,
            region=own.region or self.region,
            several_pictures=self.several,
            references=(*references, "edit") if self.several else references,
        )

    def free(self) -> None:
        """Take the weights out of the memory again; the next edit loads them anew."""
        self._loaded = None


def with_editor(own: Capabilities, settings: ImageSettings, editor: Editor | None = None) -> Capabilities:
    """What a pipeline that can do `own` can do with the editor of its settings, or by itself (`diffedit`).

    `editor` is that editor, where it was made already. Raises LoadError where it edits no pictures.
    """
    if settings.diffedit:
        return replace(own, edit=True, by_prompts=True)
    return (editor or Editor(settings)).beside(own) if settings.editor else own
