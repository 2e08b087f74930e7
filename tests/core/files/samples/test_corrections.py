"""How much a person has to correct until the facts of the sample files hold."""

from __future__ import annotations

from tests.core.files.samples.corrections import CORRECTIONS
from tests.core.files.samples.reading import FOLDER, NEEDS_SAMPLES, sample

pytestmark = NEEDS_SAMPLES


def test_every_sample_file_is_tested() -> None:
    assert {path.name for path in FOLDER.iterdir()} - {"README.md"} == set(CORRECTIONS)


def test_every_sample_file_becomes_tables_without_a_refusal() -> None:
    problems = {file: [str(each.problem) for each in sample(file).imported if each.problem] for file in CORRECTIONS}
    assert {file: found for file, found in problems.items() if found} == {}
    assert all(sample(file).imported for file in CORRECTIONS)


def test_at_least_sixteen_samples_need_no_correction() -> None:
    counts = {file: len(corrections) for file, corrections in CORRECTIONS.items()}
    for file, count in sorted(counts.items(), key=lambda each: (-each[1], each[0])):
        print(f"{count} corrections: {file}")
    free = sum(count == 0 for count in counts.values())
    print(f"{free} of {len(counts)} samples need no correction")
    assert len(counts) == 19
    assert free >= 16
    assert max(counts.values()) <= 3
