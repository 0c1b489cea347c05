"""How often the rule about minors is wrong on its sentences: `python -m tests.model.moderation.rates`."""

import sys

from model.moderation.minors import is_forbidden
from tests.model.moderation.test_minors import HERE, sentences


def main() -> None:
    """Print a line for each list."""
    for name in sorted(path.stem for path in HERE.glob("*.txt")):
        texts = sentences(name)
        wrong = [text for text in texts if is_forbidden(text) != name.startswith("refused")]
        sys.stdout.write(f"{name:16} {len(texts):4} sentences, {len(wrong) / len(texts):6.1%} wrong\n")


if __name__ == "__main__":
    main()
