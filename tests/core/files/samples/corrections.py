"""What a person has to correct in the mappings that are detected for the sample files: the shorter, the better."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from core.files.importing import Detected, Part, corrected
from core.files.mapping import SheetMapping
from core.units import Unit


@dataclass(frozen=True, slots=True)
class Correction:
    """One change to the mapping of a sheet: a field, or with `at` the role of one column or one header row."""

    sheet: str
    field: str
    value: object
    at: int | None = None

    def applied(self, mapping: SheetMapping) -> SheetMapping:
        if self.at is None:
            return replace(mapping, **{self.field: self.value})  # type: ignore[arg-type]
        roles = list(getattr(mapping, self.field))
        roles[self.at] = self.value
        return replace(mapping, **{self.field: tuple(roles)})  # type: ignore[arg-type]


# The label of the variable says "current US dollars"; only who knows the data set knows that these are millions.
_MILLIONS = Correction("*", "unit", Unit("USD", 1e6))

CORRECTIONS: Mapping[str, tuple[Correction, ...]] = {
    "china_customs_monthly.xlsx": (),
    "china_oil_trade_volume.xlsx": (),
    "comtrade_plus_services_2022.csv": (),
    "databank_wdi_extract.csv": (),
    "eurostat_world_trade_sitc.xlsx": (),
    "gravity_bilateral_trade.dta": (_MILLIONS,),
    "gravity_bilateral_trade_large.dta": (_MILLIONS,),
    "nbs_china_energy_annual.xls": (),
    "trademap_china_exports_hs2.txt": (),
    "trademap_china_imports_hs2.txt": (),
    "trademap_exporters_all_products.txt": (),
    "trademap_korea_suppliers_060312.csv": (),
    "trademap_world_exports_hs2.txt": (),
    "un_country_profiles_2017.csv": (),
    "unctadstat_primary_exports_to_china.csv": (),
    "us_china_tariff_steps.xlsx": (),
    "worldbank_exports_goods_services.csv": (),
    "worldbank_merchandise_four_sheets.xlsx": (),
    "wto_bilateral_imports_japan.xlsx": (),
}


def with_corrections(found: Detected, file: str) -> Detected:
    """What was detected, after the corrections that the file needs."""
    parts = list(found.parts)
    for correction in CORRECTIONS[file]:
        for number, part in enumerate(parts):
            parts[number] = _corrected(part, correction)
    return replace(found, parts=tuple(parts))


def _corrected(part: Part, correction: Correction) -> Part:
    for at, use in enumerate(part.uses):
        if correction.sheet in {"*", use.sheet.name}:
            return corrected(part, at, correction.applied(use.mapping))
    return part
