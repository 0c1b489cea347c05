"""What is only collected where it can run.

test_openapi.py: where DISCORD_OPENAPI names Discord's OpenAPI description.
test_hikari.py: where hikari is installed (`pip install --no-deps hikari colorlog`; it declares an older
multidict than discord.py's stack brings, and works with ours).
"""

import importlib.util
import os

collect_ignore = [
    *([] if os.environ.get("DISCORD_OPENAPI") else ["test_openapi.py"]),
    *([] if importlib.util.find_spec("hikari") else ["test_hikari.py"]),
]
