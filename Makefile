# Everything a person runs. Each target sets up what it needs; see README.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
export PORT

.PHONY: setup run test test-slow check bench mutate lock catalogues format

setup: $(READY)

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed; name one with: make PYTHON=/path/to/python3.11"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) \
		|| { rm -rf $(VENV); echo "This Python cannot make virtual environments; on Debian or Ubuntu: apt install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python -m search.text.lexicon
	@touch $(READY)

run: setup
	$(BIN)/registry run

# COVERAGE=yes also measures branches: 90 % of everything, all of the rooms that decide.
DECIDING := registry/domain/*,registry/privacy/*,registry/identity/*,search/eligibility/*
# Thousands of small databases that nobody keeps: in memory where the machine offers it.
test test-slow: export PYTEST_DEBUG_TEMPROOT ?= $(firstword $(wildcard /dev/shm) $(or $(TMPDIR),/tmp))
test: setup
	$(BIN)/python -m pytest -q -n 2 --dist loadgroup -m "not slow" $(if $(COVERAGE),--cov --cov-report=)
ifdef COVERAGE
	$(BIN)/coverage report --include='$(DECIDING)' --fail-under=100
	$(BIN)/coverage report --fail-under=90 --format=total
endif

test-slow: setup
	$(BIN)/python -m pytest -q -n 2 --dist loadgroup -m slow

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q -m check --no-cov

bench: setup
	$(BIN)/python -m bench

# Mutation testing takes an hour or more. MUTANTS names some, such as search.matching.score*.
mutate: setup
	$(BIN)/python -m mutmut run $(MUTANTS)
	$(BIN)/python -m mutmut results

format: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Brings the catalogues in step with the code; new sentences wait in them untranslated.
catalogues: setup
	$(BIN)/python -m registry.translations

lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --group dev --no-header pyproject.toml -o requirements.lock
