"""A project with everything that indices read, in which every number differs from every other."""

from __future__ import annotations

import numpy as np

from core.explain import Explanation, explain
from core.project import Analysis, Project, Study
from core.results import LineKey, Results
from core.table import Label, Periods, Source, Table, new_table
from core.text import Bilingual
from core.units import Unit

ECONOMIES = (
    Label("AAA", Bilingual("Aland", "甲国")),
    Label("BBB", Bilingual("Boland", "乙国")),
    Label("CCC", Bilingual("Coland", "丙国")),
    Label("DDD", Bilingual("Doland", "丁国")),
)
SECTORS = tuple(Label(f"s{n}", Bilingual(f"Sector {n}", f"部门{n}")) for n in range(1, 5))
YEARS = (2010, 2011, 2012)
USD = Unit("USD", 1e6)


def numbers(count: int, seed: int) -> list[list[float]]:
    """Numbers of series over the years, with two decimals as statistics have them."""
    random = np.random.default_rng(seed)
    return np.round(random.uniform(5, 900, (len(YEARS), count)), 2).tolist()


def made(table_id: str, keys: list[tuple[int, int, int, str]], seed: int, units: dict[str, int] | None = None) -> Table:
    """A table of series (reporter, partner, sector, measure); −1 for a side that a series does not have."""
    measures = list(dict.fromkeys(key[3] for key in keys))
    return new_table(
        table_id,
        Bilingual(f"Table {table_id}", f"表{table_id}"),
        {
            "reporter": ECONOMIES,
            "partner": ECONOMIES,
            "sector": SECTORS,
            "measure": [Label(each, Bilingual(each.replace("_", " ").capitalize())) for each in measures],
        },
        {
            "reporter": [key[0] for key in keys],
            "partner": [key[1] for key in keys],
            "sector": [key[2] for key in keys],
            "measure": [measures.index(key[3]) for key in keys],
            "unit": [(units or {}).get(key[3], 0) for key in keys],
        },
        Periods("year", YEARS),
        numbers(len(keys), seed),
        units=(USD, Unit("t")),
        sources=(
            Source("source", Bilingual("Office of Statistics: yearbook (table 3)", "统计局：年鉴（表3）"), "2013"),
        ),
    )


def alone() -> Table:
    """Economies × sectors: flows, quantities, output; GDP and population of the economies."""
    flows = ("exports", "imports", "output", "quantity_exports", "quantity_imports")
    keys = [(r, -1, s, measure) for r in range(4) for s in range(4) for measure in flows]
    keys += [(r, -1, -1, measure) for r in range(4) for measure in ("gdp", "population")]
    return made("alone", keys, 1, {"quantity_exports": 1, "quantity_imports": 1, "population": 1})


def bilateral() -> Table:
    """Exports and imports of each economy with each other, by sector."""
    pairs = [(r, p) for r in range(4) for p in range(4) if r != p]
    return made("pairs", [(r, p, s, m) for r, p in pairs for s in range(4) for m in ("exports", "imports")], 2)


def project(**options: object) -> Project:
    """Both tables under some settings."""
    composite = (("rca", "higher"), ("tc", "higher"))
    analysis = Analysis(options={"composite": composite, **options})
    return Project("explained", Bilingual("Explained"), Study(home="AAA"), (alone(), bilateral()), analysis=analysis)


def explained(results: Results, key: LineKey, year: int, **settings: object) -> Explanation:
    found = explain(results, key, year, tuple(settings.items()))
    assert found is not None
    return found
