# Two commands: make demo, make test. All set-up is theirs.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
RUN := .venv/bin/python
BROWSER := $(RUN) -m tooling.with_servers $(RUN) -m pytest tests/browser -p cacheprovider -o cache_dir=.venv/browser_tests -o faulthandler_timeout=600 -o faulthandler_exit_on_timeout=true
ARGS ?=
ONLY ?=
SIZE ?= county
TITLES ?=

.PHONY: help setup demo test quick browser lint benchmarks data open mutants

help: ## This list
	@grep -E "^[a-z]+:.*##" Makefile | sed "s/:.*## /\t/"

setup: ## Install what the tests need into .venv and node_modules
	@$(PYTHON) -m tooling.setup test

demo: ## Start the system with demo data; Ctrl-C stops everything
	@$(PYTHON) -m tooling.setup local
	@exec $(RUN) -m tooling.demo

test: setup ## Run the tests against a real PostgreSQL and Redis
	@$(RUN) -m tooling.with_servers $(RUN) -m pytest tests --ignore tests/browser -n auto --dist loadgroup --cov --cov-branch --cov-report=json:coverage.json --cov-report=term-missing:skip-covered --durations=40 $(ARGS)
	@$(RUN) -m tooling.coverage_gate coverage.json

quick: setup ## The engine, and the tests of the rooms you changed since main (SINCE=HEAD: not committed)
	@$(RUN) -m tooling.quick $(ARGS)

browser: setup ## Run the browser tests (needs chromium and a CJK font); what fails is run once more, by itself
	@sh tooling/chromium.sh
	@$(BROWSER) -n 2 --dist loadgroup --durations=40 $(ARGS) || { \
	  echo "== What failed, once more and one at a time: what a busy machine upset passes now =="; \
	  $(BROWSER) --last-failed --last-failed-no-failures none $(ARGS); }

lint: setup ## Style, types, import contract, templates, migrations
	@.venv/bin/ruff check . && .venv/bin/ruff format --check .
	@.venv/bin/djlint templates --lint --quiet && .venv/bin/djangofmt --check --quiet templates
	@.venv/bin/mypy
	@.venv/bin/lint-imports
	@$(RUN) -m tooling.with_servers sh -c '$(RUN) manage.py makemigrations --check --dry-run --settings designation.settings.test && $(RUN) -m tooling.migration_linter'

benchmarks: setup ## Speed and memory, side by side; ONLY="replays pages" runs some
	@$(RUN) -m tooling.with_servers $(RUN) -m benchmarks $(ONLY)

data: ## Fill a database to measure with; SIZE=county|prefecture|province, TITLES=how many
	@$(PYTHON) -m tooling.setup local
	@$(RUN) -m tooling.data fill $(SIZE) $(TITLES)

open: ## Start the system on the data of that SIZE; Ctrl-C stops everything
	@$(PYTHON) -m tooling.setup local
	@exec $(RUN) -m tooling.data open $(SIZE)

mutants: ## Mutation testing of the rule engine and the gates
	@$(PYTHON) -m tooling.setup mutants
	@$(RUN) -m tooling.mutants
