"""text-dedup's own command, then the pairs inside its clusters. FILE OUT and options of text_dedup.minhash."""

import os
import pickle
import subprocess
import sys
import tempfile
from collections import defaultdict
from itertools import combinations
from pathlib import Path

from texts_of import arguments, write_pairs

file, out, *options = arguments()
with tempfile.TemporaryDirectory(dir=Path(out).parent) as folder:
    command = [sys.executable, "-m", "text_dedup.minhash", "--path", "json", "--data_files", file, "--split", "train"]
    command += ["--column", "text", "--output", f"{folder}/out", "--cache_dir", f"{folder}/cache", "--debug", *options]
    quiet = {**os.environ, "HF_HOME": folder, "HF_DATASETS_OFFLINE": "1", "HF_HUB_OFFLINE": "1"}
    subprocess.run(command, env=quiet, check=True, stdout=subprocess.DEVNULL, stderr=sys.stderr)
    with Path(folder, "out", "uf.pkl").open("rb") as dumped:
        joined = pickle.load(dumped)
clusters = defaultdict(list)
for row in list(joined.parent):
    clusters[joined.find(row)].append(row)
write_pairs(out, (pair for rows in clusters.values() for pair in combinations(sorted(rows), 2)))
