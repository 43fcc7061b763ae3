# Thin on purpose: each target is the script of the same name.
#   make run [PORT=8069] [DB=name]    make test [PYTEST_ARGS='-k slip']    make lint
#   make db NAME=x [FORCE=1]          make shell [DB=x] [< script.py]      make demo
#   make verify [DB=x]                make bench           make clean
#   make screenshots                  make lifecycle
# Settings: ODOO_HOME, DATABASE_URL, DEBIAN_MIRROR, PYTHON, PG_BIN (see scripts/README.md).

export PORT DB NAME FORCE ODOO_HOME DATABASE_URL DEBIAN_MIRROR PYTHON PG_BIN
export PYTEST_ARGS

TARGETS := run test lint bench verify lifecycle demo db shell clean screenshots
.PHONY: $(TARGETS)
.DEFAULT_GOAL := run

$(TARGETS):
	@scripts/$@
