"""Writes data/economies.csv from the CLDR data that Babel carries: python resources/economies.py."""

from __future__ import annotations

import csv
import re
import sys
from collections import defaultdict
from pathlib import Path

from babel import Locale, __version__
from babel.core import get_global

TARGET = Path(__file__).resolve().parent.parent / "data" / "economies.csv"
PRIVATE = re.compile(r"Q[M-Z]|X[A-Z]|AA|ZZ|EU")
# Codes that ISO 3166-1 has withdrawn but that CLDR still maps to the successor; data/economies.toml says what they are.
WITHDRAWN = {"BUR", "DDR", "FXX", "TMP", "YMD", "ZAR", "230", "249", "278", "280", "720", "736", "886"}
HEADER = """\
# ISO 3166-1 codes and short names in English and Chinese. Written by resources/economies.py; do not edit.
# Source: Unicode CLDR (territory names; territory aliases for the codes), https://cldr.unicode.org, as carried by Babel
# {version}. Copyright © Unicode, Inc., Unicode License v3, see UNICODE-LICENSE.txt.
# Other spellings, codes of other bodies and groups of economies: economies.toml.
"""


def main() -> None:
    codes: dict[str, list[str]] = defaultdict(list)
    for code, meant in get_global("territory_aliases").items():
        if len(code) == 3 and code not in WITHDRAWN and len(meant) == 1 and not PRIVATE.fullmatch(meant[0]):
            codes[meant[0]].append(code)
    english, chinese = (Locale.parse(each).territories for each in ("en", "zh"))
    rows = []
    for alpha2, found in codes.items():
        alpha3, numeric = [each for each in found if each.isalpha()], [each for each in found if each.isdigit()]
        if alpha3 and numeric:
            (alpha3_code,), (number,) = alpha3, numeric
            rows.append((alpha3_code, alpha2, number, english[alpha2].replace(" & ", " and "), chinese[alpha2]))
    with TARGET.open("w", encoding="utf-8", newline="") as stream:
        stream.write(HEADER.format(version=__version__))
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("id", "alpha2", "numeric", "en", "zh"))
        writer.writerows(sorted(rows))
    sys.stdout.write(f"{len(rows)} economies\n")


if __name__ == "__main__":
    main()
