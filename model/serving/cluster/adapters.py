"""Adapters of one model, loaded when a request first asks for one.

Serve's own multiplexing (`serve.multiplexed`) remembers which replica has which adapter, and sends requests
there. It may forget an adapter between a request's arrival and its turn on the model's thread, so what is on
the model is decided here, on that thread, right before the work.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping

MOST_ADAPTERS = 8
"""Adapters that one replica keeps beside its model. Serve is told the same number, so both mostly agree."""


class Adapters:
    """The adapters of a model by name; `add` and `drop` put one on the model and take it off again.

    Not thread-safe: everything is called on the model's own thread.
    """

    def __init__(
        self,
        places: Mapping[str, str],
        add: Callable[[str, str], None],
        drop: Callable[[str], None],
        most: int = MOST_ADAPTERS,
    ) -> None:
        self._places, self._add, self._drop, self._most = places, add, drop, most
        self._loaded: OrderedDict[str, None] = OrderedDict()  # the least recently used is the first

    def need(self, name: str) -> None:
        """Have the adapter on the model; the least recently used one makes room. Raises LoadError.

        A name that the settings do not have is left to the model, which refuses it or goes without.
        """
        if name not in self._places:
            return
        if name in self._loaded:
            self._loaded.move_to_end(name)
            return
        while len(self._loaded) >= self._most:
            oldest, _ = self._loaded.popitem(last=False)
            self._drop(oldest)
        self._add(name, self._places[name])
        self._loaded[name] = None
