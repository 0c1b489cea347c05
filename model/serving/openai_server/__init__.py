"""Our models behind OpenAI's HTTP protocol: `python -m model serve`.

`protocol` reads requests and makes answers and knows no web framework; the modules beside it serve them with
aiohttp. docs/serving.md has the routes and their fields.
"""
