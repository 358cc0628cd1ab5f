# Two commands do everything on a fresh machine with Python 3.11+, make and git:
#   make run    creates the environment, installs, runs the main job on the sample of the corpus
#   make test   lint, types and tests
# make fuzz reads changed and random files for two minutes; make bench prints speed and quality of reading
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
OUT ?= out
SAMPLE ?= corpus/sample

.PHONY: run test lint types train evaluate figures bench fuzz clean

run: $(VENV)/installed
	$(BIN)/beffroi run $(SAMPLE) --out $(OUT) --report

test: $(VENV)/installed-dev lint types
	$(BIN)/python -m pytest

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/installed-dev
	$(BIN)/mypy

train: $(VENV)/installed
	$(BIN)/beffroi train

evaluate: $(VENV)/installed
	$(BIN)/beffroi evaluate corpus --split dev

# every figure of the documents anew, after the corpus, the rules or the models have changed (some twenty minutes)
figures: $(VENV)/installed-dev train
	$(BIN)/python -m benchmarks.compare_classifiers --write
	$(BIN)/python -m benchmarks.learning_curves --write
	$(BIN)/python -m benchmarks.unread_hands --write
	$(BIN)/python -m benchmarks.readme_figures --write

fuzz: $(VENV)/installed-dev
	$(BIN)/python -m tests.read.fuzz 120

bench: $(VENV)/installed-dev
	$(BIN)/python benchmarks/throughput.py
	$(BIN)/python benchmarks/reading.py
	$(BIN)/python benchmarks/extraction.py

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("beffroi needs Python 3.11 to 3.13, this is " + sys.version.split()[0]) if not (3, 11) <= sys.version_info[:2] <= (3, 13) else 0'
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: $(BIN)/python pyproject.toml constraints.txt
	@echo "Installing beffroi and what it needs into $(VENV) (about a minute the first time) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed
	@echo "Installing the tools for tests, lint and types ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

clean:
	rm -rf $(VENV) $(OUT) build *.egg-info .pytest_cache .mypy_cache .ruff_cache
