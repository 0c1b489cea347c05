"""test_openapi.py is only collected where DISCORD_OPENAPI names Discord's OpenAPI description."""

import os

collect_ignore = [] if os.environ.get("DISCORD_OPENAPI") else ["test_openapi.py"]
