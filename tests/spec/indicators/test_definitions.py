"""What must hold for every concept and every indicator, whoever writes the next one."""

import csv
import tomllib
from collections import Counter
from collections.abc import Iterator

import pytest

from natapraja.foundation.kernel.definitions import load_folder
from natapraja.mcd.indicators.definition import (
    Concept,
    Indicator,
    concept_faults,
    in_force,
    indicator_faults,
    parse_table,
)
from natapraja.mcd.indicators.measure import ADDITIVE
from natapraja.mcd.registers.codes import CodeList
from natapraja.mcd.registers.definition import Derived, Field

from .definitions_at_hand import DEFINITIONS, HOMES, concepts, indicators, rules
from .figures import figure
from .names import Mention, meaning, mentions
from .plain import World, rows_of

CONCEPTS = list(concepts().values())
INDICATORS = list(indicators().values())
EVERY_CONCEPT = pytest.mark.parametrize("concept", CONCEPTS, ids=[each.id for each in CONCEPTS])
EVERY_INDICATOR = pytest.mark.parametrize("indicator", INDICATORS, ids=[each.id for each in INDICATORS])
SECTORS = ("population", "education", "health", "infrastructure", "economy", "welfare")
PARTS = ("numerator", "denominator", "weight", "value")


def expressions(definition: Concept | Indicator) -> Iterator[tuple[str, str]]:
    """(register, expression) of everything a definition asks of rows."""
    if isinstance(definition, Concept):
        yield from ((definition.register, version.expr) for version in definition.versions)
        return
    for version in definition.versions if definition.register else ():
        for part in PARTS:
            if (text := getattr(version, part)) is not None:
                yield definition.register, text
    yield from ((definition.register, name) for name in definition.group_by)


def named_in(definition: Concept | Indicator) -> list[Mention]:
    return [mention for home, text in expressions(definition) for mention in mentions(text, home, rules())]


def comparable_units() -> dict[tuple[str, str], tuple[str, str]]:
    """(series, category) of every published figure to (kind, what it is a count or a share of)."""
    folder = DEFINITIONS / "boyolali" / "comparators"
    units = {
        unit["id"]: (unit["kind"], unit["of"])
        for unit in tomllib.loads((folder / "published.toml").read_text(encoding="utf-8"))["unit"]
    }
    with (folder / "published.csv").open(encoding="utf-8", newline="") as lines:
        return {(row["series"], row["category"]): units[row["unit"]] for row in csv.DictReader(lines)}


# What a published share is a share of, in terms of what an indicator counts.
COUNTED_AS = {
    "person": "person",
    "labour force": "person",
    "employed person": "person",
    "person aged 15 and over": "person",
    "household": "household",
    "family": "family",
    "house": "house",
    "neighbourhood": "neighbourhood",
    "child": "child",
    "live birth": "event",
}


def test_there_are_indicators_of_every_sector_and_more_than_forty_in_all():
    found = Counter(indicator.sector for indicator in INDICATORS)
    assert set(found) == set(SECTORS)
    assert sum(found.values()) > 40


def test_an_indicator_lies_in_the_folder_of_its_sector():
    for home in HOMES:
        for path in (home / "indicators").glob("**/*.toml"):
            assert indicators()[path.stem].sector == path.parent.name, path.name


@pytest.mark.parametrize("kind", ["concepts", "indicators"])
def test_the_nation_and_the_regency_define_nothing_twice(kind: str):
    files = [path.stem for home in HOMES for path in (home / kind).rglob("*.toml")]
    assert [name for name, times in Counter(files).items() if times > 1] == []


def test_no_concept_takes_the_name_of_a_field():
    for concept in CONCEPTS:
        register = rules().registers[concept.register]
        assert concept.id not in {each.name for each in (*register.fields, *register.derived)}


@EVERY_CONCEPT
def test_a_concept_has_dated_versions_each_with_a_basis(concept: Concept):
    assert concept_faults(concept) == []


@EVERY_INDICATOR
def test_an_indicator_has_dated_versions_each_with_a_basis_and_the_parts_of_its_kind(indicator: Indicator):
    assert indicator_faults(indicator) == []


@pytest.mark.parametrize("definition", CONCEPTS + INDICATORS, ids=lambda each: each.id)
def test_every_name_exists_and_none_is_personal(definition: Concept | Indicator):
    for mention in named_in(definition):
        found = meaning(mention, rules())
        assert found is not None, f"{mention.name} is nothing that {mention.register} knows"
        assert not isinstance(found, Field) or found.in_mart, f"{mention.name} names or places a person"


