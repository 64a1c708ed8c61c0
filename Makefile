# Raingan: the two commands are `make run` and `make test`; `make` alone prints the rest.
# Everything that is installed goes into .venv, which `make clean` removes. When nothing has changed, nothing is
# installed again and the network is not needed.

SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?=
# One more than the cores of a small machine: a fifth of the tests' time is waiting for processes.
WORKERS ?= 3
ROWS ?= 4
UV ?= uv

# Images of containers switch it on, and every program that the tests start would be compiled anew.
export PYTHONDONTWRITEBYTECODE :=

# What is pinned is installed in full or not at all: every file has its hash.
INSTALL := $(BIN)/python -m pip install --quiet --no-input --disable-pip-version-check --require-hashes

# Run, not only found: a shim of a version manager may stand in the PATH and fail. Debian ships `venv` without
# `ensurepip` until python3-venv is installed.
FITS := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
HAS_VENV := import ensurepip, venv

.DEFAULT_GOAL := help
.PHONY: help setup run test bench faults lock clean python-is-gone
.DELETE_ON_ERROR:

help:
	@echo 'make run     ติดตั้งและเปิดบอต · set up everything and start the bot'
	@echo 'make test    ตรวจรูปแบบ ชนิดข้อมูล และทดสอบทั้งหมด · set up, then lint, types and all tests'
	@echo 'make faults  ทดสอบเหตุขัดข้องทุกแบบ ใช้เวลานาน · every fault at length, with its table; takes long'
	@echo 'make bench   วัดความเร็ว · measure, about fifteen minutes; PARTS=turn for one part'
	@echo 'make setup   ติดตั้งอย่างเดียว · set up only'
	@echo 'make lock    ตรึงรุ่นของไลบรารีใหม่ · pin the dependencies anew (developers; needs uv)'
	@echo 'make clean   ลบสิ่งที่ติดตั้ง ไม่ลบข้อมูล · remove what was installed; keeps .env and the data'

setup: $(VENV)/.installed .env

run: setup
	@$(BIN)/python -m bot serve

test: setup $(VENV)/.installed-dev
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || { \
	  echo 'ไม่พบ Chromium ซึ่งการทดสอบใช้เปิดหน้าจำลอง ติดตั้งด้วยคำสั่ง:' >&2; \
	  echo 'Chromium, which walks through the simulator in the tests, was not found. Install it with:' >&2; \
	  echo '    sudo apt-get install chromium fonts-noto-core' >&2; \
	  exit 1; }
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

faults: setup $(VENV)/.installed-dev
	$(BIN)/python -m pytest tests/faults --all-faults=docs/faults.md -n $(ROWS) --dist worksteal -v

bench: setup $(VENV)/.installed-dev
	@$(BIN)/python -m bench $(PARTS)

.env:
	@umask 077 && cp .env.example .env
	@echo 'สร้าง .env จาก .env.example แล้ว · .env was made from .env.example'

# The stamps lie inside the virtual environment, so that both go together. An environment whose Python has gone (an
# upgrade of the system, a folder copied to another machine) is made anew in spite of its stamp.
$(VENV)/.installed: requirements.txt Makefile $(if $(realpath $(BIN)/python),,python-is-gone)
	@set -e; \
	if ! $(BIN)/python -c '$(FITS)' 2>/dev/null || ! $(BIN)/python -m pip --version >/dev/null 2>&1; then \
	  found=''; \
	  for each in $(PYTHON) python3.13 python3.12 python3.11 python3; do \
	    if "$$each" -c '$(HAS_VENV); $(FITS)' >/dev/null 2>&1; then found="$$each"; break; fi; \
	  done; \
	  if [ -z "$$found" ]; then \
	    echo 'ไม่พบ Python 3.11–3.13 ที่สร้าง virtual environment ได้ ติดตั้งด้วยคำสั่ง:' >&2; \
	    echo 'No Python 3.11–3.13 that can make a virtual environment was found. Install it with:' >&2; \
	    echo '    sudo apt-get install python3 python3-venv' >&2; \
	    echo 'หากอยู่ที่อื่น ให้ระบุ · if it lies elsewhere, name it: make run PYTHON=…/python3.12' >&2; \
	    exit 1; \
	  fi; \
	  echo "กำลังสร้าง $(VENV) ด้วย $$found · making $(VENV) with $$found"; \
	  "$$found" -m venv --clear $(VENV); \
	fi
	@$(call install,-r requirements.txt)
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	@$(call install,-r requirements-dev.txt)
	@touch $@

define install
echo 'กำลังติดตั้งไลบรารีที่ตรึงรุ่นไว้ อาจใช้เวลาหลายนาที · installing the pinned libraries, this can take minutes'; \
$(INSTALL) $(1) || { \
  echo 'ติดตั้งไม่สำเร็จ ตรวจว่าเครื่องนี้ต่ออินเทอร์เน็ตหรือพร็อกซีได้ (ครั้งแรกต้องใช้) แล้วสั่งซ้ำ ข้อความของ pip อยู่ด้านบน' >&2; \
  echo 'The libraries could not be installed. The first time needs the network: check the connection or the proxy' >&2; \
  echo '(pip reads HTTPS_PROXY and PIP_INDEX_URL), then run the same command again. What pip said stands above.' >&2; \
  exit 1; }
endef

# requirements-dev.txt is everything, the runtime at the same versions included.
# One resolution for all of Python 3.11–3.13 and every platform. Needs uv (`pip install uv`).
LOCK := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-emit-find-links --no-header --annotation-style line

lock:
	@command -v $(UV) >/dev/null || { \
	  echo 'ไม่พบ uv ติดตั้งด้วยคำสั่ง · uv was not found, install it with: pip install uv' >&2; exit 1; }
	$(LOCK) pyproject.toml --output-file requirements.txt
	$(LOCK) pyproject.toml --group dev --constraint requirements.txt --output-file requirements-dev.txt

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
