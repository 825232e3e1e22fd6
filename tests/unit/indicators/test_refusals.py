"""What the language of definitions refuses, and the sentence it says: where, what, and what to do."""

from datetime import date

import pytest

from natapraja.foundation.kernel.definitions import Text
from natapraja.mcd.indicators import catalogue
from natapraja.mcd.indicators.definition import Concept, ConceptVersion
from natapraja.mcd.indicators.language import ExpressionError, Schema, check
from natapraja.mcd.registers.catalogue import registers

TODAY = date(2026, 11, 1)
WHERE = "uji"


def refusal(text: str, register: str = "people") -> str:
    with pytest.raises(ExpressionError) as refused:
        check(text, register, catalogue.schema(TODAY), WHERE)
    return str(refused.value)


@pytest.mark.parametrize(
    ("text", "register", "sentence"),
    [
        ("birth_dat > as_of", "people", "Mungkin maksud Anda 'birth_date'"),
        ("floors = '8'", "houses", "Mungkin maksud Anda 'floor'"),
        ("household.house.flor = '8'", "people", "Mungkin maksud Anda 'floor'"),
        ("any_of(peopel, age < 5)", "households", "Mungkin maksud Anda 'people'"),
        ("any_of(people, agee < 5)", "households", "Mungkin maksud Anda 'age'"),
        ("qqqqqqqq = 1", "houses", "Yang ada: "),
        ("age.month = 1", "people", "bukan rujukan ke register lain"),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest_right_one(text: str, register: str, sentence: str):
    assert sentence in refusal(text, register)
    assert WHERE in refusal(text, register)


PERSONAL = [
    (register.id, field.name)
    for register in registers().values()
    for field in register.fields
    if not field.in_mart
]


@pytest.mark.parametrize(("register", "name"), PERSONAL)
def test_a_personal_field_is_in_no_sum(register: str, name: str):
    assert "data pribadi" in refusal(f"{name} IS NOT NULL", register)


def test_a_personal_field_is_not_reached_through_a_reference_or_a_collection():
    assert "data pribadi" in refusal("person.nik IS NULL", "growth")
    assert "data pribadi" in refusal("any_of(people, name = 'Contoh')", "households")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("year_between(birth_date, as_of) > 1", "Mungkin maksud Anda 'years_between'"),
        ("years_between(birth_date) > 1", "fungsi years_between meminta 2 isian, tertulis 1"),
        ("who_z('wfa', sex, 3) > 1", "fungsi who_z meminta 4 sampai 5 isian, tertulis 3"),
        ("school_year_start() > as_of", "meminta 1 isian, tertulis 0"),
        ("age >", "tidak dapat dibaca"),
    ],
)
def test_a_wrong_call_is_refused_with_what_is_asked(text: str, sentence: str):
    assert sentence in refusal(text)


@pytest.mark.parametrize(
    "text",
    [
        "(SELECT 1) = 1",
        "age IN (SELECT age FROM people)",
        "EXISTS (SELECT 1)",
        "age > 1; DROP TABLE people",
        "ATTACH 'lain.db'",
        "COPY people TO 'berkas.csv'",
        "read_csv('/etc/passwd') IS NULL",
        "read_parquet('a') IS NULL",
        "getenv('HOME') = ''",
        "*",
        "COUNT(*) > 1",
        "SUM(age) > 1",
        "CAST(age AS VARCHAR) = '1'",
        "age::VARCHAR = '1'",
        "sex LIKE 'L%'",
        "age OVER ()",
        "ROW_NUMBER() OVER (ORDER BY age) = 1",
        "{'a': 1} IS NULL",
        "[1, 2] IS NULL",
        "$1 = 1",
        "? = 1",
        "x -> x",
    ],
)
def test_what_is_not_the_language_is_refused(text: str):
    assert refusal(text)


def test_concepts_that_call_each_other_in_a_circle_are_refused():
    def concept(name: str, expr: str) -> Concept:
        version = ConceptVersion(since=date(2020, 1, 1), basis="Uji", expr=expr)
        return Concept(id=name, register="people", title=Text(id="Uji", en="Test"), versions=(version,))

    both = {"one": concept("one", "two OR age < 5"), "two": concept("two", "NOT one")}
    with pytest.raises(ExpressionError, match="memanggil dirinya sendiri"):
        check("one", "people", Schema(registers(), both, TODAY), WHERE)
