"""docs/operating.md has every sub-command of /admin."""

from bot.cogs.admin import Admin
from tests.docs.shown import ROOT


def test_every_admin_command_stands_in_the_table() -> None:
    page = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| `/admin ")]
    names = [command.name for command in Admin.__cog_app_commands__]
    assert names
    assert [name for name in names if not any(f"`/admin {name}`" in row for row in rows)] == []
