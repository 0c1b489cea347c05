"""bot.toml, its models, the environment, and every mistake named at once."""

import re
import tomllib
from pathlib import Path

import pytest
from pydantic import BaseModel

from bot.errors import SettingsError
from bot.settings import (
    ImageOverrides,
    LLMOverrides,
    SafetySettings,
    Settings,
    load_settings,
    token_from,
)
from model.presets import PRESETS
from model.settings import ImageSettings, LLMSettings
from model.settings import SafetySettings as ModelSafety
from tests.bot.settings.problems import PHOTO, problems_of

BOT_TOML = Path(__file__).resolve().parents[3] / "bot.toml"


def sections() -> dict[str, BaseModel]:
    settings = Settings()
    # [models.NAME] are any number of sections, and by default none
    return {name: getattr(settings, name) for name in Settings.model_fields if name != "named"}


def test_the_committed_file_says_exactly_the_defaults() -> None:
    assert load_settings(BOT_TOML, {}) == Settings()


def test_the_committed_file_has_every_key_and_no_other() -> None:
    written = tomllib.loads(BOT_TOML.read_text(encoding="utf-8"))
    assert {name: list(keys) for name, keys in written.items()} == {
        name: list(type(section).model_fields) for name, section in sections().items()
    }


def test_every_key_of_the_file_carries_its_meaning() -> None:
    section, comments = "", {}
    for line in BOT_TOML.read_text(encoding="utf-8").splitlines():
        if header := re.fullmatch(r"\[(\w+)\]", line):
            section = header[1]
        elif entry := re.fullmatch(r"(\w+) = .*? # (.+)", line):
            comments[section, entry[1]] = entry[2]
    for name, values in sections().items():
        for key, field in type(values).model_fields.items():
            assert comments[name, key] == field.description


@pytest.mark.parametrize(
    ("overrides", "model"), [(LLMOverrides, LLMSettings), (ImageOverrides, ImageSettings)]
)
def test_every_setting_of_the_models_can_be_overridden(
    overrides: type[BaseModel], model: type[BaseModel]
) -> None:
    of_the_experiment = {"variants"}  # comes from [experiment]
    assert set(overrides.model_fields) == set(model.model_fields) - of_the_experiment
    assert all(field.default == "auto" for field in overrides.model_fields.values())


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    found = problems_of(
        tmp_path,
        """
        [preset]
        name = "huge"
        [image]
        steps = 900
        width = 100
        stpes = 4
        [feedback]
        reactions = { "x" = 9 }
        [llm]
        quantization = "int8"
        [limits]
        queue_length = true
        paint_timeout_s = nan
        [imagee]
        width = 3
        """,
        {"DIFFCHAT__SANDBOX__PORT": "99999"},
    )
    known = " or ".join(f'"{name}"' for name in PRESETS)
    assert sorted(found) == sorted(
        [
            f'[preset] name = "huge": allowed is {known}',
            '[image] steps = 900: allowed is "auto" or a whole number from 1 to 150',
            '[image] width = 100: allowed is "auto" or a whole number from 64 to 2048 divisible by 8',
            '[image] stpes: there is no such key; did you mean "steps"?',
            (
                '[feedback] reactions = {"x": 9}: allowed is a table of values that are a whole number '
                "from -2 to 2"
            ),
            '[llm] quantization = "int8": allowed is "auto" or "nf4" or "none"',
            "[limits] queue_length = true: allowed is a whole number from 1 to 10000",
            "[limits] paint_timeout_s = NaN: allowed is a number above 0 and at most 3600",
            '[imagee]: there is no such section; did you mean "image"?',
            "DIFFCHAT__SANDBOX__PORT = 99999: allowed is a whole number from 0 to 65535",
        ]
    )


def test_what_the_environment_says_wrong_is_told_by_its_variables(tmp_path: Path) -> None:
    path = tmp_path / "bot.toml"
    path.write_text("")
    with pytest.raises(SettingsError) as refusal:
        load_settings(path, {"DIFFCHAT__FOO__BAR": "8", "DIFFCHAT__PRESET__NAME": "sdx"})
    assert str(refusal.value).startswith("2 problems in the settings (the environment):")
    assert any(
        line.startswith("DIFFCHAT__FOO__BAR: there is no such section") for line in refusal.value.problems
    )
    path.write_text("[image]\nsteps = 0\n")
    with pytest.raises(SettingsError, match=r"bot\.toml and the environment"):
        load_settings(path, {"DIFFCHAT__FOO__BAR": "8"})


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ('[preset]\nname = "sdx"\n', '; did you mean "sdxl"?'),
        ('[discord]\ntoken = "abc"\n', "set as DISCORD_TOKEN in the environment, never in a file"),
        ('[token]\nvalue = "abc"\n', "set as DISCORD_TOKEN in the environment, never in a file"),
        ('[models."Big Photo!"]\nmodel = "a/b"\n', "allowed as a name are letters, digits"),
    ],
)
def test_a_near_miss_is_answered_with_what_to_do(tmp_path: Path, toml: str, said: str) -> None:
    [problem] = problems_of(tmp_path, toml)
    assert said in problem
    assert "abc" not in problem


