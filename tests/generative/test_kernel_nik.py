"""The NIK against a second opinion: python-stdnum, where the two overlap."""

from hypothesis import given
from hypothesis import strategies as st
from stdnum.id import nik as stdnum_nik

from natapraja.foundation.kernel.identifiers import Malformed, Nik

KNOWN_REGIONS = {"33.09", "11.01", "34.71"}
regions = st.sampled_from(["330903", "110101", "347199"])
days = st.integers(0, 79).map("{:02}".format)
months = st.integers(0, 19).map("{:02}".format)
years = st.integers(0, 99).map("{:02}".format)
serials = st.integers(1, 9999).map("{:04}".format)
numbers = st.builds("".join, st.tuples(regions, days, months, years, serials))


@given(numbers)
def test_a_nik_without_deviations_is_one_that_stdnum_accepts(number):
    """Days from 80 on are left out: stdnum takes the remainder by 40, so it reads 81 as a first."""
    assert (Nik(number).deviations(regions=KNOWN_REGIONS) == ()) == stdnum_nik.is_valid(number)


@given(numbers.filter(stdnum_nik.is_valid))
def test_the_date_stdnum_reads_is_our_first_candidate(number):
    assert Nik(number).birth_dates()[0] == stdnum_nik.get_birth_date(number)


@given(st.text(max_size=20))
def test_any_text_is_either_a_nik_or_refused_without_repeating_it(text):
    try:
        sentence = "" if len(str(Nik.parse(text))) == 16 else text
    except Malformed as refused:
        sentence = str(refused)
    assert len(text.strip()) < 6 or text.strip() not in sentence
