"""The encoder that is written down: a stock autoencoder's weights that compute the basis exactly."""

import numpy as np
import pytest
import torch

from model.tiny.render import render
from training.tiny.autoencoder import AutoencoderRecipe, build
from training.tiny.basis import Basis, write_encoder
from training.tiny.data import scene_of


@pytest.fixture(scope="module")
def images() -> torch.Tensor:
    drawn = [np.asarray(render(scene_of(0, i), i)) for i in range(24)]
    return torch.from_numpy(np.stack(drawn)).permute(0, 3, 1, 2).float() / 127.5 - 1


def test_latents_have_mean_zero_and_mean_square_one(images: torch.Tensor) -> None:
    latents = Basis.fit(images, 16).encode(images)
    assert latents.shape == (24, 16, 16, 16)
    assert latents.mean((0, 2, 3)).abs().max() < 1e-4
    assert latents.square().mean() == pytest.approx(1.0, abs=1e-3)


def test_components_come_in_order_of_weight(images: torch.Tensor) -> None:
    deviations = Basis.fit(images, 8).encode(images).std((0, 2, 3))
    assert torch.equal(deviations, deviations.sort(descending=True).values)


@pytest.mark.parametrize("half", [False, True])
def test_the_stock_encoder_computes_the_basis(images: torch.Tensor, half: bool) -> None:
    basis = Basis.fit(images, 16)
    model = build(AutoencoderRecipe())
    write_encoder(model, basis)
    if half:
        model = model.half().float()
    with torch.no_grad():
        posterior = model.encode(images[:4]).latent_dist
    assert (posterior.mean - basis.encode(images[:4])).abs().max() < 0.03
    assert posterior.std.max() < 0.06
