"""CLIP models in two formats, and the scores made with them."""
