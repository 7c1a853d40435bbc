"""How right the program is, task by task, beside published baselines: ``python tests/benchmarks/accuracy``."""
