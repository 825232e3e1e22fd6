"""The measured promises: each `bench_*.py` measures one and prints its ratio against a named yardstick."""
