# make setup   .venv with everything in it      make run     crawl the bundled newsroom, search it
# make test    set up, then the whole test suite make lint    ruff and mypy
# make bench   print every figure that we state  make run OUTLETS=aljazeera,bbcarabic   the same, live
# make model   learn the light tagger anew     make elasticsearch   a real server on this machine, until Ctrl-C
# make env     passwords and keys for docker-compose.yml into .env
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
OUTLETS ?=
ARGS ?=

.PHONY: setup run test lint bench model elasticsearch env lock clean

setup: $(STAMP)

# torch comes from its CPU-only index where that can be reached (1.6 GB in all), else from the default
# index, which has only the CUDA build (5.8 GB).
$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "newscrawl needs Python 3.11 or newer; $(PYTHON) is older. Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'uv>=0.9'
	$(BIN)/uv pip install --quiet --python $(BIN)/python --torch-backend cpu -c constraints.txt -e . --group dev 2>/dev/null \
		|| $(BIN)/uv pip install --quiet --python $(BIN)/python -c constraints.txt -e . --group dev
	@touch $@

run: $(STAMP)
	@if [ -n "$(OUTLETS)" ]; then \
		$(BIN)/scrapy crawl news -a outlets=$(OUTLETS) $(ARGS); \
	else \
		$(BIN)/python -m tests.newsroom demo; \
	fi

test: $(STAMP)
	$(BIN)/python -m pytest -q $(ARGS)

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(STAMP)
	$(BIN)/python -m bench $(ARGS)

model: $(STAMP)
	$(BIN)/uv pip install --quiet --python $(BIN)/python -c constraints.txt --group model
	$(BIN)/python -m training $(ARGS)

elasticsearch: $(STAMP)
	$(BIN)/python -m tests.elasticsearch $(ARGS)

env:
	$(PYTHON) scripts/make_env.py

lock: $(STAMP)
	$(BIN)/uv pip compile --quiet pyproject.toml --group dev --group model --universal --upgrade -o constraints.txt

clean:
	rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache
