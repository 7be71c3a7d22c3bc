# Every target prepares what it needs; the first call creates .venv.
# Needed beforehand: Python 3.11 or newer and make. A C compiler is optional (faster engine).

PYTHON ?= python3
VENV   := .venv
PY     := $(VENV)/bin/python
STAMP  := $(VENV)/.installed
TESTS  ?= tests
WORKERS ?= 2
BENCH  ?=

SEEDS  ?= 0 300

.PHONY: help demo test test-plain browser checked lint oracle format bench docs build wheel clean

help:
	@echo "make demo    show the tool at work"
	@echo "make test    build the fast engine, run all tests (TESTS=tests/unit for some)"
	@echo "make checked build the fast engine with checks on memory, and fuzz it"
	@echo "make browser make sure that there is a Chromium for the tests of the page"
	@echo "make lint    ruff, mypy --strict, import contracts"
	@echo "make format  let ruff format the Python code"
	@echo "make bench   speed, as ratios against yardsticks measured in the same run"
	@echo "make oracle  ask the oracle about all examples, also the large ones (a few minutes)"
	@echo "make docs    regenerate what the documentation quotes"
	@echo "make build   compile the hot modules in place (optional, incremental)"
	@echo "make clean   remove everything that make made"

$(STAMP): pyproject.toml
	@test -x $(PY) || $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "conclang needs Python 3.11 or newer; say make PYTHON=/path/to/python3.11")'
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@

build: $(STAMP)
	@$(PY) tests/tidy/build_engine.py

demo: build
	@$(PY) -m conclang --version
	@sh docs/demo.sh $(PY)

test: build
	@$(PY) tests/tidy/browser.py
	$(PY) -m pytest $(TESTS) -n $(WORKERS)
	@$(PY) tests/tidy/browser.py

browser: $(STAMP)
	@CONCLANG_BROWSER=required $(PY) tests/tidy/browser.py

test-plain: $(STAMP)
	CONCLANG_PURE=1 $(PY) -m pytest $(TESTS) -n $(WORKERS)

checked: $(STAMP)
	$(PY) -m tests.tidy.checked_engine $(SEEDS)

lint: $(STAMP)
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -m pytest tests/tidy/test_imports.py

format: $(STAMP)
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

bench: build
	@sh benchmarks/setup.sh
	$(PY) -m benchmarks $(BENCH)

oracle: $(STAMP)
	$(PY) -m tests.oracle.examples

docs: build
	$(PY) docs/generate.py

wheel: $(STAMP)
	$(PY) -m build --wheel

clean:
	rm -rf $(VENV) build dist *.egg-info
	find conclang \( -name '*.so' -o -name '*.c' -o -name '*.pyd' \) -delete
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
