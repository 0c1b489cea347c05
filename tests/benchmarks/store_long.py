"""The store with a million turns beside ten thousand: several minutes, most of them to write the million."""

from tests.benchmarks.figures import Figure
from tests.benchmarks.store import compare


async def run() -> list[Figure]:
    """what the store does with 10,000, 100,000 and a million turns, taking turns"""
    return await compare((10_000, 100_000, 1_000_000))
