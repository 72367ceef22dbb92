# make setup   .venv with everything in it      make run     crawl the bundled newsroom, search it
# make test    set up, then the whole test suite make lint    ruff and mypy
# make bench   print every figure that we state  make run OUTLETS=aljazeera,bbcarabic   the same, live
# make model   learn the light tagger anew     make elasticsearch   a real server on this machine, until Ctrl-C
# make env     passwords and keys for docker-compose.yml into .env
PYTHON ?= python3
BIN := .venv/bin
UV = $(BIN)/uv pip install --quiet --python $(BIN)/python -c constraints.txt
CAMEL ?=
OUTLETS ?=
ARGS ?=

# Without torch and transformers (overrides.txt) .venv has 0.9 GB. CAMEL=1 brings them: from torch's CPU-only
# index where that can be reached (1 GB more), else from the default index, which has the CUDA build (5 GB more).
ifeq ($(CAMEL),)
STAMP := .venv/.installed
INSTALL = $(UV) --override overrides.txt -e . --group dev
else
STAMP := .venv/.installed-camel
INSTALL = $(UV) --torch-backend cpu -e '.[camel]' --group dev 2>/dev/null || $(UV) -e '.[camel]' --group dev
endif

.PHONY: setup run test lint bench model elasticsearch env lock clean

setup: $(STAMP)

$(STAMP): pyproject.toml constraints.txt overrides.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "newscrawl needs Python 3.11 or newer; $(PYTHON) is older. Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'uv>=0.9'
	$(INSTALL)
	@touch .venv/.installed $@

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
	$(BIN)/python -m tests.servers.elasticsearch $(ARGS)

env:
	$(PYTHON) scripts/make_env.py

lock: $(STAMP)
	$(BIN)/uv pip compile --quiet pyproject.toml --group dev --group model --universal --upgrade -o constraints.txt

clean:
	rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache
