"""TinyWorld: a small drawn world, and the checkpoints trained on it, so that everything works with no download."""
