"""gaoya: MinHash LSH in Rust, with its own tokeniser and both threads. FILE OUT BANDS BAND_SIZE THRESHOLD."""

from gaoya.minhash import MinHashStringIndex
from texts_of import arguments, texts_of, write_pairs

file, out, bands, size, threshold = arguments()
texts = texts_of(file)
index = MinHashStringIndex(32, float(threshold), int(bands), int(size), None, "word", True, (5, 5), "vec")
index.par_bulk_insert_docs(list(range(len(texts))), texts)
near = index.par_bulk_query(texts)
write_pairs(out, ((i, j) for i, found in enumerate(near) for j in found))
