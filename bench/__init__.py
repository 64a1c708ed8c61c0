"""Measurements: `make bench` runs them and writes the tables of docs/performance.md. None of it is part of the bot."""
