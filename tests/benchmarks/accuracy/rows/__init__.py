"""One file for each task; each has FILES (the data that it reads) and ``figures(data, plan)``."""
