"""Which figures stand on a dashboard: six for each sector, and six for the whole."""

from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

WHOLE = "ikhtisar"


@dataclass(frozen=True)
class Sector:
    """A tab of the dashboard: `slug` in addresses, `id` in the definitions, `first` is what its map shows."""

    slug: str
    id: str
    title: str
    cards: tuple[str, ...]
    first: str


SECTORS = (
    Sector(
        WHOLE, "", _("Ikhtisar"),
        ("population", "mcd_poverty_persons", "stunting", "unfit_houses", "out_of_school", "health_insurance_coverage"),
        "unfit_houses",
    ),
    Sector(
        "penduduk", "population", _("Penduduk"),
        ("population", "household_count", "births_12m", "deaths_12m", "birth_certificate_coverage", "dependency_ratio"),
        "birth_certificate_coverage",
    ),
    Sector(
        "pendidikan", "education", _("Pendidikan"),
        ("out_of_school", "school_participation_7_12", "school_participation_13_15", "school_participation_16_18",
         "net_enrolment_upper_secondary", "schooling_years"),
        "out_of_school",
    ),
    Sector(
        "kesehatan", "health", _("Kesehatan"),
        ("stunting", "wasting", "underweight", "immunisation_complete", "health_insurance_coverage", "measured_coverage"),
        "stunting",
    ),
    Sector(
        "infrastruktur", "infrastructure", _("Infrastruktur"),
        ("unfit_houses", "improved_water", "improved_sanitation", "waste_managed", "good_neighbourhood_roads",
         "internet_use"),
        "unfit_houses",
    ),
    Sector(
        "ekonomi", "economy", _("Ekonomi"),
        ("employment_ratio", "unemployment_rate", "informal_share", "labour_force_participation", "median_income",
         "income_gini"),
        "unemployment_rate",
    ),
    Sector(
        "kesejahteraan", "welfare", _("Kesejahteraan"),
        ("mcd_poverty_persons", "mcd_poverty_families", "never_assisted_poor", "mpi_headcount", "decile_1_to_4",
         "social_problems_helped"),
        "mcd_poverty_persons",
    ),
)  # fmt: skip

# What the Bupati reads, the home page and the wall show.
HEADLINES = (
    "population", "mcd_poverty_persons", "stunting", "unfit_houses", "out_of_school", "health_insurance_coverage",
    "improved_sanitation", "improved_water", "birth_certificate_coverage", "unemployment_rate",
)  # fmt: skip
HOME = HEADLINES[:5]
WALL = HEADLINES[:6]

SANITATION = (
    "sanitation_own", "sanitation_shared", "sanitation_unimproved", "open_defecation_hidden", "open_defecation",
)  # fmt: skip
WATER = ("water_basic", "water_limited", "water_unimproved", "water_surface")


def sector(slug: str | None) -> Sector:
    """The tab with this word in the address; the whole for any other."""
    return next((each for each in SECTORS if each.slug == slug), SECTORS[0])


def sector_of(indicator_sector: str) -> Sector:
    return next(each for each in SECTORS if each.id == indicator_sector)
