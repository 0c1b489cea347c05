"""A page of the gallery as a message: its pictures side by side, and for each a line with a button."""

import asyncio
import io
from collections.abc import Collection, Sequence
from typing import Any

import discord
from discord import ui
from PIL import Image, ImageDraw

from bot.chat.gallery.buttons import GoOnButton, PageButton, ShowingButton
from bot.chat.pictures.sheet_text import font
from bot.chat.pictures.uploads import UploadFile, picture_file
from bot.chat.wording.prompt_diff import escape, shorten
from bot.domain.gallery import MOST_PAGES, Shelf, Showing
from bot.errors import PictureLost
from bot.i18n import Language
from bot.store.gallery import Found, Page
from bot.store.images import ImageStore
from bot.texts import gallery as words

_WORDS = 150  # characters of a prompt in its line; escaping at most doubles them
_ALT_TEXT = 1024  # characters, Discord's limit of a picture's description
_FILE = 400_000  # bytes of a picture here: a page is looked through, and the original is a click away
_COLOUR = discord.Colour(0xFAA61A)


async def files_of(
    found: Sequence[Found], images: ImageStore, covered: Collection[int]
) -> dict[int, discord.File]:
    """The pictures by turn, small enough for a page; one whose file was lost is left out.

    Those of the turns in `covered` are shown covered, as those are that always were.
    """
    files: dict[int, discord.File] = {}
    for place, one in enumerate(found, start=1):
        try:
            png = await images.read(one.image)
        except PictureLost:
            continue
        small = await asyncio.to_thread(_numbered, f"gallery-{one.turn.id}", png, place)
        files[one.turn.id] = discord.File(
            io.BytesIO(small.data),
            small.name,
            description=shorten(f"{place}: {one.turn.target_prompt or '…'}", _ALT_TEXT),
            spoiler=one.image.spoiler or one.turn.id in covered,
        )
    return files


def _numbered(stem: str, png: bytes, place: int) -> UploadFile:
    """The picture as a file, with its line's number in a corner, as Discord's galleries have no captions."""
    with Image.open(io.BytesIO(png)) as opened:
        image = opened.convert("RGB")
    side = max(16, min(image.size) // 9)
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((4, 4, 4 + side, 4 + side), side // 4, fill="black")
    middle = 4 + side / 2
    pen.text((middle, middle), str(place), font=font(side * 3 // 4), fill="white", anchor="mm")
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return picture_file(stem, buffer.getvalue(), _FILE)


def layout(
    page: Page,
    files: dict[int, discord.File],
    language: Language,
    *,
    shelf: Shelf,
    number: int,
    search: str,
    ask: bool,
) -> ui.LayoutView:
    """The message. `ask` adds the question whether others may be shown the person's pictures."""
    view = ui.LayoutView(timeout=None)
    frame: ui.Container[ui.LayoutView] = ui.Container(accent_colour=_COLOUR)
    frame.add_item(ui.TextDisplay(_title(language, shelf, number, search)))
    if not page.found:
        frame.add_item(ui.TextDisplay((words.NOT_FOUND if search else words.NOTHING[shelf])(language)))
    if files:
        frame.add_item(ui.MediaGallery(*(discord.MediaGalleryItem(file) for file in files.values())))
    for place, one in enumerate(page.found, start=1):
        line = _line(one, place, language, credited=shelf is not Shelf.MINE, lost=one.turn.id not in files)
        button = GoOnButton(one.turn.id, words.GO_ON(language))
        frame.add_item(ui.Section(ui.TextDisplay(line), accessory=button))
    if turns := _page_buttons(page, language, shelf, number, search):
        frame.add_item(ui.ActionRow(*turns))
    view.add_item(frame)
    if ask:
        view.add_item(ui.TextDisplay(words.ASK(language)))
        answers = (Showing.NAMED, Showing.UNNAMED, Showing.HIDDEN)
        view.add_item(ui.ActionRow(*(ShowingButton(one, language) for one in answers)))
    return view


def _title(language: Language, shelf: Shelf, number: int, search: str) -> str:
    title = words.TITLES[shelf](language)
    if search:
        title = words.WITH_WORDS(language, title=title, words=escape(search))
    return words.PAGE(language, title=title, page=number + 1) if number else title


def _line(one: Found, place: int, language: Language, *, credited: bool, lost: bool) -> str:
    about = [f"❤️ {one.hearts}"] if one.hearts else []
    about.append(words.LINK(language, link=one.link))
    if credited and one.showing is Showing.NAMED:
        about.append(words.BY(language, author=f"<@{one.turn.author_id}>"))
    if lost:
        about.append(words.LOST(language))
    said = escape(shorten(one.turn.target_prompt or "…", _WORDS))
    return words.ENTRY(language, number=place, words=said, about=" · ".join(about))


def _page_buttons(
    page: Page, language: Language, shelf: Shelf, number: int, search: str
) -> list[ui.Item[Any]]:
    back = PageButton(shelf, number - 1, search, label=words.BACK(language), emoji="◀️") if number else None
    further = None
    if page.more and number + 1 < MOST_PAGES:
        further = PageButton(shelf, number + 1, search, label=words.FURTHER(language), emoji="▶️")
    return [button for button in (back, further) if button is not None]
