"""The commands that the documents show: in code blocks and in code marks within a sentence."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]

_BLOCK = re.compile(r"^( *)```(\w*)\n(.*?)^\1```", re.MULTILINE | re.DOTALL)
_INDENTED = re.compile(r"^    (\.venv/bin/.*)$", re.MULTILINE)
_MARK = re.compile(
    r"`(?=\.venv/bin/|make |diffchat [a-z]|docker |pytest |ssh |systemd-analyze |vllm )([^`]+)`"
)
_STARTS = re.compile(r"(\.venv/bin/|[A-Z_]+=\S+ |[a-z])")


def shown() -> dict[str, str]:
    """Every command, in the form of `plain`, and the page where it stands first."""
    found: dict[str, str] = {}
    for page in PAGES:
        for command in commands(page.read_text(encoding="utf-8")):
            found.setdefault(command, page.name)
    return found


def commands(text: str) -> list[str]:
    """The commands of one page, in their order within each kind of place."""
    lines = [line for block in _BLOCK.finditer(text) if block[2] in ("", "sh") for line in _lines(block[3])]
    rest = _BLOCK.sub("", text)
    lines += _INDENTED.findall(rest)
    lines += [" ".join(mark.split()) for mark in _MARK.findall(rest)]
    return [plain(part) for line in lines for part in re.split(r" && ", line)]


def plain(command: str) -> str:
    """A command without comment and variables, its program by its name alone: `bot check --quick`."""
    command = re.sub(r"(^| +)# .*$", "", command.strip())
    command = re.sub(r"^(?:[A-Z_]+=\S+ +)+", "", command)
    command = re.sub(r"^\.venv/bin/(?:python -m )?", "", command)
    command = re.sub(r"^(?:runuser \S+ \S+ -- )?(?:\.venv/bin/)?diffchat(?: --data \S+)?\b", "bot", command)
    return re.sub(r" +", " ", command)


def _lines(block: str) -> list[str]:
    """The lines of a block, continued ones joined, without those that are no command."""
    joined = re.sub(r" *\\\n *", " ", block)
    return [line for raw in joined.splitlines() if _STARTS.match(line := raw.strip()) and line[:2] != "# "]
