PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SOURCES := bot handlers services storage tests bench

.PHONY: demo test check format screenshots docs bench faults clean

$(VENV)/runtime: requirements/runtime.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/runtime.txt
	touch $@

$(VENV)/dev: requirements/dev.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@ $(VENV)/runtime

demo: $(VENV)/runtime
	exec $(BIN)/python -m bot demo

test: $(VENV)/dev
	$(BIN)/python -m pytest -n 3 --dist loadgroup

check: $(VENV)/dev
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/dev
	$(BIN)/ruff check --fix $(SOURCES)
	$(BIN)/ruff format $(SOURCES)

screenshots: $(VENV)/dev
	SCREENSHOTS=docs/screenshots $(BIN)/python -m pytest tests/journeys/test_page_week.py -k digest

docs: $(VENV)/dev
	$(BIN)/python -m tests.rules_page

bench: $(VENV)/dev
	$(BIN)/python -m bench

faults: $(VENV)/dev
	$(BIN)/python -m tests.faults

clean:
	rm -rf $(VENV) build *.egg-info
