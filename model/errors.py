"""Every error the model side raises, as one tree.

ModelError
├── ConfigError            settings that cannot be run (such as an unknown preset)
│   ├── NoGpu              a preset or a device that needs a GPU, on a machine without one
│   └── EngineRefused      a server elsewhere refuses us for good: wrong key, unknown model, wrong address
├── LoadError              a folder that is no model, a missing adapter, weights that are not safetensors
├── BadRequest             numbers of a request that no model could serve (no seed, a size of 3 pixels)
│   └── Unsupported        something that other models or servers can do, and this one cannot
├── EditError              the language model gave no usable prompt, also after one retry
├── PromptRefused          the prompt rules refuse this text
│   └── MinorsRefused      sexual content with minors: never painted, whatever was meant
├── PictureRefused         the picture classifier refuses this picture
├── BadImage               bytes that are no picture we may decode (corrupt, wrong format)
│   ├── TooManyPixels      a picture too large to be unpacked, or one that claims to be
│   └── MovingPicture      a file with several pictures after each other
├── BrokenPicture          the numbers of a picture overflowed: there is nothing to see
├── OutOfMemory            the request does not fit the device, also one picture at a time
├── WorkerDied             the worker process ended while the request was in it; trying again is sensible
├── EngineUnreachable      a server elsewhere is away, failing or too busy; trying again later is sensible
├── BadAnswer              a server elsewhere answered with something that is no answer
└── EngineClosed           the engine is not running (any more)

The message of each is a complete sentence that says what happened and what to do, safe to show to an
operator; what a member reads is chosen by `bot.errors`, never taken from here verbatim.
Instances are picklable from their message alone: they cross the worker's pipe as (class name, message).
"""


class ModelError(Exception):
    """Base of all errors raised by `model`."""


class ConfigError(ModelError):
    """The settings name something that cannot be run here."""


class NoGpu(ConfigError):
    """What is asked for needs a GPU, and this machine has none."""


class EngineRefused(ConfigError):
    """A server elsewhere refuses every request of ours: the operator must change key, model or address."""


class LoadError(ModelError):
    """A model, adapter or tokenizer could not be loaded."""


class BadRequest(ModelError):
    """A request's numbers are out of range."""


class Unsupported(BadRequest):
    """The picture model or server cannot do this, whatever the numbers; others can."""


class EditError(ModelError):
    """The language model produced no usable target prompt."""


class PromptRefused(ModelError):
    """The prompt rules refuse a text."""


class MinorsRefused(PromptRefused):
    """The rule about sexual content with minors refuses a text; nothing relaxes it."""


class PictureRefused(ModelError):
    """The picture classifier refuses a picture."""


class BadImage(ModelError):
    """Bytes that are no picture, or none that is safe to decode."""


class TooManyPixels(BadImage):
    """A picture that is too large to be unpacked, or claims to be."""


class MovingPicture(BadImage):
    """A file with several pictures after each other."""


class BrokenPicture(ModelError):
    """What a model painted is not finite, or one flat colour: it overflowed its number format."""


class OutOfMemory(ModelError):
    """A single picture of this size does not fit the device's memory."""


class WorkerDied(ModelError):
    """A worker process ended while it had the request."""


class EngineUnreachable(ModelError):
    """A server elsewhere is away, failing or too busy.

    `after` are the seconds it asked to be left alone for (Retry-After), 0 where it did not.
    """

    def __init__(self, message: str, *, after: float = 0.0) -> None:
        super().__init__(message)
        self.after = after


class BadAnswer(ModelError):
    """A server elsewhere answered with something that is no answer: no picture, not the size, nonsense."""


class EngineClosed(ModelError):
    """The engine was closed, or never started."""


def installing(extra: str) -> str:
    """The command that brings an extra into a checkout, as docs/operating.md gives it."""
    return f".venv/bin/uv pip install --constraint requirements.lock -e '.[{extra}]'"


def by_name(name: str, message: str) -> ModelError:
    """The error that a worker sent as class name and message; a name unknown here becomes ModelError."""
    known = {
        cls.__name__: cls for kind in ModelError.__subclasses__() for cls in (kind, *kind.__subclasses__())
    }
    return known.get(name, ModelError)(message)
