"""Every part of a page, drawn in every state it has."""

import re
from html.parser import HTMLParser

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.utils.safestring import mark_safe

from natapraja.foundation.web import parts
from natapraja.foundation.web.icons import ICONS


class Balanced(HTMLParser):
    """Fails on markup that does not close, and on anything inline."""

    VOID = {"input", "meta", "link", "br", "hr", "path", "circle", "rect"}

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not {name for name, _ in attrs if name == "style" or name.startswith("on")}, tag
        assert tag not in ("script", "style")
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag


def draw(source: str, **values: object) -> str:
    html = engines["django"].from_string(source).render(values)
    page = Balanced()
    page.feed(html)
    page.close()
    assert page.open == []
    return html


def test_every_part_has_a_drawing_and_says_what_its_parameters_are() -> None:
    tags = [*parts.INCLUSIONS, *parts.WITH_CONTEXT, *parts.BLOCKS]
    assert [part.__name__ for part in tags if not part.__doc__] == []
    for part in tags:
        assert engines["django"].get_template(f"web/parts/{part.__name__}.html")


@pytest.mark.parametrize("name", sorted(ICONS))
def test_a_small_drawing_is_hidden_from_screen_readers(name: str) -> None:
    html = draw("{% icon name %}", name=name)
    assert 'aria-hidden="true"' in html
    assert re.fullmatch(r"[MmLlHhVvCcSsQqAaZz0-9 .\-]+", ICONS[name])


@pytest.mark.parametrize("kind", sorted(parts.STATUS))
def test_a_status_is_a_shape_and_a_word(kind: str) -> None:
    html = draw("{% status kind words %}", kind=kind, words="Menunggu <Anda>")
    assert f'class="tag {parts.STATUS[kind]}"' in html
    assert "Menunggu &lt;Anda&gt;" in html


def test_an_unknown_status_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        draw('{% status "purple" "Ungu" %}')


def test_a_figure_shows_value_unit_movement_and_passport() -> None:
    html = draw(
        '{% figure "Balita pendek" "8,4%" "dari balita yang diukur" as_of="20 Nov 2026, 14.05" '
        'passport="/p/" move="memburuk 0,2 poin" arrow="up" verdict="poor" note="sejak Oktober" live="f1" %}'
    )
    assert 'data-live-id="f1"' in html
    assert "<b>8,4%</b>" in html
    assert '<span class="dir poor"><span aria-hidden="true">▲</span> memburuk 0,2 poin</span>' in html
    assert "Keadaan 20 Nov 2026, 14.05" in html
    assert 'href="/p/">Paspor<span class="sr"> angka Balita pendek</span>' in html


def test_a_figure_without_verdict_stays_ink_and_without_passport_has_no_foot() -> None:
    html = draw(
        '{% figure "Penduduk" "1.096.612" "jiwa" move="naik 1.184" arrow="up" verdict="great" level=2 %}'
    )
    assert 'class="dir "' in html
    assert 'class="pass"' not in html
    assert "<h2" in html


def test_a_sparkline_is_drawn_as_it_is_and_other_text_is_escaped() -> None:
    spark = mark_safe('<svg viewBox="0 0 1 1"></svg>')
    assert "<svg viewBox" in draw('{% figure "x" "1" spark=spark %}', spark=spark)
    assert "&lt;svg" in draw('{% figure "x" "1" note=note %}', note="<svg>")


def test_an_empty_place_teaches_and_offers_one_button() -> None:
    assert 'class="btn main" href="/catat/"' in draw(
        '{% nothing "Kosong" "Catat di sini." "/catat/" "Catat" %}'
    )
    assert "btn" not in draw('{% nothing "Kosong" "Belum ada apa-apa." %}')


def test_progress_says_how_much_and_how_long() -> None:
    html = draw('{% progress "Membaca berkas" 38400 60742 "kira-kira 2 menit lagi" %}')
    assert "38.400 dari 60.742, kira-kira 2 menit lagi" in html
    assert '<progress max="60742" value="38400" aria-label="Membaca berkas">' in html


def test_facts_stand_one_under_another() -> None:
    html = draw("{% facts rows %}", rows=[("Satuan", "rumah"), ("Penyebut", "<b>")])
    assert html.count("<dt>") == 2
    assert "&lt;b&gt;" in html


class Form(forms.Form):
    name = forms.CharField(
        label="Nama", help_text="Seperti di KTP.", error_messages={"required": "Nama kosong."}
    )
    note = forms.CharField(label="Catatan", required=False, widget=forms.Textarea)
    kind = forms.ChoiceField(
        label="Jenis", choices=[("a", "Lahir"), ("b", "Mati")], widget=forms.RadioSelect,
        error_messages={"required": "Pilih jenisnya."},
    )  # fmt: skip
    news = forms.BooleanField(label="Kabari saya", required=False)


def test_a_field_joins_hint_and_error_to_its_input() -> None:
    html = draw("{% field form.name %}", form=Form({"kind": "a"}))
    assert '<label for="id_name">Nama</label>' in html
    assert 'id="id_name_hint">Seperti di KTP.' in html
    assert 'aria-describedby="id_name_hint id_name_err"' in html
    assert 'aria-invalid="true"' in html
    assert '<p class="err" id="id_name_err">Nama kosong.</p>' in html


def test_a_field_that_may_stay_empty_says_so() -> None:
    html = draw("{% field form.note %}", form=Form())
    assert "(tidak wajib)" in html
    assert "aria-invalid" not in html
    assert 'class="input"' in html


