"""What answers to people's edits are worth, as a table in Markdown, with paired bootstrap intervals.

F1 of the content words against the person's target, content integrity (`training.data.integrity`), content
words added that neither source nor the person's target has, shares of answers that are the person's own and
that are the source again. An edit without an answer counts as an empty text. Of the attempts: asked twice,
refused in the end, never ended.
*Borrowed*: the answer has a content word of the prompt's examples that neither source, instruction nor the
person's target has.
"""

from collections.abc import Callable, Mapping, Sequence

from model.language.stems import content_stems
from tests.real.edits import Answer
from tests.real.versions import Version
from training.core.statistics import estimate
from training.data.integrity import f1, integrity
from training.tiny.lm_eval import HumanEdit

Measure = Callable[[HumanEdit, str], float]
COLUMNS = (
    "",
    "F1",
    "integrity",
    "added",
    "exact",
    "unchanged",
    "twice",
    "refused",
    "never ended",
    "borrowed",
)
MEASURES: dict[str, Measure] = {
    "F1": lambda edit, target: f1(edit.target, target),
    "integrity": lambda edit, target: integrity(target, edit.requirements),
    "added": lambda edit, target: len(content_stems(target) - content_stems(f"{edit.source} {edit.target}")),
    "exact": lambda edit, target: _same(edit.target, target),
    "unchanged": lambda edit, target: _same(edit.source, target),
}


def _same(one: str, other: str) -> bool:
    return " ".join(one.lower().split()) == " ".join(other.lower().split())


def borrowed(edit: HumanEdit, target: str, version: Version) -> bool:
    """Whether the target has a word that only the version's examples can have given."""
    shown = content_stems(" ".join(" ".join(example) for example in version.examples(edit.instruction)))
    own = content_stems(f"{edit.source} {edit.instruction} {edit.target}")
    return bool(content_stems(target) & shown - own)


def measured(edits: Sequence[HumanEdit], targets: Sequence[str]) -> dict[str, list[float]]:
    """Each measure of each edit."""
    return {
        name: [float(measure(edit, target)) for edit, target in zip(edits, targets, strict=True)]
        for name, measure in MEASURES.items()
    }


def row(name: str, edits: Sequence[HumanEdit], targets: Sequence[str]) -> list[str]:
    """The means of one system, with intervals for F1 and integrity."""
    cells = [name]
    for measure, values in measured(edits, targets).items():
        whole = estimate([values])
        spread = f" ({whole.low:.3f} to {whole.high:.3f})" if measure in ("F1", "integrity") else ""
        cells.append(f"{whole.mean:.3f}{spread}")
    return cells


def attempts_row(edits: Sequence[HumanEdit], answers: Sequence[Answer], version: Version | None) -> list[str]:
    """How many edits were asked for twice, refused, never ended, borrowed; no version, no examples."""
    counts = [
        sum(len(answer.attempts) > 1 for answer in answers),
        sum(not answer.target and answer.attempts[-1] != "never ended" for answer in answers),
        sum(answer.attempts[-1] == "never ended" for answer in answers),
    ]
    if version is None:
        return [*map(str, counts), "–"]
    words = sum(borrowed(edit, a.target, version) for edit, a in zip(edits, answers, strict=True))
    return [*map(str, counts), str(words)]


def differences(
    edits: Sequence[HumanEdit], targets: Mapping[str, Sequence[str]], against: str
) -> list[list[str]]:
    """For each system but `against`: how much more F1 and integrity it has, paired by edit."""
    values = {name: measured(edits, texts) for name, texts in targets.items()}
    rows = []
    for name in targets:
        if name == against:
            continue
        cells = []
        for measure in ("F1", "integrity"):
            pairs = zip(values[name][measure], values[against][measure], strict=True)
            more = estimate([[a - b for a, b in pairs]])
            cells.append(f"{more.mean:+.3f} ({more.low:+.3f} to {more.high:+.3f})")
        rows.append([f"{name} − {against}", *cells])
    return rows


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def report(
    edits: Sequence[HumanEdit], systems: Mapping[str, tuple[Version | None, Sequence[Answer]]], against: str
) -> str:
    """All systems beside "source unchanged" and "joined", then how `against` and "joined" differ."""
    targets: dict[str, Sequence[str]] = {
        "unchanged": [edit.source for edit in edits],
        "joined": [f"{edit.source}, {edit.instruction}" for edit in edits],
    }
    rows = [[*row(name, edits, texts), "", "", "", ""] for name, texts in targets.items()]
    for name, (version, answers) in systems.items():
        targets[name] = [answer.target for answer in answers]
        rows.append([*row(name, edits, targets[name]), *attempts_row(edits, answers, version)])
    parts = [table(COLUMNS, rows)]
    bases = dict.fromkeys((against, "joined"))
    parts.extend(table(("", "F1", "integrity"), differences(edits, targets, base)) for base in bases)
    return "\n\n".join(parts)
