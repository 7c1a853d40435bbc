"""TfidfVectorizer and sparse_dot_topn: the nearest 100 of every article. FILE OUT THRESHOLD N-GRAM."""

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sparse_dot_topn import sp_matmul_topn
from texts_of import arguments, texts_of, write_pairs

file, out, threshold, ngram = arguments()
grams = TfidfVectorizer(ngram_range=(int(ngram), int(ngram)), dtype=np.float32).fit_transform(texts_of(file))
near = sp_matmul_topn(grams, grams.T.tocsr(), top_n=100, threshold=float(threshold), n_threads=2).tocoo()
write_pairs(out, zip(near.row.tolist(), near.col.tolist(), strict=True))
