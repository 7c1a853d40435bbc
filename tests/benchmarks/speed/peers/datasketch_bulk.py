"""datasketch as fast as it goes: MinHash.bulk with xxh32, LeanMinHash, LSH, checked by estimate. FILE OUT THRESHOLD."""

import xxhash
from datasketch import LeanMinHash, MinHash, MinHashLSH
from texts_of import arguments, shingles_of, texts_of, write_pairs

file, out, threshold = arguments()
limit = float(threshold)
sketches = [
    LeanMinHash(m)
    for text in texts_of(file)
    for m in MinHash.bulk([[s.encode() for s in shingles_of(text)]], num_perm=128, hashfunc=xxhash.xxh32_intdigest)
]
index = MinHashLSH(threshold=limit, num_perm=128)
with index.insertion_session() as session:
    for i, sketch in enumerate(sketches):
        session.insert(i, sketch, check_duplication=False)
write_pairs(
    out,
    (
        (i, j)
        for i, sketch in enumerate(sketches)
        for j in index.query(sketch)
        if j > i and sketch.jaccard(sketches[j]) >= limit
    ),
)