def test_the_error_text_lists_the_problems_under_the_file(tmp_path: Path) -> None:
    path = tmp_path / "bot.toml"
    path.write_text("[image]\nsteps = 0\n[store]\ndata_dir = 5\n")
    with pytest.raises(SettingsError) as refusal:
        load_settings(path, {})
    first, *rest = str(refusal.value).splitlines()
    assert first == f"2 problems in the settings ({path}):"
    assert [line.strip() for line in rest] == refusal.value.problems


def test_malformed_toml_is_answered_with_the_place(tmp_path: Path) -> None:
    [problem] = problems_of(tmp_path, "[image]\nsteps = = 3\n")
    assert "not TOML" in problem
    assert "line 2" in problem


def test_a_missing_file_and_a_file_that_is_no_text_are_said_so(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no such file"):
        load_settings(tmp_path / "nowhere.toml", {})
    (tmp_path / "bot.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings(tmp_path / "bot.toml", {})


def test_a_section_must_be_a_table(tmp_path: Path) -> None:
    assert problems_of(tmp_path, "image = 3") == ["[image] = 3: allowed is a section with keys of its own"]


def test_the_data_folder_may_not_be_a_file(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    [problem] = problems_of(tmp_path, f'[store]\ndata_dir = "{tmp_path / "taken"}"')
    assert problem.endswith("allowed is a folder, and there is a file of that name")


def test_the_environment_wins_and_keeps_types() -> None:
    settings = load_settings(
        BOT_TOML,
        {
            "DIFFCHAT__IMAGE__STEPS": "8",
            "DIFFCHAT__IMAGE__GUIDANCE": "2.5",
            "DIFFCHAT__IMAGINE__BEAUTIFY": "false",
            "DIFFCHAT__LLM__MODEL": "123",
            "DIFFCHAT__LLM__TEMPERATURE": "auto",
            "DIFFCHAT__DISCORD__SYNC_GUILDS": "[1, 2]",
            "DIFFCHAT__FEEDBACK__REACTIONS": '{ "🔥" = 2 }',
            "DIFFCHAT__STORE__DATA_DIR": "elsewhere",
            "PATH": "/bin",
        },
    )
    assert settings.image.model_dump(include={"steps", "guidance"}) == {"steps": 8, "guidance": 2.5}
    assert settings.imagine.beautify is False
    assert settings.llm.model_dump(include={"model", "temperature"}) == {
        "model": "123",
        "temperature": "auto",
    }
    assert settings.discord.sync_guilds == (1, 2)
    assert settings.feedback.reactions == {"🔥": 2}
    assert settings.store.database == Path("elsewhere/diffchat.sqlite")


@pytest.mark.parametrize(
    ("variable", "value", "problem"),
    [
        ("DIFFCHAT__IMAGE__STEPS", "many", 'DIFFCHAT__IMAGE__STEPS = "many": allowed is "auto" or a whole'),
        (
            "DIFFCHAT__IMAGE__STPES",
            "8",
            'DIFFCHAT__IMAGE__STPES: there is no such key; did you mean "steps"?',
        ),
        (
            "DIFFCHAT__CANVAS__STEPS",
            "8",
            "DIFFCHAT__CANVAS__STEPS: there is no such section; there are preset",
        ),
        ("DIFFCHAT__STEPS", "8", "DIFFCHAT__STEPS: allowed is the form DIFFCHAT__SECTION__KEY"),
        ("DIFFCHAT__LOGGING__PROMPTS", "yes", 'DIFFCHAT__LOGGING__PROMPTS = "yes": allowed is true or false'),
    ],
)
def test_a_wrong_variable_is_named(variable: str, value: str, problem: str) -> None:
    with pytest.raises(SettingsError) as refusal:
        load_settings(BOT_TOML, {variable: value})
    assert refusal.value.problems[0].startswith(problem)


def test_the_models_take_the_overrides_and_the_styles() -> None:
    settings = load_settings(
        BOT_TOML,
        {"DIFFCHAT__IMAGE__STEPS": "4", "DIFFCHAT__IMAGINE__STYLES": '{ noir = ", film noir" }'},
    )
    models = settings.models()
    assert models.image.steps == 4
    assert models.image.width == PRESETS["tiny"].image.width
    assert models.styles == {"noir": ", film noir"}
    assert Settings().models().styles == dict(PRESETS["tiny"].styles)


def test_the_models_are_resolved_once_and_anew_for_changed_settings() -> None:
    settings = Settings()
    assert settings.models() is settings.models()
    changed = settings.model_copy(update={"image": ImageOverrides.model_validate({"steps": 7})})
    assert changed.models().image.steps == 7
    assert settings.models().image.steps == PRESETS["tiny"].image.steps


def test_what_open_clip_looks_for_goes_over_the_presets_checks() -> None:
    assert Settings().models().safety == PRESETS["tiny"].safety
    safety = (
        Settings.model_validate({"safety": {"depicted": ("a dead animal",), "threshold": 0.6}})
        .models()
        .safety
    )
    assert (safety.depicted, safety.threshold) == (("a dead animal",), 0.6)
    assert safety.clip == PRESETS["tiny"].scorers.clip
    assert safety.harmless == PRESETS["tiny"].safety.harmless
    assert safety.rules == PRESETS["tiny"].safety.rules


@pytest.mark.parametrize(
    ("overrides", "model", "keys"),
    [(LLMOverrides, LLMSettings, ["batch"]), (SafetySettings, ModelSafety, ["threshold", "harmless"])],
)
def test_ranges_and_meaning_are_those_of_the_models(
    overrides: type[BaseModel], model: type[BaseModel], keys: list[str]
) -> None:
    own, theirs = (kind.model_json_schema()["properties"] for kind in (overrides, model))
    for key in keys:
        assert own[key]["description"] == theirs[key]["description"]
        auto, value = own[key]["anyOf"]
        assert auto["const"] == "auto"
        assert value == {name: theirs[key][name] for name in value}


def test_the_token_comes_from_its_variable_only() -> None:
    assert token_from({"DISCORD_TOKEN": " secret "}) == "secret"
    assert token_from({"DISCORD_TOKEN": "  "}) is None
    assert token_from({}) is None
    assert "secret" not in repr(load_settings(BOT_TOML, {"DISCORD_TOKEN": "secret"}))


def test_both_ends_of_a_range_are_named(tmp_path: Path) -> None:
    [problem] = problems_of(tmp_path, "[safety]\nthreshold = 3\n")
    assert problem == '[safety] threshold = 3: allowed is "auto" or a number above 0 and below 1'


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("[limits]\nby_role = { admins = 5 }", '{ "123456789012345678" = { daily_per_user = 50 } }'),
        ("[limits]\nby_role = { admins = 5 }", "Copy Role ID"),
        ('[limits]\nchannels = ["general"]', "a list of channel ids, as in channels = [123456789012345678]"),
        ('[limits]\nchannels = ["general"]', "Developer Mode"),
        ('[limits]\nroles = ["admins"]', "Copy Role ID"),
        ('[discord]\nsync_guilds = ["mine"]', "Copy Server ID"),
        ('[safety]\nreports_channel = "mods"', "Copy Channel ID"),
    ],
)
def test_a_wrong_id_is_answered_with_how_to_get_a_right_one(tmp_path: Path, toml: str, said: str) -> None:
    [problem] = problems_of(tmp_path, toml)
    assert said in problem


@pytest.mark.parametrize("arm", ["a", "b"])
def test_an_experiment_without_a_name_is_not_ignored_in_silence(tmp_path: Path, arm: str) -> None:
    [problem] = problems_of(tmp_path, f'[experiment]\n{arm} = "adapters/one"')
    assert "no effect without a name" in problem


@pytest.mark.parametrize(
    ("arms", "said"),
    [
        ('a = "photo"\nb = "foto"', 'b = "foto": is none of [models]'),
        ('a = "photo"\nb = "photo"', "are the same model"),
        ('b = ""', "are the same model"),
    ],
)
def test_an_experiment_of_picture_models_compares_two_that_are_there(
    tmp_path: Path, arms: str, said: str
) -> None:
    experiment = f'[experiment]\nname = "painters"\ncompares = "models"\n{arms}\n'
    [problem] = problems_of(tmp_path, PHOTO + experiment)
    assert said in problem


def test_a_model_that_is_compared_has_no_daily_limit_of_its_own(tmp_path: Path) -> None:
    experiment = '[experiment]\nname = "painters"\ncompares = "models"\nb = "photo"\n'
    path = tmp_path / "bot.toml"
    path.write_text(PHOTO + experiment, encoding="utf-8")
    assert load_settings(path, {}).experiment.of_models
    [problem] = problems_of(tmp_path, f"{PHOTO}daily = 5\n{experiment}")
    assert "[models.photo] daily" in problem


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("steps = 5", "steps: a key stands below the name of its section; there is one in [image]"),
        ("stpes = 5", 'stpes: there is no such key; did you mean "steps"?'),
        ('token = "abc"', "token: the token is set as DISCORD_TOKEN in the environment, never in a file"),
    ],
)
def test_a_key_outside_its_section_is_sent_into_it(tmp_path: Path, toml: str, said: str) -> None:
    assert problems_of(tmp_path, toml) == [said]


def test_a_variable_that_is_a_settings_but_for_an_underscore_is_not_ignored_in_silence(
    caplog: pytest.LogCaptureFixture,
) -> None:
    others = {
        "DIFFCHAT_SERVER_KEY": "k",
        "DIFFCHAT_WORDS_KEY": "k",
        "DIFFCHAT_METRICS_PORT": "tcp://10.0.0.1:9108",  # of Kubernetes
    }
    load_settings(BOT_TOML, {"DIFFCHAT_IMAGE_STEPS": "3", "DIFFCHAT_STORE__DATA_DIR": "d", **others})
    assert [record.getMessage() for record in caplog.records] == [
        "DIFFCHAT_IMAGE_STEPS is not read: did you mean DIFFCHAT__IMAGE__STEPS?",
        "DIFFCHAT_STORE__DATA_DIR is not read: did you mean DIFFCHAT__STORE__DATA_DIR?",
    ]
