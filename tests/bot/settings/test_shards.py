"""Which shards a process serves, as the settings and the command line say it."""

import pytest

from bot.__main__ import main
from bot.settings import DiscordSettings, Settings
from bot.settings.shards import Sharding, parse_range


def test_a_range_names_its_shards_and_their_number() -> None:
    assert parse_range("4-7/16") == Sharding(16, (4, 5, 6, 7))
    assert parse_range("3/4") == Sharding(4, (3,))


@pytest.mark.parametrize(
    "words", ["", "3", "4-3/8", "0-8/8", "8/8", "-1/8", "0-3", "a-b/c", "0-3/16 ", "٣/٤"]
)
def test_what_names_no_range_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match="0-3/16"):
        parse_range(words)


def test_a_server_belongs_to_one_process_and_private_chats_to_the_first() -> None:
    first, second = Sharding(4, (0, 1)), Sharding(4, (2, 3))
    for guild_id in range(0, 64 << 22, 1 << 22):
        assert first.serves(guild_id) is not second.serves(guild_id)
        assert Sharding().serves(guild_id)
    assert (first.serves(None), second.serves(None)) == (True, False)
    assert (first.leads, second.leads, Sharding(4).leads) == (True, False, True)


def test_the_setting_is_auto_a_number_or_a_range() -> None:
    assert DiscordSettings().sharding == Sharding()
    assert DiscordSettings(shards=3).sharding == Sharding(3)
    assert DiscordSettings(shards="1/2").sharding == Sharding(2, (1,))
    with pytest.raises(ValueError, match="0-3/16"):
        Settings.model_validate({"discord": {"shards": "some"}})


def test_a_wrong_range_on_the_command_line_says_what_is_allowed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["run", "--shards", "3-1/4"])
    assert "0-3/16" in capsys.readouterr().err