@pytest.mark.parametrize("definition", CONCEPTS + INDICATORS, ids=lambda each: each.id)
def test_every_code_stands_in_the_code_list_of_its_field(definition: Concept | Indicator):
    lists = {name: codes for home in HOMES for name, codes in load_folder(home / "codes", CodeList).items()}
    for mention in named_in(definition):
        found = meaning(mention, rules())
        if isinstance(found, Field | Derived) and found.codes is not None:
            assert set(mention.compared) <= set(lists[found.codes].values), mention.name


def test_every_concept_is_used():
    used = {mention.name for definition in CONCEPTS + INDICATORS for mention in named_in(definition)}
    assert set(concepts()) <= used


@pytest.mark.parametrize("definition", CONCEPTS + INDICATORS, ids=lambda each: each.id)
def test_a_rule_leans_only_on_concepts_already_in_force_when_it_begins(definition: Concept | Indicator):
    begins = min(version.since for version in definition.versions)
    for mention in named_in(definition):
        found = meaning(mention, rules())
        if isinstance(found, Concept):
            assert in_force(found.versions, begins) is not None, found.id


@EVERY_INDICATOR
def test_a_formula_takes_counts_of_other_indicators_or_published_values(indicator: Indicator):
    for version in indicator.versions:
        for source in version.inputs.values():
            assert source.indicator is None or indicators()[source.indicator].kind == "count"


@EVERY_INDICATOR
def test_what_follows_from_an_indicator_is_another_that_adds_up(indicator: Indicator):
    assert indicator.id not in indicator.reveals
    assert {indicators()[name].kind for name in indicator.reveals} <= set(ADDITIVE)


@EVERY_INDICATOR
def test_the_example_shows_only_fields_that_may_be_used(indicator: Indicator):
    for register, text in indicator.example.rows.items():
        known = {field.name for field in rules().registers[register].mart_fields}
        head = set(parse_table(text)[0]) - {"key", "area", "valid_from", "valid_to"}
        assert head <= known, f"{register}: {head - known}"


def answers(register: str) -> set[str]:
    """The fields of a register that somebody may leave unanswered."""
    fields = rules().registers[register].fields
    return {field.name for field in fields if not field.required and field.type != "reference"}


def leans_on(text: str, register: str) -> set[tuple[str, str]]:
    """(register, field) of every stored field behind an expression, its concepts and derived values."""
    found: set[tuple[str, str]] = set()
    for mention in mentions(text, register, rules()):
        known = meaning(mention, rules())
        if isinstance(known, Concept):
            for version in known.versions:
                found |= leans_on(version.expr, known.register)
        elif isinstance(known, Derived):
            found |= leans_on(known.expr, mention.register)
        else:
            found.add((mention.register, mention.name))
    return found


COUNTED_UNTIL_KNOWN_ABSENT = {("people", "lives_here"), ("families", "registered_here")}
ASKED = [
    indicator
    for indicator in INDICATORS
    if indicator.kind in ADDITIVE
    and any(
        name in answers(register)
        for version in indicator.versions
        for register, name in leans_on(version.numerator or version.value, indicator.register)
        - COUNTED_UNTIL_KNOWN_ABSENT
    )
]


@pytest.mark.parametrize("indicator", ASKED, ids=[each.id for each in ASKED])
def test_where_nobody_answered_nobody_is_counted(indicator: Indicator):
    """Every optional answer of the example is taken away: unknown is neither yes nor no."""
    example = indicator.example
    rows = {
        register: [
            {name: None if name in answers(register) else value for name, value in row.items()}
            for row in rows_of(rules(), register, text)
        ]
        for register, text in example.rows.items()
    }
    assert figure(indicator, World.of_rows(rules(), example.on, rows)).numerator == 0


@EVERY_INDICATOR
def test_the_owner_is_an_agency_of_the_regency(indicator: Indicator):
    agencies = tomllib.loads((DEFINITIONS / "boyolali" / "agencies.toml").read_text(encoding="utf-8"))[
        "agency"
    ]
    assert indicator.owner in {agency["id"] for agency in agencies}


@EVERY_INDICATOR
def test_a_published_figure_beside_it_is_of_the_same_kind_and_says_why_it_differs(indicator: Indicator):
    published = comparable_units()
    for comparator in indicator.comparators:
        kind, of = published[comparator.series, comparator.category]
        assert comparator.why.id
        assert comparator.why.en
        assert (kind == "count") == (indicator.kind == "count")
        assert kind == "index" or COUNTED_AS[of] == indicator.count_as


def test_shares_of_households_persons_and_families_never_stand_beside_the_same_series():
    beside: dict[str, set[str]] = {}
    for indicator in INDICATORS:
        for comparator in indicator.comparators:
            beside.setdefault(comparator.series, set()).add(indicator.count_as)
    assert {series: kinds for series, kinds in beside.items() if len(kinds) > 1} == {}
