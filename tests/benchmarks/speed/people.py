"""Invented people: who writes articles and who is quoted in them."""


def named(names: str) -> tuple[str, ...]:
    return tuple(names.split())


FIRST_NAMES = named(
    "Anna Bruno Clara David Edith Frank Greta Henry Ines James Karin Louis Maria Nadia Oscar Paula Robert Sonja "
    "Thomas Ulla Victor Wanda Xavier Yvonne Albert Bettina Conrad Dora Emil Flora Georg Hanna"
)
SURNAMES = named(
    "Aldercott Brackwell Cranleigh Dunsfold Ellerby Fenwright Garsdale Holmbury Inkersall Jesmond Kettlewell "
    "Langthorne Mossman Norbeck Osgathorpe Pellworth Quenby Rushmere Stavering Tolworthy Ullesthorpe Venmore "
    "Wadworth Yelverton Ashcombe Birtles Corringham Deerhurst Eckington Flitwick Grimsargh Hathersage"
)
