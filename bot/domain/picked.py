"""Which of a turn's pictures is meant where only one can be. Pure."""

from bot.domain.conversation import Image, Turn


def picked_image(turn: Turn) -> Image:
    """The picture that its author picked, or the first; of a turn that has pictures."""
    return turn.images[min(turn.parameters.picked or 0, len(turn.images) - 1)]
