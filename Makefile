# make setup   .venv with everything in it      make run     crawl the bundled newsroom, search it
# make test    every test that needs no server  make run OUTLETS=aljazeera,bbcarabic   the same, live
# make test-servers   those on a real server    make test-camel   those that need torch, in .venv-camel
# make test-evaluation   what make evaluate measures stays above its floors (needs ../shared)
# make test-faults    kills, stalls, full disks, memory limits (no server)
# make test-wheel     the wheel, built and installed into an environment of its own
# make test-s3   pages kept in a bucket, on an S3 server of this machine
# make cover   what the tests run of newscrawl (SERVERS=1: the server tests, too; and those in .venv-camel)
# make lint    ruff and mypy                    make bench   print every figure that we state
# make evaluate  how well real pages are read, beside trafilatura (ARGS="pages kinds --worst 5");
#                ARGS=search: how well needs are answered, beside Elasticsearch's stock analyzers
# make ablate  what each rule of extraction earns on real pages (ARGS=--whole: on every one)
# make model   learn the light tagger anew     make elasticsearch   a real server on this machine, until Ctrl-C
# make env     passwords and keys for docker-compose.yml into .env
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
UV = $(BIN)/uv pip install --quiet --python $(BIN)/python -c constraints.txt
CAMEL ?=
OUTLETS ?=
SERVERS ?=
ARGS ?=

# Where the environment forbids Python to keep what it compiled, every process that a test starts compiles all
# that it imports anew: 4.5 s of the processor for a crawl, and 1.7 with it kept.
export PYTHONDONTWRITEBYTECODE :=

# A file's tests go to one process, which then crawls or starts a pool once for them.
PYTEST = -m pytest -q -n auto --maxprocesses 8
PYTEST_LIGHT = $(PYTEST) --dist loadfile --ignore tests/servers --ignore tests/wheel -m "not evaluation and not faults"
# One at a time in each process: they watch memory and clocks.
PYTEST_FAULTS = $(PYTEST) -m faults tests/end_to_end tests/ingest
# One process a server (tests/servers/conftest.py says which test belongs to which).
PYTEST_SERVERS = -m pytest -q -n 2 --dist loadscope tests/servers
PYTEST_CAMEL = -m pytest -q tests/entities/camel tests/cli/test_models.py tests/training

# Without torch and transformers (overrides.txt) .venv has 0.9 GB. CAMEL=1 brings them: from torch's CPU-only
# index where that can be reached (1 GB more), else from the default index, which has the CUDA build (5 GB more).
ifeq ($(CAMEL),)
STAMP := $(VENV)/.installed
INSTALL = $(UV) --override overrides.txt -e . --group dev
else
STAMP := $(VENV)/.installed-camel
INSTALL = $(UV) --torch-backend cpu -e '.[camel]' --group dev 2>/dev/null || $(UV) -e '.[camel]' --group dev
endif

.PHONY: setup run test test-evaluation test-faults test-servers test-wheel test-camel test-s3 cover lint bench evaluate ablate model elasticsearch env lock clean

setup: $(STAMP)

$(STAMP): pyproject.toml constraints.txt overrides.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "newscrawl needs Python 3.11 or newer; $(PYTHON) is older. Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'uv>=0.9'
	$(INSTALL)
	@touch $(VENV)/.installed $@

run: $(STAMP)
	@if [ -n "$(OUTLETS)" ]; then \
		$(BIN)/scrapy crawl news -a outlets=$(OUTLETS) $(ARGS); \
	else \
		$(BIN)/python -m tests.newsroom demo; \
	fi

test: $(STAMP)
	$(BIN)/python $(PYTEST_LIGHT) $(ARGS)

test-evaluation: $(STAMP)
	$(BIN)/python $(PYTEST) -m evaluation tests/extraction tests/dedupe $(ARGS)

test-faults: $(STAMP)
	$(BIN)/python $(PYTEST_FAULTS) $(ARGS)

test-servers: $(STAMP)
	$(BIN)/python $(PYTEST_SERVERS) $(ARGS)

test-wheel: $(STAMP)
	$(BIN)/python -m pytest -q tests/wheel $(ARGS)

test-s3: $(STAMP)
	$(UV) --override overrides.txt --override overrides-s3.txt --group s3
	NEWSCRAWL_TEST_REQUIRE=s3 $(BIN)/python -m pytest -q tests/warc/test_s3.py $(ARGS)

test-camel:
	$(MAKE) setup VENV=.venv-camel CAMEL=1
	NEWSCRAWL_TEST_REQUIRE=camel .venv-camel/bin/python $(PYTEST_CAMEL) $(ARGS)

# A test that fails still leaves its coverage to be read.
cover: $(STAMP)
	$(BIN)/coverage erase
	-$(BIN)/coverage run $(PYTEST_LIGHT) $(ARGS)
	-$(BIN)/coverage run $(PYTEST_FAULTS) $(ARGS)
ifneq ($(SERVERS),)
	-$(BIN)/coverage run $(PYTEST_SERVERS) $(ARGS)
	if [ -x .venv-camel/bin/coverage ]; then .venv-camel/bin/coverage run $(PYTEST_CAMEL) $(ARGS); fi
endif
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python scripts/docs.py --check

bench: $(STAMP)
	$(BIN)/python -m bench $(ARGS)

evaluate: $(STAMP)
	$(BIN)/python -m bench.evaluate $(ARGS)

ablate: $(STAMP)
	$(BIN)/python -m bench.evaluate.ablate $(ARGS)

model: $(STAMP)
	$(BIN)/uv pip install --quiet --python $(BIN)/python -c constraints.txt --group model
	$(BIN)/python -m training $(ARGS)

elasticsearch: $(STAMP)
	$(BIN)/python -m tests.servers.elasticsearch $(ARGS)

env:
	$(PYTHON) scripts/make_env.py

lock: $(STAMP)
	$(BIN)/uv pip compile --quiet pyproject.toml --group dev --group model --group s3 --override overrides-s3.txt \
		--universal --upgrade -o constraints.txt

clean:
	rm -rf .venv .venv-camel build dist .mypy_cache .pytest_cache .ruff_cache
