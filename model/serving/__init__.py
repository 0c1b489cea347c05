"""Models in worker processes of this machine, and the engine that talks to them."""
