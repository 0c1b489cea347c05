"""`python -m bot.sandbox`: serve a local Discord until Ctrl-C, for a bot you start yourself."""

import argparse
import asyncio
import contextlib
import logging
import sys
from pathlib import Path

from bot.sandbox.app import Sandbox
from bot.sandbox.model.settings import SandboxSettings


def main() -> int:
    """Exit code 0 after Ctrl-C, 1 when the port is taken."""
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox", description=main.__doc__)
    parser.add_argument(
        "--port", type=int, default=SandboxSettings.port, help="port of the page (default: %(default)s)"
    )
    parser.add_argument("--data", type=Path, help="folder to keep the server in; without it nothing is kept")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s: %(message)s")
    settings = SandboxSettings(port=arguments.port, data_dir=arguments.data)
    try:
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(_serve(settings))
    except OSError as error:
        print(
            f"Port {arguments.port} cannot be used ({error.strerror}). Choose another with --port.",
            file=sys.stderr,
        )
        return 1
    return 0


async def _serve(settings: SandboxSettings) -> None:
    async with Sandbox(settings) as sandbox:
        print(f"Page:    {sandbox.url}\nAPI:     {sandbox.api_base}\nGateway: {sandbox.gateway_url}")
        print(f"Token:   {sandbox.token}\nCtrl-C ends it.", flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    raise SystemExit(main())
