# The commands of a checkout; each does its own set-up. Needs python3 (3.11 or newer) and make.

PYTHON ?= python3
BIN := .venv/bin
NEEDS_PYTHON := import sys; sys.exit(0 if sys.version_info >= (3, 11) else \
	"Factcheck needs Python 3.11 or newer; " + sys.executable + " is " + sys.version.split()[0] + ".")

.PHONY: run install install-dev test test-long lint format bench bench-browser screenshots messages lock

run: install
	@exec $(BIN)/python -m factcheck.supervisor

install:
	@$(PYTHON) -c '$(NEEDS_PYTHON)'
	@$(PYTHON) factcheck/bootstrap.py

install-dev:
	@$(PYTHON) -c '$(NEEDS_PYTHON)'
	@$(PYTHON) factcheck/bootstrap.py --dev

test: install-dev
	@$(BIN)/python -m tests.gate

test-long: install-dev
	@$(BIN)/python -m tests.gate --long

lint: install-dev
	@$(BIN)/python -m tests.gate --lint-only

format: install-dev
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: install
	@$(BIN)/python -m bench

bench-browser: install-dev
	@$(BIN)/python -m bench.browser

screenshots: install-dev
	@$(BIN)/python -m tests.gate --screenshots

messages: install-dev
	@$(BIN)/python manage.py update_messages

lock: install-dev
	@$(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url \
		--no-header --python-version 3.11 --quiet -o requirements.txt
	@$(BIN)/uv pip compile pyproject.toml --extra dev --universal --generate-hashes \
		--no-emit-index-url --no-header --python-version 3.11 --quiet -o requirements-dev.txt
