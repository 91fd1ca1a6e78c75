# run: start Khobor here, no token or network needed after installation. test, check: what CI runs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test test-postgresql check fix lock docs bench mutants clean

run: $(VENV)/.run
	@$(BIN)/khobor

# Workers and the processes that tests start share what is compiled, whatever the environment says of it.
test: $(VENV)/.dev
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest

# The tests of storage, delivery and shared bots once more, on a PostgreSQL server: TEST_POSTGRESQL_URL, whose user makes databases.
test-postgresql: $(VENV)/.dev
	TEST_POSTGRESQL_URL=$${TEST_POSTGRESQL_URL:-postgresql://postgres@127.0.0.1:5432/postgres} \
		$(BIN)/python -m pytest -m "not sqlite" tests/postgresql tests/storage tests/delivery \
		tests/e2e/test_discord_shards.py

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m handlers.documentation --check
	$(BIN)/python -m pytest -n 0 -m check tests/test_one_file.py

fix: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# What is written from the code: .env.example, the README's table of commands, the picture of a card.
docs: $(VENV)/.dev
	$(BIN)/python -m handlers.documentation

bench: $(VENV)/.dev
	@for name in text archive fanout paced crash matching digests summary topics tags banglish stems search telegram_load new_token discord_push merging intake torture engines processes failover; do $(BIN)/python -m tests.benchmarks.$$name || exit 1; done

# Makes faults in the files where a wrong line costs readers news, and names those that no test notices; takes minutes.
mutants: $(VENV)/.dev
	$(BIN)/python -m tests.mutants

# Needs the registry; both files hold hashes for every platform and Python from 3.11 on.
lock: $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
		--extra build pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
		--extra build --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock

clean:
	rm -rf $(VENV) build *.egg-info

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(VENV)/bin/python requirements.lock pyproject.toml
	@echo "Installing what Khobor needs (once, about a minute)…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.lock
	@echo "Installing what tests and checks need…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@
