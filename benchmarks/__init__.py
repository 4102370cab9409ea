"""Speed and memory, one command: ``make benchmarks``."""
