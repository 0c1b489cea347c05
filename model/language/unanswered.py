"""Why the language model has no answer, in sentences for the person who asked."""

from model.errors import EditError


def unended() -> EditError:
    """It was still writing when its room or its time was over."""
    return EditError("The language model did not come to an end; try again with a shorter prompt.")


def not_numbers() -> EditError:
    """Half precision overflowed."""
    return EditError(
        'The language model\'s numbers overflow: choose another model, or set device = "cpu" in [llm].'
    )


def too_long() -> EditError:
    """The request leaves no room in the context."""
    return EditError("The prompt and the instruction are too long for the language model: shorten them.")
