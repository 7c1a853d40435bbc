"""rensa: R-MinHash of the whole shingle set, LSH, candidates checked by estimate. FILE OUT BANDS THRESHOLD."""

from rensa import RMinHash, RMinHashLSH
from texts_of import arguments, shingles_of, texts_of, write_pairs

PERMUTATIONS = 128

file, out, bands, threshold = arguments()
sketches = RMinHash.from_token_sets([list(shingles_of(t)) for t in texts_of(file)], PERMUTATIONS, 42)
index = RMinHashLSH(float(threshold), PERMUTATIONS, int(bands))
index.insert_many(sketches)
limit = float(threshold)
write_pairs(
    out,
    (
        (i, j)
        for i, sketch in enumerate(sketches)
        for j in index.query(sketch)
        if j > i and sketch.jaccard(sketches[j]) >= limit
    ),
)
