"""The editor's pairs, a few steps of its training at a small size, and its checkpoint in the engine."""

import io
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from transformers import CLIPTextModel

from model.engine import PaintRequest
from model.pictures.painter import Painter as Engine
from model.presets import resolve
from model.tiny.render import render
from training.tiny.editing.export import export_editor
from training.tiny.editing.pairs import Pairs, make, row
from training.tiny.editing.train import EditorRecipe, draw_batch, grown, shipped_basis, train
from training.tiny.export import DESTINATION
from training.tiny.unet import Painter, UNetRecipe, build

torch.set_num_threads(1)
RECIPE = EditorRecipe(rows=4, batch=4, steps=2)


def small() -> Painter:
    torch.manual_seed(0)
    text = CLIPTextModel.from_pretrained(DESTINATION / "sd" / "text_encoder", dtype=torch.float32)
    return Painter(grown(build(UNetRecipe(channels=(32, 64)), 16, text.config.hidden_size)), text)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("editing")
    make(folder / "pairs", shipped_basis(), RECIPE.rows, seed=0, processes=1)
    train(folder / "pairs", folder / "edit", RECIPE, small())
    return folder


def test_rows_are_the_same_everywhere_and_change_what_they_say() -> None:
    one = row(0, 5)
    assert one == row(0, 5) != row(0, 6)
    for index in range(20):
        for edit in row(0, index).edits:
            assert edit.instruction
            assert (edit.after == row(0, index).before) == (edit.kind == "nothing")


def test_pairs_are_kept_as_latents_beside_their_words(out: Path) -> None:
    pairs = Pairs.load(out / "pairs")
    assert pairs.rows == [row(0, index) for index in range(RECIPE.rows)]
    drawn = np.asarray(render(pairs.rows[2].before, 2), np.float32) / 127.5 - 1
    latents = shipped_basis().encode(torch.from_numpy(drawn).permute(2, 0, 1)[None])
    assert np.allclose(pairs.latents[2, 0], latents[0], atol=0.01)
    with pytest.raises(FileNotFoundError, match="training tiny pairs"):
        Pairs.load(out)


def test_a_grown_network_paints_as_before_whatever_picture_it_is_given() -> None:
    unet = build(UNetRecipe(channels=(32, 64)), 16, 192)
    seen, words = torch.randn(2, 16, 16, 16), torch.randn(2, 8, 192)
    with torch.no_grad():
        plain = unet(seen, torch.tensor([500.0, 900.0]), words).sample
        wider = grown(unet)(
            torch.cat([seen, torch.randn_like(seen)], 1), torch.tensor([500.0, 900.0]), words
        ).sample
    assert torch.allclose(plain, wider, atol=1e-5)


def test_a_batch_leaves_out_text_and_picture_and_weighs_what_changes(out: Path) -> None:
    pairs = Pairs.load(out / "pairs")
    batch = draw_batch(pairs, EditorRecipe(batch=200, drop=0.1, rough=0.0), np.random.default_rng(0))
    blind = batch.before.flatten(1).abs().amax(1) == 0
    mute = torch.tensor([not words for words in batch.words])
    assert 0.1 < blind.float().mean() < 0.3
    assert 0.1 < mute.float().mean() < 0.3
    assert (blind & mute).any()
    assert (blind & ~mute).any()
    assert (mute & ~blind).any()
    told = ~blind & ~mute
    same = (batch.after - batch.before).abs().amax(1, keepdim=True) < 0.05
    weights = batch.weights[told]
    assert weights[same[told]].max() < weights.max()
    assert batch.weights.mean() == pytest.approx(1.0)


def test_the_checkpoint_borrows_the_painters_parts_and_edits_in_the_engine(out: Path, tmp_path: Path) -> None:
    export_editor(out, tmp_path)
    assert not (tmp_path / "edit" / "vae").exists()
    image = {"editor": str(tmp_path / "edit"), "device": "cpu", "threads": 1}
    engine = Engine.load(resolve("tiny", image=image).image)
    buffer = io.BytesIO()
    render(row(0, 1).before, 1).save(buffer, "PNG")
    request = PaintRequest(
        "a blue house", (1,), 128, 128, 1, 2.0, way="edit", init_image=buffer.getvalue(),
        instruction="make it blue",
    )  # fmt: skip
    edited = engine.paint(request)
    assert edited.model == "edit"
    assert Image.open(io.BytesIO(edited.pictures[0].png)).size == (128, 128)


def test_training_goes_on_where_it_stopped(out: Path, tmp_path: Path) -> None:
    shutil.copytree(out / "edit", tmp_path / "edit")
    before = torch.load(tmp_path / "edit" / "editor.pt", weights_only=True)
    train(out / "pairs", tmp_path / "edit", EditorRecipe(rows=4, batch=4, steps=3), small())
    after = torch.load(tmp_path / "edit" / "editor.pt", weights_only=True)
    assert (before["done"], after["done"]) == (2, 3)
