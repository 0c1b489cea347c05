"""The long form of the comparison with TRL: `.venv/bin/python -m tests.benchmarks.trl ROUNDS`."""

import sys

from tests.benchmarks.figures import show
from tests.benchmarks.trl import compare

show(compare(int(sys.argv[1]), [(precision, ("equal", "free")) for precision in ("no", "bf16")]))
