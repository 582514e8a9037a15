# make run     set up and serve http://127.0.0.1:8000 (another port: PORT=9000 make run)
# make test    set up and run every check and every test
# make check   only what needs no test services: style, types, layers, templates, locks
# make faults  only the tests that kill real servers, in their long form (200 kills)
# make bench   the benchmarks, into the pages on measurements and capacity: up to 20 minutes
#              (make bench-quick: costs alone, 3 minutes, printed)
# make eval    how often the tutor answers rightly, into the page on answers: a minute
#              (python -m tools.evals --wrong prints what went wrong)
# make sbom    what a server installs, as CycloneDX and with its licences, into sbom/
# make audit   known weaknesses of what it installs: asks osv.dev and npm, so it needs a network
# make clean   take away what set-up made; var/ (books read, demo data) stays

PYTHON ?= $(firstword $(shell command -v python3.11 python3))
# The interpreter itself: given a version manager's stand-in for it, uv would make .venv anew.
INTERPRETER = $(shell $(PYTHON) -c 'import sys; print(sys._base_executable)')
UV := .uv/bin/uv
BIN := .venv/bin

# Without npm on the machine, the one inside a PyPI package does its work.
NODE_GROUP := $(if $(shell command -v npm),,--group node)

.PHONY: run test check lint types faults bench bench-quick eval sbom audit clean

run: export DEBUG = 1
run: .venv/.run node_modules/.run
	@exec $(BIN)/python manage.py serve --demo

test: .venv/.test node_modules/.test check
	READERAI_TEST_DATABASE=postgres $(BIN)/pytest -n auto --dist worksteal
	READERAI_TEST_DATABASE=sqlite $(BIN)/pytest -n auto --dist worksteal

check: export DEBUG = 1
check: .venv/.test node_modules/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	find templates -name '*.html' -print0 | xargs -0r $(BIN)/djade --target-version 5.2 --check
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py check
	$(BIN)/python -m tools.check_locks
	$(BIN)/python -m tools.front_end check
	$(BIN)/python -m tools.front_end test

faults: .venv/.test
	FAULT_ROUNDS=$${FAULT_ROUNDS:-200} $(BIN)/pytest -n0 tests/faults

bench: .venv/.test
	$(BIN)/python -m bench --write
	$(BIN)/python -m bench.capacity --write

bench-quick: .venv/.test
	$(BIN)/python -m bench --quick

eval: .venv/.test node_modules/.test
	$(BIN)/python -m tools.evals --write

sbom: .venv/.run node_modules/.run
	mkdir -p sbom
	$(UV) export --quiet --locked --no-default-groups --extra espeak --extra audio \
	  --preview-features sbom-export --format cyclonedx1.5 --output-file sbom/python.cdx.json
	$(BIN)/python -m tools.node sbom --package-lock-only --omit dev \
	  --sbom-format cyclonedx > sbom/npm.cdx.json
	$(BIN)/python -m tools.licences > sbom/licences.tsv

audit: | .venv/.run
	$(UV) audit --locked --preview-features audit
	$(BIN)/python -m tools.node audit --package-lock-only --omit dev

clean:
	rm -rf sbom .uv .venv node_modules staticfiles .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(UV):
	$(PYTHON) -m venv .uv
	.uv/bin/pip install --quiet uv==0.13.9

.venv/.run: uv.lock pyproject.toml | $(UV)
	$(UV) sync --quiet --locked --inexact --python $(INTERPRETER) --extra espeak $(NODE_GROUP)
	touch $@

.venv/.test: uv.lock pyproject.toml | $(UV)
	$(UV) sync --quiet --locked --python $(INTERPRETER) --all-extras --all-groups
	touch .venv/.run $@

# No stamp is left behind where npm fails, so the next run tries again.
node_modules/.run: package-lock.json | .venv/.run
	@$(BIN)/python -m tools.npm_ci --without-dev || echo \
	  "npm could not run: going on with system fonts and without the large dictionary."

node_modules/.test: package-lock.json | .venv/.test
	$(BIN)/python -m tools.npm_ci
