"""The markdown reader: its tree for each mark, and that foreign text never becomes markup."""

import json
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.bot.sandbox.page.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

INLINE = {
    "plain": ["plain"],
    "**bold** then": [["bold", "bold"], " then"],
    "*it* _it_": [["italic", "it"], " ", ["italic", "it"]],
    "***both***": [["bold", ["italic", "both"]]],
    "**a *b* c**": [["bold", "a ", ["italic", "b"], " c"]],
    "*a **b** c*": [["italic", "a ", ["bold", "b"], " c"]],
    "__under__ ~~gone~~": [["underline", "under"], " ", ["strike", "gone"]],
    "||secret||": [["spoiler", "secret"]],
    "`a*b*` ``x`y``": [["code:a*b*"], " ", ["code:x`y"]],
    "snake_case_name 2 * 3 * 4": ["snake_case_name 2 * 3 * 4"],
    r"\*not\* \\ it": [r"*not* \ it"],
    "**open": ["**open"],
    "<@12> <@!12> <#7> <@&3> @here": [
        ["mention:user:12"],
        " ",
        ["mention:user:12"],
        " ",
        ["mention:channel:7"],
        " ",
        ["mention:role:3"],
        " ",
        ["mention:all:here"],
    ],
    "<:smile:123> and </imagine:9>": [":smile: and ", ["mention:command:imagine"]],
    "<t:60:R>": [["time:60:R"]],
    "see https://a.example/x, ok": ["see ", ["link:https://a.example/x", "https://a.example/x"], ", ok"],
    "[name](https://a.example/)": [["link:https://a.example/", "name"]],
    "[x](javascript:alert(1))": ["[x](javascript:alert(1))"],
    "<img src=x onerror=alert(1)>": ["<img src=x onerror=alert(1)>"],
}
BLOCKS = {
    "# One\n## Two\n-# small": ["heading1", "heading2", "small"],
    "#no heading": ["paragraph"],
    "a\nb": ["paragraph"],
    "> quoted\n> more\nafter": ["quote", "paragraph"],
    ">>> all\nthe rest": ["quote"],
    "- one\n- two\n1. three": ["list", "list"],
    "before\n```py\nprint('*')\n```\nafter": ["paragraph", "codeblock", "paragraph"],
    "```only```": ["codeblock"],
}

HOSTILE = (
    *("*" * 2000, "_*" * 1000, "||a" * 600, "> " * 1000, "[" * 2000, "`" * 1999, "` `` " * 400),
    "**a __b ~~c " * 160,
)

SIMPLIFY = """
async (text) => {
  const { parseMarkdown, parseInline } = await import('/page/ui/markdown.js');
  const simple = (tree) => {
    if (tree.type === 'text') return tree.text;
    const mention = [tree.kind, tree.id ?? tree.text];
    const facts = {code: [tree.text], mention, time: [tree.seconds, tree.style], link: [tree.url]};
    return [[tree.type, ...(facts[tree.type] ?? [])].join(':'), ...(tree.children ?? []).map(simple)];
  };
  const kind = (tree) => tree.type + (tree.type === 'heading' ? tree.level : '');
  return [parseInline(text).map(simple), parseMarkdown(text).map(kind)];
}
"""


async def parsed(page: Page, text: str) -> Any:
    return await page.evaluate(SIMPLIFY, text)


async def test_inline_marks(visit: Visit) -> None:
    page = await visit("")
    for text, tree in INLINE.items():
        assert (await parsed(page, text))[0] == tree, text


async def test_blocks(visit: Visit) -> None:
    page = await visit("")
    for text, kinds in BLOCKS.items():
        assert (await parsed(page, text))[1] == kinds, text


async def test_hostile_text_is_read_in_reasonable_time(visit: Visit) -> None:
    page = await visit("")
    for text in HOSTILE:
        seconds = await page.evaluate(
            f"async () => {{ const {{ parseMarkdown }} = await import('/page/ui/markdown.js');"
            f" const start = performance.now(); parseMarkdown({json.dumps(text)});"
            " return (performance.now() - start) / 1000; }"
        )
        assert seconds < 2, text[:20]


async def test_markup_in_messages_stays_text(visit: Visit) -> None:
    page = await visit("Rosa")
    attack = '<img src=x onerror="document.title=1"> [a](javascript:alert(1)) **<script>x</script>** ||boo||'
    await page.get_by_role("textbox", name="Message", exact=True).fill(attack)
    await page.keyboard.press("Enter")
    content = page.locator("article .content").last
    await expect(content).to_contain_text('<img src=x onerror="document.title=1">')
    await expect(content.locator("strong")).to_have_text("<script>x</script>")
    await expect(content.locator("img, script, a")).to_have_count(0)
    spoiler = content.get_by_role("button", name="Spoiler, press to show")
    await spoiler.press("Enter")
    await expect(content.locator(".spoiler.shown")).to_have_text("boo")
