"""The autoencoder's encoder, written down instead of trained: a principal component analysis of 8x8 blocks.

TinyWorld's pictures are so regular that the first components of a block say most of what is in it. They are
fixed before anything is trained, so the U-Net can learn their latents while the decoder still learns to paint
from them. `write_encoder` puts the analysis into the weights of a stock `AutoencoderKL`, so that the usual
code encodes with it: each downsampling gathers 2x2 neighbours, the last one takes the components. What is
left of the network is passed in ways that change nothing: residual branches are zero, and the last
normalisation and SiLU are undone (`silu(u) - silu(-u) = u`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F
from torch import nn

if TYPE_CHECKING:
    from diffusers import AutoencoderKL

BLOCK = 8
_RAIL = 32.0
"""Constant channels beside the data that fix the last normalisation's scale, whatever the picture."""


@dataclass(frozen=True)
class Basis:
    """Latent k of a block is `(project[k] * block).sum() + offset[k]`: (c, 3, 8, 8) and (c,)."""

    project: torch.Tensor
    offset: torch.Tensor

    @classmethod
    def fit(cls, images: torch.Tensor, components: int) -> Basis:
        """Principal components of the blocks of `images` (n, 3, h, w) in [-1, 1].

        Each component's deviation is drawn halfway (on a log scale) to 1, so that what matters most in the
        picture also weighs most in the latents; together they have mean square 1.
        """
        blocks = F.unfold(images, BLOCK, stride=BLOCK).transpose(1, 2).flatten(0, 1)
        mean = blocks.mean(0)
        centred = blocks - mean
        values, vectors = torch.linalg.eigh((centred.T @ centred / len(centred)).double())
        values, vectors = values.flip(0)[:components].float(), vectors.flip(1)[:, :components].float()
        vectors = vectors * torch.sign(vectors.sum(0))
        project = (vectors * values**-0.25 / values.sqrt().mean().sqrt()).T
        return cls(project.reshape(components, 3, BLOCK, BLOCK), -(project @ mean))

    def encode(self, images: torch.Tensor) -> torch.Tensor:
        """Latents (n, c, h/8, w/8) of pictures (n, 3, h, w) in [-1, 1]."""
        return F.conv2d(images, self.project, self.offset, stride=BLOCK)


@torch.no_grad()
def write_encoder(model: AutoencoderKL, basis: Basis) -> None:
    """Set the encoder's weights so that its mean is `basis.encode` (to a few thousandths)."""
    encoder = model.encoder
    for module in (encoder, model.quant_conv):
        for parameter in module.parameters():
            parameter.zero_()
    _identity(encoder.conv_in)
    for block in encoder.down_blocks:
        if block.resnets[0].conv_shortcut is not None:
            _identity(block.resnets[0].conv_shortcut)
    first, second, third = (block.downsamplers[0].conv for block in encoder.down_blocks[:3])
    _gather(first, 3)
    _gather(second, 12)
    _take_components(third, basis)
    _pass_through_norm(encoder.conv_norm_out, encoder.conv_out, len(basis.offset))
    model.quant_conv.weight.copy_(torch.eye(2 * len(basis.offset))[:, :, None, None])
    model.quant_conv.bias[len(basis.offset) :] = -6.0


def read_encoder(model: AutoencoderKL) -> Basis:
    """The basis that `write_encoder` put into the encoder's weights."""
    third = model.encoder.down_blocks[2].downsamplers[0].conv
    slots = [_slots(component)[0] for component in range(model.config.latent_channels)]
    # (count, dy1, dx1, dy0, dx0, c, dy2, dx2) back to (count, c, dy2, dy1, dy0, dx2, dx1, dx0)
    weight = third.weight[slots, :48, :2, :2].detach().reshape(-1, 2, 2, 2, 2, 3, 2, 2)
    project = weight.permute(0, 5, 6, 1, 3, 7, 2, 4).reshape(-1, 3, BLOCK, BLOCK)
    return Basis(project.float().contiguous(), third.bias[slots].detach().float().contiguous())


def _identity(conv: nn.Conv2d) -> None:
    """Each output channel copies the input channel of its number."""
    middle = conv.kernel_size[0] // 2
    for channel in range(min(conv.in_channels, conv.out_channels)):
        conv.weight[channel, channel, middle, middle] = 1.0


def _gather(conv: nn.Conv2d, count: int) -> None:
    """2x2 neighbours of `count` channels side by side: channel (dy*2 + dx)*count + c."""
    for dy in range(2):
        for dx in range(2):
            for c in range(count):
                conv.weight[(dy * 2 + dx) * count + c, c, dy, dx] = 1.0


def _slots(component: int) -> tuple[int, int]:
    """The channels of a component and its negative: two components to each group of sixteen channels."""
    place = component // 2 * 16 + component % 2 * 2
    return place, place + 1


def _take_components(conv: nn.Conv2d, basis: Basis) -> None:
    """From 48 channels (a 4x4 block each) and 2x2 neighbours to components, negatives and the rails."""
    # channel ((dy1*2 + dx1)*2 + dy0)*2 + dx0)*3 + c of neighbour (dy2, dx2) is pixel 4*d2 + 2*d1 + d0
    count = len(basis.offset)
    weight = basis.project.reshape(count, 3, 2, 2, 2, 2, 2, 2)  # c, dy2, dy1, dy0, dx2, dx1, dx0
    weight = weight.permute(0, 3, 6, 4, 7, 1, 2, 5).reshape(count, 48, 2, 2)
    bias: torch.Tensor = conv.bias  # type: ignore[assignment]  # diffusers' convolutions have one
    bias.view(-1, 16)[:, 4:10] = _RAIL
    bias.view(-1, 16)[:, 10:] = -_RAIL
    for component in range(count):
        plus, minus = _slots(component)
        conv.weight[plus, :48, :2, :2] = weight[component]
        conv.weight[minus, :48, :2, :2] = -weight[component]
        bias[plus], bias[minus] = basis.offset[component], -basis.offset[component]


def _pass_through_norm(norm: nn.GroupNorm, out: nn.Conv2d, count: int) -> None:
    """Undo group normalisation (its deviation is that of the rails) and SiLU, and name the latents."""
    deviation = _RAIL * (12 / 16) ** 0.5
    for component in range(count):
        plus, minus = _slots(component)
        norm.weight[[plus, minus]] = deviation
        out.weight[component, plus, 1, 1] = 1.0
        out.weight[component, minus, 1, 1] = -1.0
