"""OpenAI's protocol without a web framework: bodies to requests of the engine, results to answers and events.

Any server can be put on top of it: this package's own on aiohttp, or one on Starlette.
"""
