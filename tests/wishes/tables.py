"""The tables of a run as Markdown: shares with Wilson's 95 % intervals."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from scipy.stats import binomtest

from tests.wishes.scoring import Outcome
from tests.wishes.sets import MESSAGES, Chat, Wish

_TITLES: dict[Outcome, str] = {
    "right": "right",
    "offered": "right by one press",
    "wrong": "silently wrong",
    "doubted": "wrong, doubted",
    "left": "left unchanged",
}


def share(hits: int, of: int) -> str:
    """`63% (56 to 69)`: the share and its interval, in per cent."""
    interval = binomtest(hits, of).proportion_ci(method="wilson")
    return f"{hits / of:.0%} ({100 * interval.low:.0f} to {100 * interval.high:.0f})"


def of_wishes(scored: Sequence[tuple[Wish, Outcome]]) -> str:
    """Edits by language and by kind, then the messages that are no edits."""
    edits = [(wish, found) for wish, found in scored if wish.message.kind not in MESSAGES]
    others = [(wish, found) for wish, found in scored if wish.message.kind in MESSAGES]
    return "\n\n".join(
        (
            _table("edits", [(_LANGUAGES[wish.language], found) for wish, found in edits], total="all"),
            _table("edits by kind", [(_kind(wish), found) for wish, found in edits]),
            _table("no edits", [(_kind(wish), found) for wish, found in others], total="all"),
        )
    )


def of_authors(scored: Sequence[tuple[Wish, Outcome]]) -> str:
    """Edits by who wrote them."""
    return _table("edits by", [(wish.message.kind, found) for wish, found in scored], total="all")


def of_chats(scored: Sequence[tuple[Chat, Sequence[bool]]]) -> str:
    """Chats whose prompt is right after each turn, all and by language, and chats right throughout."""
    lines = ["| prompt right after turn | all | English | German |", "|---|---|---|---|"]
    groups = [
        [right for chat, right in scored if language in ("", chat.language)] for language in ("", "en", "de")
    ]
    turns = range(max(len(right) for _, right in scored))
    for turn in turns:
        cells = (share(sum(right[turn] for right in group), len(group)) for group in groups)
        lines.append(f"| {turn + 1} | {' | '.join(cells)} |")
    cells = (share(sum(all(right) for right in group), len(group)) for group in groups)
    lines.append(f"| every one | {' | '.join(cells)} |")
    return "\n".join(lines)


_LANGUAGES = {"en": "English", "de": "German"}


def _kind(wish: Wish) -> str:
    return f"{wish.message.kind.replace('_', ' ')}, {_LANGUAGES[wish.language]}"


def _table(what: str, found: Iterable[tuple[str, Outcome]], total: str = "") -> str:
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for group, outcome in found:
        groups[group].append(outcome)
        if total:
            groups[total].append(outcome)
    rows = [
        f"| {name} | {len(got)} | {' | '.join(share(got.count(one), len(got)) for one in _TITLES)} |"
        for name, got in sorted(groups.items(), key=lambda item: (item[0] == total, item[0]))
    ]
    titles = [what, "n", *_TITLES.values()]
    return "\n".join((f"| {' | '.join(titles)} |", "|---" * len(titles) + "|", *rows))
