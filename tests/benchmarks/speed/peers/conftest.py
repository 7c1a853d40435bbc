"""Nothing to collect: the scripts run in the environment of the tools they call."""

collect_ignore_glob = ["*.py"]
