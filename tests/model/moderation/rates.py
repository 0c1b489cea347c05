"""How often the rule about minors is wrong on its sentences: `python -m tests.model.moderation.rates`."""

import sys

from model.moderation.minors import is_forbidden
from tests.model.moderation.test_minors import sentences


def main() -> None:
    """Print a line for each list."""
    for name in (f"{kind}{part}" for kind in ("innocent", "refused") for part in ("", "_unseen", "_more")):
        texts = sentences(name)
        wrong = [text for text in texts if is_forbidden(text) != name.startswith("refused")]
        sys.stdout.write(f"{name:16} {len(texts):4} sentences, {len(wrong) / len(texts):6.1%} wrong\n")


if __name__ == "__main__":
    main()
