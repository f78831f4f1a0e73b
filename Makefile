# The two commands a newcomer needs are make lab and make test; make help lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
# the lessons are run as for a new learner: what the journal of this one holds would show in their lists
NBVAL := PRODKIT_HOME=$$(mktemp -d) $(BIN)/python -m pytest --quiet --nbval --nbval-current-env --nbval-cell-timeout 120

.DEFAULT_GOAL := help
.PHONY: help lab test check audit notebooks datasets clean

help: ## list the commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 20

lab: $(VENV)/.lab ## install the course and open it in JupyterLab
	@$(BIN)/prodkit lab

test: $(VENV)/.test ## install what the tests need and run them all: package, problems, lessons, browser
	$(BIN)/python -m pytest --quiet --numprocesses 2 --dist loadfile --no-loadscope-reorder tests
	$(BIN)/python -m pytest --quiet --doctest-modules prodkit
	$(NBVAL) notebooks tests/notebooks

check: $(VENV)/.test ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

audit: $(VENV)/.test ## audit every problem over 500 seeds on every plant
	$(BIN)/prodkit audit --seeds 500 --every-plant

notebooks: $(VENV)/.test ## run every lesson afresh and store what it shows
	$(BIN)/python tools/notebooks.py

datasets: $(VENV)/.test ## make the sample plants again
	$(BIN)/python datasets/generate.py

clean: ## remove the installed course (not your work: that is in your own data folder)
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/.made:
	@echo "Installing the course into $(VENV). The first time takes a minute or two."
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || \
		{ echo "Python 3.11 to 3.13 is needed; this is $$($(PYTHON) --version). Try: make lab PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv module is missing. On Debian or Ubuntu: apt install python3-venv"; exit 1; }
	@touch $@

$(VENV)/.lab: $(VENV)/.made pyproject.toml constraints.txt
	@$(PIP) --editable '.[lab]'
	@touch $@

$(VENV)/.test: $(VENV)/.made pyproject.toml constraints.txt
	@$(PIP) --editable '.[lab,test]'
	@touch $@ $(VENV)/.lab
