"""A picture with a region marked, to be looked at before anything is painted there."""

import io

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter

from bot.domain.regions import Squares

_LONGEST = 768  # pixels of a side: enough to see a place, and quick to load on a phone
_DARK = 0.4  # brightness of what stays
_LINE = 3  # pixels of the outline
_OUTLINE, _GRID = "#ffd400", "#ffffff"


def outlined(picture: bytes, mask: bytes, *, grid: bool = False) -> bytes:
    """The picture as JPEG bytes: what may change is bright and has an outline, the rest is dark.

    A mask in which nothing is chosen leaves it as bright as it was. With `grid` the squares are drawn, with
    their numbers from 1.
    """
    shown = _small(Image.open(io.BytesIO(picture)).convert("RGB"), Image.Resampling.LANCZOS)
    place = Image.open(io.BytesIO(mask)).convert("RGBA").getchannel("R")
    place = place.resize(shown.size, Image.Resampling.NEAREST)
    if place.getbbox() is not None:
        dark = ImageEnhance.Brightness(shown).enhance(_DARK)
        edge = ImageChops.subtract(place.filter(ImageFilter.MaxFilter(2 * _LINE - 1)), place)
        shown = Image.composite(shown, dark, place)
        shown.paste(_OUTLINE, mask=edge)
    if grid:
        _draw_grid(shown)
    file = io.BytesIO()
    shown.save(file, "JPEG", quality=88)
    return file.getvalue()


def _small(picture: Image.Image, method: Image.Resampling) -> Image.Image:
    """The picture with its longer side at `_LONGEST`; smaller ones grow, so that numbers can be read."""
    share = _LONGEST / max(picture.size)
    return picture.resize((round(picture.width * share), round(picture.height * share)), method)


def _draw_grid(picture: Image.Image) -> None:
    pen = ImageDraw.Draw(picture)
    size = min(picture.size) // 16
    for square, (left, top, right, bottom) in enumerate(Squares.of(-1).boxes(*picture.size), start=1):
        pen.rectangle((left, top, right, bottom), outline=_GRID)
        corner = left + size // 3, top
        pen.text(corner, str(square), _GRID, font_size=size, stroke_width=2, stroke_fill="black")
