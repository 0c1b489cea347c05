"""For each command that the documents show: the test that runs it, or why none does.

A key stands for every shown command that begins with it, in the form of `tests.docs.shown.plain`; the longest
one counts. A new command in a document needs a row here (`tests/docs/test_commands.py` says so).

`Run` names a test that runs this very command through its command line, with smaller sizes where it is long.
`Parts` names one that runs what the command does, called as functions, in a process of the test or on a
smaller scale. `NotRun` says why neither.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Run:
    """The test that runs the command, as pytest names it."""

    test: str


@dataclass(frozen=True)
class Parts:
    """A test of what the command is made of, and what is not covered."""

    test: str
    besides: str


@dataclass(frozen=True)
class NotRun:
    """Why no test runs the command."""

    why: str


DEPLOYMENT = "changes a machine of yours; the files it uses are held to the code by tests/deploy"
DOCKER = "there is no Docker where the tests run; the files are read by tests/deploy"
CLUSTER = "needs a cluster; the manifests are read by tests/deploy and tests/model/serving/cluster"
INSTALLS = "installs packages from a network"
SHELL = "a word of the shell, with a secret or a path of yours"
SUITE = "is the suite itself"
FIGURES = "a benchmark or a long experiment; its figures in the documents were made with it"

_MAIN = "tests/bot/test_main.py::"
_MOVES = "tests/bot/test_main_postgres.py::test_a_bot_moves_and_is_looked_after"
_BACKUP = "tests/bot/ops/test_backup.py::test_the_commands"
_ROUND = "tests/training/preferences/test_round.py::test_a_round_from_votes_to_a_promoted_adapter_and_back"
_CHAIN = "tests/training/test_chain.py::test_sft_then_ppo_then_evaluation"
_TURNS = (
    "tests/training/rl/test_conversing.py"
    "::test_a_resumed_run_equals_one_that_never_stopped_and_the_bot_loads_it"
)
_STAGES = "tests/training/tiny/test_stages.py::test_exported_checkpoints_load_with_the_stock_code"
_DRAIN = "tests/model/serving/openai_server/test_run.py::"
_SERVED = _DRAIN + "test_sigterm_lets_running_requests_end_and_takes_no_new_ones"
_SHARDS = "tests/e2e/test_shards.py::test_each_bot_serves_the_servers_of_its_shards"
_PAINT = "tests/model/test_main.py::test_paint_describe_and_score"
_RECIPE = "tests/training/recipes/test_recipe.py::test_from_caption_edits_to_a_data_set_that_sft_reads"
_PUBLISHED = "tests/training/data/test_published.py::"
_RAY = "tests/model/serving/cluster/test_ray_app.py::test_openais_client_on_every_route"
_ROUNDS = "tests/simulation/direct/test_direct.py::"

COMMANDS: dict[str, Run | Parts | NotRun] = {
    # The bot
    "make demo": Parts(
        "tests/e2e/test_browser_story.py::test_a_newcomer_makes_a_picture_by_talking",
        "the installation, and that all parts are one process; `tests.docs.pictures` runs `bot demo` itself",
    ),
    "bot": Parts(_MAIN + "test_help_names_every_command", "the name alone is no command"),
    "bot demo": Parts(_MAIN + "test_the_demo_does_without_a_settings_file", "as for `make demo`"),
    "bot run": Parts(
        "tests/e2e/test_story.py::test_a_picture_is_made_by_talking", "a token, and Discord itself"
    ),
    "bot run --shards": Parts(_SHARDS, "a token, and Discord itself"),
    "bot check": Run(_MAIN + "test_check_says_of_every_part_how_it_is"),
    "bot backup": Run(_BACKUP),
    "bot restore": Run(_BACKUP),
    "bot serve": Parts(_MAIN + "test_serve_takes_the_models_of_the_settings_file", "the server, as below"),
    "bot serve --ray": Parts(_RAY, "GPUs"),
    "bot db check --mend": Run(_BACKUP),
    "bot db copy": Run(_MOVES),
    "bot db renumber": Run(_MOVES),
    "bot db prune": Run("tests/bot/ops/test_retention.py::test_the_command"),
    "bot.sandbox": Parts(
        "tests/contract/test_hikari.py::test_hikari_registers_a_command_and_answers_it_with_a_file",
        "the command line around the sandbox",
    ),
    # The models
    "model edit": Run("tests/model/test_main.py::test_edit_prints_the_target_prompt_only"),
    "model paint": Run(_PAINT),
    "model paint --negative": NotRun(
        "names an option; it is read by the parser in tests/docs/test_commands.py"
    ),
    'model paint "a red house" --preset NAME': NotRun(
        "the preset is yours; a real one is fetched from the hub"
    ),
    "model serve": Parts(
        _SERVED, "the models; those are in tests/model/serving/openai_server/test_tinyworld.py"
    ),
    "model serve --preset flux2-klein": NotRun("needs a GPU, and downloads 25 GB"),
    "model serve --preset sdxl --ray": NotRun("needs GPUs, and downloads 15 GB"),
    "model serve --preset tiny --port 8000 --ray": Parts(_RAY, "the command line around it"),
    "serve run model.serving.ray_app:app": Parts(_RAY, "Serve's own command line"),
    "serve run deploy/ray/serve.yaml": Parts(
        "tests/model/serving/cluster/test_manifests.py"
        "::test_the_config_of_one_machine_is_read_by_ray_and_open_on_loopback_only",
        "that Ray serves it",
    ),
    "serve deploy": NotRun(CLUSTER),
    "ray start": NotRun(CLUSTER),
    "curl": Parts(
        "tests/model/serving/openai_server/test_clients.py::test_pictures_from_words",
        "curl: OpenAI's client asks",
    ),
    # Training
    "make train": NotRun(INSTALLS),
    "training preferences": Run(_ROUND),
    "training kto": Run(_ROUND),
    "training promote": Run(_ROUND),
    "training rollback": Run(_ROUND),
    "training gate-table": Parts(
        "tests/training/preferences/test_evidence.py::test_the_table_in_the_documents_is_what_the_command_prints",
        "the command line",
    ),
    "training winrate": Parts(
        "tests/training/preferences/test_winrate.py::test_rates_wins_and_verdict", "the files"
    ),
    "training sft": Run(_CHAIN),
    "training rl": Run(_CHAIN),
    "training ppo": Run(_CHAIN),
    "training rl --config training/configs/instructpe-ppo.toml": NotRun(
        "needs a GPU; the file is read by a test"
    ),
    "training rl --config training/configs/tiny-turns-rloo.toml": Parts(_TURNS, "its size"),
    "training rl --config training/configs/tiny-turns-ppo.toml": Parts(_TURNS, "its size"),
    "training arms": Parts(
        "tests/training/tiny/test_arms.py::test_a_comparison_that_stopped_goes_on_and_repeats_nothing",
        "its size: hours",
    ),
    "training evaluate": Run(_CHAIN),
    "training evaluate --config training/configs/tiny-benchmarks.toml": Parts(
        "tests/training/evaluation/test_evaluate.py::test_benchmarks_are_in_the_same_files_by_category",
        "its size",
    ),
    "training ablation": Parts(
        "tests/training/evaluation/test_ablation.py"
        "::test_the_whole_comparison_and_a_second_call_that_trains_nothing",
        "its size: hours",
    ),
    "training ways --config training/configs/tiny-ways.toml": Parts(
        "tests/training/evaluation/ways/test_ways.py::test_a_run_that_stopped_goes_on", "its size: hours"
    ),
    "training export": Run(
        "tests/training/recipes/test_export.py"
        "::test_transformers_alone_and_the_bot_write_what_the_bot_wrote_with_the_adapter"
    ),
    "training integrity": Run(
        "tests/training/evaluation/test_agreement.py"
        "::test_the_command_keeps_the_raw_result_that_its_table_is_made_from"
    ),
    "training intervals": Run(
        "tests/training/evaluation/test_intervals.py"
        "::test_the_command_keeps_the_raw_result_that_its_table_is_made_from"
    ),
    "training tables": Run(
        "tests/training/evaluation/test_intervals.py"
        "::test_the_command_keeps_the_raw_result_that_its_table_is_made_from"
    ),
    "training data inspect": Run(
        "tests/training/test_commands.py::test_inspect_describes_a_file_and_says_what_is_wrong"
    ),
    "training data instructpe": Run(_PUBLISHED + "test_instructpe_becomes_examples"),
    "training data beautifulprompt": Parts(
        _PUBLISHED + "test_beautifulprompts_pairs_teach_the_beautifier", "the command line"
    ),
    "training data instructpix2pix": Parts(
        _PUBLISHED + "test_caption_edits_become_triples", "the command line"
    ),
    "training data i2ebench": Run(
        "tests/training/evaluation/ways/test_benchmarks.py::test_i2ebench_by_its_command"
    ),
    "training data gedit": Parts(
        "tests/training/evaluation/ways/test_benchmarks.py::test_gedit_from_a_copy_in_one_language",
        "the hub",
    ),
    "training data wordnet": Run(
        "tests/training/data/wordnet/test_build.py::test_without_the_corpus_the_command_says_how_to_get_it"
    ),
    "training beautify": Run(_RECIPE),
    "training text-reward": Run(_RECIPE),
    "training judge": Run(
        "tests/training/judging/test_command.py::test_it_serves_until_ctrl_c_and_then_reports"
    ),
    "training judge runs/tiny/evaluation --report": Run(
        "tests/training/judging/test_command.py::test_a_report_without_answers_says_what_to_do"
    ),
    "training tiny": Parts(_STAGES, "its size: hours"),
    "training tiny restore": Parts(
        "tests/training/tiny/test_restore.py::test_a_restored_folder_starts_from_the_shipped_weights",
        "the command line",
    ),
    "training tiny check": Parts(
        "tests/training/tiny/test_check.py::test_everything_right_is_one", "its pictures"
    ),
    "training tiny hours": Parts(
        "tests/training/tiny/test_hours.py::test_the_table_adds_the_stages_up", "the steps themselves"
    ),
    "training tiny sheets": NotRun("paints the documents' pictures anew: minutes, and looked at by eye"),
    "training tiny lm": Parts(
        "tests/training/tiny/test_lm.py::test_training_goes_on_from_a_checkpoint", "its size"
    ),
    "torchrun": Parts(
        "tests/training/tiny/test_lm.py::test_training_goes_on_from_a_checkpoint", "two processes"
    ),
    "vllm serve": NotRun("needs vLLM and a GPU of its own"),
    # Developing
    "make docs": Parts("tests/docs/test_site.py::test_nothing_is_fetched_from_elsewhere", "the installation"),
    "tests.docs.pictures": NotRun("takes the documents' pictures anew: a minute, and looked at by eye"),
    "make test": NotRun(SUITE),
    "make tests": NotRun(SUITE),
    "make coverage": NotRun(SUITE),
    "make lint": NotRun(SUITE),
    "make format": NotRun("changes the files"),
    "make bench": NotRun(FIGURES),
    "make translations": NotRun("writes into the files; what it would add is what tests/bot/texts misses"),
    "make lock": NotRun("asks a network for the newest versions"),
    "make .venv/.runtime": NotRun(INSTALLS),
    "pytest": NotRun(SUITE),
    "mkdir": NotRun(SHELL),
    "alembic": Parts(
        "tests/migrations/test_migrations.py::test_the_migrated_database_does_not_drift_from_the_schema",
        "Alembic's own command line",
    ),
    "uv pip install": NotRun(INSTALLS),
    "pre-commit install": NotRun("changes your checkout; tests/test_repository.py compares its commands"),
    "tests.benchmarks": NotRun(FIGURES),
    "tests.benchmarks.trl": NotRun(FIGURES),
    "tests.benchmarks.unasked_edits": NotRun(FIGURES),
    "tests.benchmarks.gpu": Parts(
        "tests/benchmarks/test_gpu.py::test_all_of_it_works_on_tiny_networks", "a GPU, and the sizes"
    ),
    "tests.benchmarks.scaling": Run(
        "tests/benchmarks/test_scaling.py::test_the_page_has_the_tables_of_the_command"
    ),
    "tests.model.matrix": NotRun(
        "tries every family of models: minutes; tests/model/matrix checks its tables"
    ),
    "tests.model.moderation.rates": NotRun(FIGURES),
    "tests.real edits": NotRun("needs real weights; without them: tests/real/test_scores.py"),
    "tests.simulation": Parts(
        "tests/simulation/test_simulation.py::test_talk_goes_on_where_it_stopped_and_all_of_it_can_be_exported",
        "its size: hours",
    ),
    "tests.simulation.cliques": Parts(
        "tests/training/preferences/test_brigades.py::test_a_clique_is_found_whole_and_nobody_else",
        "its forty servers",
    ),
    "tests.simulation.direct": Parts(
        _ROUNDS + "test_what_is_stored_is_what_the_export_reads_and_weeks_lie_apart", "its size: days"
    ),
    "tests.simulation.direct --table": Parts(
        _ROUNDS + "test_the_tables_in_the_documents_are_those_of_the_committed_rounds", "the command line"
    ),
    "tests.wishes": Parts(
        "tests/wishes/test_wishes.py::test_a_message_takes_the_steps_of_the_bot", "its size"
    ),
    # Machines of yours
    "export": NotRun(SHELL),
    "cd": NotRun(SHELL),
    "set": NotRun(SHELL),
    ".": NotRun(SHELL),
    "cp": NotRun(SHELL),
    "git pull": NotRun(SHELL),
    "ssh": NotRun("needs a second machine"),
    "useradd": NotRun(DEPLOYMENT),
    "install": NotRun(DEPLOYMENT),
    "systemctl": NotRun(DEPLOYMENT),
    "journalctl": NotRun(DEPLOYMENT),
    "systemd-analyze": Run("tests/deploy/test_systemd.py::test_its_exposure_is_what_it_states"),
    "docker": NotRun(DOCKER),
    "docker compose config": Run("tests/deploy/test_compose.py::test_docker_compose_takes_it"),
    "kubectl": NotRun(CLUSTER),
    "kubectl apply --kustomize": Parts(
        "tests/deploy/test_kubernetes.py::test_kustomize_builds_it", "a cluster"
    ),
    "sudo -u postgres": NotRun(DEPLOYMENT),
    "pg_dump": NotRun("PostgreSQL's own program; what must follow it, `bot db renumber`, is tested"),
    "pg_restore": NotRun("PostgreSQL's own program; what must follow it, `bot db renumber`, is tested"),
}
