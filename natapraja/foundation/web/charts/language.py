"""How a chart writes numbers and its few fixed sentences in the reader's language.

A chart is pure, so it is given a `Locale`: the default speaks Indonesian, `ENGLISH` is ready, and
`Locale.translated` takes any translation function (gettext) over the Indonesian sentences.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace

from natapraja.foundation.web import formats
from natapraja.foundation.web.formats import Number


@dataclass(frozen=True, slots=True)
class Words:
    """Every fixed sentence of the charts, as a template; names in braces are filled by the chart."""

    empty: str = "Belum ada angka untuk digambar."
    no_history: str = "Belum ada riwayat."
    schematic: str = "Peta skematik"
    first_class: str = "kurang dari {upper}"
    last_class: str = "{lower} atau lebih"
    all_in_one: str = "semuanya {value}"
    areas: str = "{count} {noun}"
    low_coverage: str = "cakupan terlalu rendah, belum disimpulkan"
    few: str = "di bawah 5"
    suppressed: str = "disamarkan"
    why_suppressed: str = "disamarkan: hitungan {few}, dan sel yang dapat membukanya"
    missing: str = "belum ada data"
    map_reading: str = "Terendah {low}, tertinggi {high}. Tertinggi: {names}."
    map_held_back: str = "{count} {noun} tanpa kesimpulan."
    near_table: str = "Daftar lengkap ada di tabel."
    trend_reading: str = (
        "Dari {first} ({first_at}) ke {last} ({last_at}); terendah {low} ({low_at}), "
        "tertinggi {high} ({high_at})."
    )
    trend_one: str = "Baru satu angka: {last} ({last_at})."
    trend_target: str = "{label}: {target}."
    trend_new_rules: str = "Aturan hitung berubah pada {at}: angka sebelum dan sesudahnya tidak sebanding."
    new_rules: str = "aturan baru"
    trend_revised: str = "{count} angka dibetulkan sesudah terbit."
    first_published: str = "semula {value}"
    spark_reading: str = "Dari {first} ke {last}."
    limit: str = "batas {level}"
    funnel_reading: str = (
        "{inside} dari {total} {noun} ada di dalam batas kebetulan {level}; {above} di atas "
        "batas, {below} di bawah."
    )
    funnel_left_out: str = (
        "{count} {noun} tidak digambar: penyebutnya kosong, angkanya disamarkan, atau pembilangnya "
        "melebihi penyebut."
    )
    funnel_above: str = "di atas batas: {count} {noun}"
    funnel_below: str = "di bawah batas: {count}"
    funnel_inside: str = "dalam batas: {count}"
    male: str = "Laki-laki"
    female: str = "Perempuan"
    pyramid_reading: str = "{male} laki-laki dan {female} perempuan; kelompok terbesar umur {label}."
    pyramid_withheld: str = "Tanpa {count} kelompok yang disamarkan."
    protected: str = "Disamarkan: sebagian hitungannya kecil ({few}), dan orang mudah dikenali."
    correction: str = "Koreksi data"
    definition: str = "Perubahan definisi"
    real: str = "Perubahan nyata"
    bridge_reading: str = (
        "{start} ({start_at}); koreksi data {correction}; perubahan definisi {definition}; "
        "perubahan nyata {real}; menjadi {end} ({end_at})."
    )
    no_bridge: str = "Belum ada angka terbitan sebelumnya untuk dibandingkan."
    not_summing: str = (
        "Air terjun tidak digambar: {start} dengan bagian {correction}, {definition}, {real} tidak "
        "menjadi {end}. Hitung ulang ketiga bagiannya."
    )
    ranking_reading: str = "{value}, rentang {low}–{high}; pembanding {reference}."
    ranking_bare: str = "{value}, rentang {low}–{high}."
    stack_reading: str = "{row}: {parts}."
    to: str = "{low} sampai {high}"

    def translated(self, translate: Callable[[str], str]) -> "Words":
        """The same sentences, each taken through a translation function of the Indonesian text."""
        return replace(self, **{field.name: translate(getattr(self, field.name)) for field in fields(self)})


ENGLISH_WORDS = Words(
    empty="No figure to draw yet.",
    no_history="No history yet.",
    schematic="Schematic map",
    first_class="below {upper}",
    last_class="{lower} or more",
    all_in_one="all {value}",
    areas="{count} {noun}",
    low_coverage="coverage too low to conclude",
    few="below 5",
    suppressed="withheld",
    why_suppressed="withheld: counts {few}, and cells that would reveal them",
    missing="no data yet",
    map_reading="Lowest {low}, highest {high}. Highest: {names}.",
    map_held_back="{count} {noun} without a conclusion.",
    near_table="The full list is in the table.",
    trend_reading=(
        "From {first} ({first_at}) to {last} ({last_at}); lowest {low} ({low_at}), highest "
        "{high} ({high_at})."
    ),
    trend_one="One figure so far: {last} ({last_at}).",
    trend_target="{label}: {target}.",
    trend_new_rules="The rule of counting changed in {at}: figures before and after cannot be compared.",
    new_rules="new rule",
    trend_revised="{count} figures were corrected after publication.",
    first_published="first {value}",
    spark_reading="From {first} to {last}.",
    limit="{level} limit",
    funnel_reading=(
        "{inside} of {total} {noun} lie within the {level} limits of chance; {above} above "
        "the limit, {below} below."
    ),
    funnel_left_out=(
        "{count} {noun} are not drawn: no denominator, a withheld count, or a numerator above it."
    ),
    funnel_above="above the limit: {count} {noun}",
    funnel_below="below the limit: {count}",
    funnel_inside="within the limits: {count}",
    male="Male",
    female="Female",
    pyramid_reading="{male} males and {female} females; the largest group is aged {label}.",
    pyramid_withheld="Without {count} groups that are withheld.",
    protected="Withheld: some of the counts are small ({few}), and people are easily recognised.",
    correction="Data correction",
    definition="Change of definition",
    real="Real change",
    bridge_reading=(
        "{start} ({start_at}); correction of data {correction}; change of definition {definition}; "
        "real change {real}; arriving at {end} ({end_at})."
    ),
    no_bridge="There is no earlier publication to compare with yet.",
    not_summing=(
        "The waterfall is not drawn: {start} with the parts {correction}, {definition}, {real} does "
        "not become {end}. Compute the three parts again."
    ),
    ranking_reading="{value}, interval {low}–{high}; comparison {reference}.",
    ranking_bare="{value}, interval {low}–{high}.",
    stack_reading="{row}: {parts}.",
    to="{low} to {high}",
)


@dataclass(frozen=True, slots=True)
class Locale:
    """The language numbers are written in, and its words."""

    language: str = "id"
    words: Words = Words()

    def number(self, value: Number, decimals: int = 0) -> str:
        """`1.096.612`, `17,4`, `−0,2`: as pages write them."""
        return formats.number(value, self.language, decimals)

    def signed(self, value: Number, decimals: int = 0) -> str:
        """`+96`, `−212`, `0`: a change, with its direction."""
        return formats.number(value, self.language, decimals, signed=True)

    def percent(self, value: Number, decimals: int = 1) -> str:
        """`8,4%`; the value is in per cent already."""
        return formats.percent(value, self.language, decimals)

    def span(self, low: Number, high: Number, decimals: int = 0) -> str:
        """`20,0–35,6`; in words when the low end is negative, because `−2–3` cannot be read."""
        first, last = self.number(low, decimals), self.number(high, decimals)
        if first == last:
            return first
        return self.words.to.format(low=first, high=last) if low < 0 else f"{first}–{last}"

    @property
    def withheld(self) -> str:
        """What stands on a cell that is not shown: that its count is small would not be true of every one."""
        return self.words.suppressed

    @property
    def why_withheld(self) -> str:
        """Which cells are not shown, for legends. Another threshold is another `words.few`."""
        return self.words.why_suppressed.format(few=self.words.few)

    @property
    def protected(self) -> str:
        """Why a whole table of small counts is not drawn."""
        return self.words.protected.format(few=self.words.few)

    def translated(self, translate: Callable[[str], str]) -> "Locale":
        """The same language of numbers with the words taken through a translation function."""
        return replace(self, words=self.words.translated(translate))


INDONESIAN = Locale()
ENGLISH = Locale("en", ENGLISH_WORDS)
