"""datasketch as its README shows it: update word group by word group, insert, query. FILE OUT THRESHOLD."""

from datasketch import MinHash, MinHashLSH
from texts_of import arguments, shingles_of, texts_of, write_pairs

file, out, threshold = arguments()
index = MinHashLSH(threshold=float(threshold), num_perm=128)
sketches = []
for i, text in enumerate(texts_of(file)):
    sketch = MinHash(num_perm=128)
    for shingle in shingles_of(text):
        sketch.update(shingle.encode("utf8"))
    index.insert(str(i), sketch)
    sketches.append(sketch)
write_pairs(out, ((i, int(j)) for i, sketch in enumerate(sketches) for j in index.query(sketch)))
