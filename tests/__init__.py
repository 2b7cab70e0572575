"""The tests. `python -m tests.bench` measures; everything else runs under pytest."""
