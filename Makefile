# What a user and a contributor type. `make` alone says what there is.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup demo test bench soak lint

# rustup puts cargo here, and tells only new shells.
export PATH := $(PATH):$(HOME)/.cargo/bin

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

setup: ## what is missing to build and run: installs it, or says how
	@scripts/setup

demo: setup ## builds cogway, proves the example histories, and draws the shop
	cargo build --release --package cogway
	@cargo run --release --quiet --package cogway -- demo
	@echo; echo "The online shop of examples/shop: cogway verify, cogway normalize, cogway doc"
	@cargo run --release --quiet --package cogway -- --config examples/shop/cogway.toml verify
	@cargo run --release --quiet --package cogway -- --config examples/shop/cogway.toml normalize --at-least 3nf | tail -n 1
	@cargo run --release --quiet --package cogway -- --config examples/shop/cogway.toml doc --out "$${CARGO_TARGET_DIR:-target}/shop.html"

test: ## all tests, on every PostgreSQL that can be had
	@servers=$$(scripts/setup --test) && eval "$$servers" && \
	if cargo nextest --version >/dev/null 2>&1; then \
	    cargo nextest run --workspace && cargo test --workspace --doc; \
	else \
	    cargo test --workspace --no-fail-fast; \
	fi
	@echo "killing cogway verify, to see what is left:"
	@cargo run --quiet --package xtask -- soak --times 10 --seed 10 --cogway "$${CARGO_TARGET_DIR:-target}/debug/cogway"

bench: setup ## measures, for BENCHMARKS.md
	cargo run --release --quiet --package xtask -- bench

soak: setup ## the same and more, over hours
	cargo run --release --quiet --package xtask -- soak

lint: setup ## formatting, clippy and documentation, warnings denied
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- --deny warnings
	RUSTDOCFLAGS="--deny warnings" cargo doc --workspace --no-deps --quiet
	@if command -v shellcheck >/dev/null; then shellcheck scripts/setup .ci/run; \
	else echo "skipped: shellcheck (not installed)"; fi
