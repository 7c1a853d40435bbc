"""warm.py INDEX OUT FILE...: asks an index where the text of each file is from, in one process; an answer a line.

Nothing but the program and the standard library is imported, so that what is in memory is what the program needs.
"""

import json
import sys
import time
from pathlib import Path


def main() -> None:
    from provenance.index import Index
    from provenance.pipeline import read_articles

    index, out, *files = sys.argv[1:]
    with Index.open(index, create=False) as opened, Path(out).open("w") as answers:
        for file in files:
            wall, cpu = time.perf_counter(), time.process_time()
            found, id = opened.asked(read_articles(file).articles[0])
            spent = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
            answer = {
                "sources": [d.source for d in found.sources_of(id)],
                "undecided": sorted(
                    {other for u in found.undecided if id in u.articles for other in u.articles} - {id}
                ),
                "derived": [d.derived for d in found.derived_from(id)],
                "family": [other for f in found.families if id in f.articles for other in f.articles if other != id],
            }
            print(json.dumps(spent | {"answer": answer}), file=answers)
        print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})), file=answers)


if __name__ == "__main__":
    main()