def test_choices_are_a_group_with_a_legend_and_its_error() -> None:
    html = draw("{% field form.kind %}", form=Form({"name": "Contoh"}))
    assert html.count('<label class="pick"') == 2
    assert "<legend>Jenis</legend>" in html
    assert '<fieldset class="field" aria-describedby="id_kind_err">' in html
    assert 'id="id_kind_err">Pilih jenisnya.' in html


def test_a_check_box_stands_before_its_words() -> None:
    html = draw("{% field form.news %}", form=Form())
    assert re.search(
        r'<label class="pick" for="id_news"><input type="checkbox"[^>]*> Kabari saya</label>', html
    )


def test_the_summary_of_errors_counts_them_and_links_each_to_its_field() -> None:
    form = Form({})
    form.add_error(None, "Surat ini sudah ada.")
    html = draw("{% errors form %}", form=form)
    assert "Ada 3 hal yang perlu dibetulkan" in html
    assert '<a href="#id_name">Nama: Nama kosong.</a>' in html
    assert '<a href="#id_kind_0">Jenis: Pilih jenisnya.</a>' in html
    assert "<li>Surat ini sudah ada.</li>" in html
    assert 'role="alert"' in html
    together = draw("{% errors form other %}", form=form, other=Form({"b-kind": "a"}, prefix="b"))
    assert "Ada 4 hal yang perlu dibetulkan" in together  # 3 + 1
    assert '<a href="#id_b-name">' in together
    one = Form({"kind": "a"})
    assert "Ada satu hal yang perlu dibetulkan" in draw("{% errors form %}", form=one)
    assert draw("{% errors form %}", form=Form({"name": "x", "kind": "a"})).strip() == ""


def test_the_summary_names_the_field_of_each_error() -> None:
    class Report(forms.Form):
        id = forms.IntegerField(
            widget=forms.HiddenInput, error_messages={"required": "Buka lagi halamannya."}
        )
        name = forms.CharField(label="Nama bayi", error_messages={"required": "Tidak boleh kosong."})
        sex = forms.CharField(label="Jenis kelamin", error_messages={"required": "Tidak boleh kosong."})
        why = forms.CharField(label="Mengapa diubah?", error_messages={"required": "Pilih salah satu."})

    html = draw("{% errors form %}", form=Report({}))
    assert re.findall(r"<li><a [^>]*>(.*?)</a></li>", html) == [
        "Buka lagi halamannya.", "Nama bayi: Tidak boleh kosong.", "Jenis kelamin: Tidak boleh kosong.",
        "Mengapa diubah? Pilih salah satu.",
    ]  # fmt: skip


def test_the_link_of_an_error_leads_to_something_on_the_page() -> None:
    form = Form({})
    html = draw("{% errors form %}{% for one in form %}{% field one %}{% endfor %}", form=form)
    targets = re.findall(r'href="#([^"]+)"', html)
    assert targets
    assert [target for target in targets if f'id="{target}"' not in html] == []


def test_pages_lead_back_and_forth_and_keep_the_question() -> None:
    pages = Paginator(range(120), 50)
    middle = draw('{% pages page "desa=33.09.03.2004" %}', page=pages.page(2))
    assert 'href="?desa=33.09.03.2004&amp;halaman=1"' in middle
    assert 'href="?desa=33.09.03.2004&amp;halaman=3"' in middle
    assert "Halaman 2 dari 3" in middle
    assert 'rel="prev"' not in draw("{% pages page %}", page=pages.page(1))
    assert draw("{% pages page %}", page=Paginator(range(3), 50).page(1)).strip() == ""


def test_one_of_several_views_is_marked_as_the_present_one() -> None:
    options = [("Kabupaten", "/a/", True), ("Desa", "/b/", False)]
    assert draw('{% seg "Tingkat" options %}', options=options).count('aria-current="true"') == 1
    assert draw('{% tabs "Bagian" options %}', options=options).count('aria-current="page"') == 1


def test_crumbs_end_with_this_page_which_is_no_link() -> None:
    html = draw("{% crumbs items %}", items=[("Kabupaten", "/"), ("Cepogo", "")])
    assert '<span aria-current="page">Cepogo</span>' in html
    assert html.count("<a ") == 1


def test_a_toast_offers_to_take_back_what_can_be_taken_back() -> None:
    html = draw('{% toast "Dicatat." "/batal/" %}', csrf_token="kunci")
    assert 'role="status"' in html
    assert '<form method="post" action="/batal/">' in html
    assert 'value="kunci"' in html
    assert "<form" not in draw('{% toast "Dicatat." %}')


def test_downloads_say_what_is_in_each_file() -> None:
    html = draw('{% downloads "Unduh" items %}', items=[("CSV", "/x.csv", "semua baris")])
    assert "download>" in html
    assert '<span class="sr">: semua baris</span>' in html


@pytest.mark.parametrize("kind", ["", "ok", "bad", "info"])
def test_a_note_holds_what_the_page_writes_in_it(kind: str) -> None:
    html = draw('{% note kind "Perhatian" %}<p>{{ text }}</p>{% endnote %}', kind=kind, text="<i>")
    assert f'class="note {kind}"' in html
    assert "<p>&lt;i&gt;</p>" in html


def test_a_wide_table_is_a_region_one_can_reach_by_keyboard() -> None:
    html = draw('{% sheet "Daftar" "tall" %}<table></table>{% endsheet %}')
    assert (
        '<div class="sheet tall" tabindex="0" role="region" aria-label="Daftar"><table></table></div>' in html
    )
