"""TinyWorld: a small drawn world and the checkpoints trained on it; everything works with no download."""
