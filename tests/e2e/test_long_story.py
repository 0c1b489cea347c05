"""Thirty messages of all kinds in two languages, with the shipped models, in a browser: what a newcomer says.

Where the bot makes something else of a message, the person does what people do: takes it back and says it in
other words. The story must end with the picture that was wanted, and how often something had to be taken
back is printed. Every message was written before it was tried.
"""

import asyncio
import time
from dataclasses import dataclass

import pytest
from playwright.async_api import Page, expect

from model.presets import resolve
from model.serving.local_engine import LocalEngine
from model.tiny.grammar import parse
from tests.browser import album, chromium, come_in, imagine
from tests.conftest import Counted
from tests.e2e.discordworld import World, open_world

pytestmark = [pytest.mark.browser, pytest.mark.slow]
__all__ = ["album"]  # a fixture
PATIENCE_MS = 90_000
QUIET_S = 8.0  # a message that the bot leaves alone is followed by nothing
STILL_S = 3.0  # the pause that collects several messages into one is shorter

FIRST = "a red house in a meadow"
NIGHT = "a red house in a meadow at night"
LANTERN = "a red house and a lantern in a meadow at night"
LARGE = "a large red house and a lantern in a meadow at night"
TREE = "a large red house and a tree in a meadow at night"
YELLOW = "a large red house and a yellow tree in a meadow at night"
DRAWN = "a large red house and a yellow tree in a meadow at night, watercolor painting"
SNOW = "a large red house and a yellow tree in a meadow at night in falling snow"
NO_TREE = "a large red house in a meadow at night in falling snow"
BLUE = "a large blue house in a meadow at night in falling snow"
FOX = "a red house and a fox in a meadow"
BLUE_FOX = "a red house and a blue fox in a meadow"
CITY = "a red house and a blue fox in a city"
BALLOON = "a blue fox and a red balloon in a city"  # what takes the place of a thing keeps its colour
DUSK = "a blue fox and a red balloon in a city at sunset"


@dataclass(frozen=True)
class Say:
    """A message, the prompt of the current picture after it, and other words for the same."""

    words: str
    then: str
    or_else: tuple[str, ...] = ()


STORY = (
    Say("make it night", NIGHT),
    Say("add a lantern", LANTERN),
    Say("thanks, that looks great!", LANTERN),
    Say("make the house bigger", LARGE, ("make the house large",)),
    Say("ersetze die Laterne durch einen Baum", TREE, ("replace the lantern with a tree",)),
    Say("der Baum soll gelb sein", YELLOW, ("mach den Baum gelb", "make the tree yellow")),
    Say("which words did you use?", YELLOW),
    Say("as a watercolor", DRAWN, ("paint it as a watercolor",)),
    Say("undo", YELLOW),
    Say("redo", DRAWN),
    Say("rückgängig", YELLOW),
    Say("lass es schneien", SNOW, ("make it snow", "let it snow")),
    Say("blargh the frobnicate", SNOW),
    Say("remove the tree", NO_TREE, ("no tree please",)),
    Say("danke!", NO_TREE),
    Say("could you make the house blue?", BLUE, ("make the house blue",)),
    Say("again", BLUE),
    Say("noch einmal", BLUE),
    Say("hello everyone", BLUE),
    Say("go back to the first picture", FIRST, ("go back to the red house",)),
    Say("and a fox please", FOX, ("add a fox",)),
    Say("mach den Fuchs blau", BLUE_FOX, ("make the fox blue",)),
    Say("how was this made?", BLUE_FOX),
    Say("in die Stadt", CITY, ("in a city", "put them in a city")),
    Say("undo", BLUE_FOX),
    Say("redo", CITY),
    Say("a balloon instead of the house", BALLOON, ("replace the house with a balloon",)),
    Say("wie schön", BALLOON),
    Say("make it sunset", DUSK, ("at sunset", "sunset please")),
    Say("perfect, thank you", DUSK),
)
"""A picture of TinyWorld has two kinds of things at most."""


def head(world: World) -> str:
    """The prompt of the current picture."""
    where = "id = (SELECT head_turn_id FROM conversations)"
    return str(world.one(f"SELECT target_prompt FROM turns WHERE {where}")["target_prompt"])


def as_wanted(prompt: str, wanted: str) -> bool:
    """Whether the prompt shows the scene, however it is beautified and whatever the order of things."""
    shown, scene = parse(prompt), parse(wanted)
    things = [sorted(one.things, key=str) for one in (shown, scene)]
    place = [(one.place, one.time, one.weather, one.style) for one in (shown, scene)]
    return things[0] == things[1] and place[0] == place[1]


async def state(world: World, page: Page) -> tuple[object, ...]:
    """Whatever an answer of the bot changes."""
    ended = "state IN ('done', 'failed', 'cancelled')"
    jobs = world.one(f"SELECT count(*) AS n, sum(CASE WHEN {ended} THEN 1 ELSE 0 END) AS ended FROM jobs")
    current = world.one("SELECT head_turn_id FROM conversations")["head_turn_id"]
    seen = (await page.locator("article").count(), await page.locator(".reaction").count())
    return (jobs["n"] == jobs["ended"], jobs["n"], current, *seen)


async def say(world: World, page: Page, words: str) -> None:
    """Type it, and wait until the bot has done what it does, or long enough where it does nothing."""
    await page.get_by_role("textbox", name="Message").click()
    await page.keyboard.type(words)
    before = list(await state(world, page))
    await page.keyboard.press("Enter")
    before[3] = int(str(before[3])) + 1  # the message itself
    last, still = tuple(before), time.monotonic()
    deadline = still + PATIENCE_MS / 1000
    while time.monotonic() < deadline:
        await asyncio.sleep(0.1)
        now = await state(world, page)
        if now != last:
            last, still = now, time.monotonic()
        idle = bool(now[0])
        if idle and time.monotonic() - still > (QUIET_S if now == tuple(before) else STILL_S):
            return
    raise TimeoutError(words)


async def test_thirty_messages_end_with_the_picture_that_was_wanted(tmp_path, album, counted: Counted):
    async with (
        LocalEngine(resolve("tiny")) as engine,
        open_world(tmp_path, engine) as world,
        chromium() as browser,
    ):
        await world.start_bot()
        page = await browser.new_page(viewport={"width": 1280, "height": 1000})
        page.set_default_timeout(PATIENCE_MS)
        await come_in(page, world.sandbox.url, "Rosa")
        await imagine(page, f"{FIRST} --seed 3")
        await expect(page.locator("article", has=page.locator(".picture"))).to_have_count(1)
        await world.until(
            "SELECT 1 FROM conversations WHERE head_turn_id IS NOT NULL"
        )  # noted once it is posted

        at_once, told = 0, []
        for number, step in enumerate(STORY, 1):
            for words in (step.words, *step.or_else):
                before = head(world)
                await say(world, page, words)
                right = as_wanted(head(world), step.then)
                at_once += right and words == step.words
                told.append(f"{number}. {words} -> {head(world)}{'' if right else '   (WRONG)'}")
                if right:
                    break
                if head(world) != before:
                    await say(world, page, "undo")
            if number % 10 == 0:
                await page.screenshot(path=album / f"thirty-{number}.png")
        (album / "thirty.txt").write_text("\n".join(told), encoding="utf-8")
        counted("thirty messages", messages=len(STORY), understood_at_once=at_once)
        assert as_wanted(head(world), DUSK), told[-1]
