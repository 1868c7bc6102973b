"""Benchmarks: pytest -m benchmark -n0 -s tests/benchmarks. Left out of every other run (tests/conftest.py)."""
