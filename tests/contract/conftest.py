"""These tests exist only where DISCORD_OPENAPI names Discord's OpenAPI description."""

import os

collect_ignore = [] if os.environ.get("DISCORD_OPENAPI") else ["test_openapi.py"]
