"""The pictures of a gallery's page carry the numbers of their lines."""

import io
from types import SimpleNamespace
from typing import Any, cast

from PIL import Image

from bot.chat.gallery.page import files_of


async def test_each_picture_has_the_number_of_its_line() -> None:
    plain = io.BytesIO()
    Image.new("RGB", (128, 128), "tomato").save(plain, "PNG")

    class Images:
        async def read(self, _: object) -> bytes:
            return plain.getvalue()

    found = [
        SimpleNamespace(
            image=SimpleNamespace(spoiler=False), turn=SimpleNamespace(id=number, target_prompt="a fox")
        )
        for number in (7, 8)
    ]
    files = await files_of(cast("Any", found), cast("Any", Images()), ())
    assert [file.description for file in files.values()] == ["1: a fox", "2: a fox"]
    shown = [Image.open(cast("Any", file.fp)).convert("RGB") for file in files.values()]
    corners = [picture.crop((0, 0, 24, 24)).tobytes() for picture in shown]
    assert corners[0] != corners[1]  # two numbers
    assert {picture.getpixel((100, 100)) for picture in shown} == {(255, 99, 71)}
