"""The table of rights, read aloud: who may what, where. Expected answers are written out by hand."""

from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from natapraja.foundation.access import catalogue, demo
from natapraja.foundation.access.reader import Grant, Reader, Refused, everyone, public_reader
from natapraja.foundation.kernel.definitions import DefinitionError
from natapraja.foundation.kernel.identifiers import AreaCode

REGENCY, CEPOGO = "33.09", "33.09.03"
SUMBUNG, NEIGHBOUR, RT = "33.09.03.2004", "33.09.03.2005", "33.09.03.2004.001.007"

# Who          holds what, where           may           where      yes?
TABLE = """
nobody         -                           figures.read        33.09                    yes
nobody         -                           figures.read        33.09.03.2004            yes
nobody         -                           figures.read        33.09.03.2004.001.007    no
nobody         -                           figures.read_small  33.09                    no
nobody         -                           register.read       33.09.03.2004            no
bupati         bupati@33.09                figures.read_small  33.09.03.2004.001.007    yes
bupati         bupati@33.09                register.read       33.09.03.2004            no
bupati         bupati@33.09                accounts.write      -                        no
analyst        analis@33.09                figures.read_small  33.09.01                 yes
analyst        analis@33.09                register.read       33.09.01                 no
camat          camat@33.09.03              register.read       33.09.03.2004            yes
camat          camat@33.09.03              register.write      33.09.03.2004            no
camat          camat@33.09.03              register.read       33.09.01                 no
camat          camat@33.09.03              figures.read_small  33.09                    no
camat          camat@33.09.03              figures.read        33.09                    yes
operator       operator_desa@33.09.03.2004 register.write      33.09.03.2004.001.007    yes
operator       operator_desa@33.09.03.2004 claims.decide       33.09.03.2004            yes
operator       operator_desa@33.09.03.2004 register.write      33.09.03.2005            no
operator       operator_desa@33.09.03.2004 import.write        -                        no
rt head        ketua_rt@33.09.03.2004.001.007 register.write   33.09.03.2004.001.007    yes
rt head        ketua_rt@33.09.03.2004.001.007 register.write   33.09.03.2004.001.008    no
rt head        ketua_rt@33.09.03.2004.001.007 register.read    33.09.03.2004            no
rt head        ketua_rt@33.09.03.2004.001.007 claims.decide    33.09.03.2004.001.007    no
agency staff   staf_opd@33.09              register.read       33.09.01                 yes
agency staff   staf_opd@33.09              register.write      33.09.01                 no
inspector      inspektur@33.09             reads.inspect       -                        yes
inspector      inspektur@33.09             ledger.read         -                        yes
inspector      inspektur@33.09             register.write      33.09                    no
administrator  pengelola@33.09             accounts.write      -                        yes
administrator  pengelola@33.09             import.write        -                        yes
administrator  pengelola@33.09             register.read       33.09.03.2004            no
administrator  pengelola@33.09             reads.inspect       -                        no
"""


def reader(given: str) -> Reader:
    grants = [Grant(*one.split("@")) for one in given.split("+") if one != "-"]
    return Reader(7 if grants else None, "Uji", (*grants, *everyone()))


def cells(line: str) -> tuple[str, str, str, bool]:
    who, rest = line[:15].strip(), line[15:].split()
    assert who
    given, permission, area, answer = rest
    return given, permission, area, answer == "yes"


@pytest.mark.parametrize("line", TABLE.strip().splitlines())
def test_the_table_of_rights_holds(line: str) -> None:
    given, permission, area, expected = cells(line)
    assert reader(given).may(permission, None if area == "-" else area) is expected


def test_what_is_not_written_is_not_allowed() -> None:
    assert not reader("inspektur@33.09").may("everything.write", REGENCY)
    assert not Reader(7, "Uji", (Grant("raja", REGENCY),)).may("figures.read", REGENCY)
    assert not Reader(7, "Uji").may("figures.read")


def test_a_code_that_only_begins_alike_is_another_place() -> None:
    assert not reader("camat@33.09.03").may("register.read", "33.09.031")
    assert not reader("operator_desa@33.09.03.2004").may("register.read", "33.09.03.20045")


def test_two_roles_add_up_and_the_outermost_areas_are_told() -> None:
    both = reader(f"camat@{CEPOGO}+ketua_rt@{RT}+operator_desa@{NEIGHBOUR}")
    assert both.areas("register.read") == (CEPOGO,)
    assert both.areas("register.write") == (RT, NEIGHBOUR)
    assert both.areas("accounts.write") == ()


def test_a_refusal_says_which_right_is_missing_and_whom_to_ask() -> None:
    with pytest.raises(Refused) as refusal:
        reader(f"bupati@{REGENCY}").check("register.read")
    assert "membuka daftar orang" in str(refusal.value)
    assert "kepala desa" in str(refusal.value)


def test_a_stranger_is_told_to_sign_in() -> None:
    with pytest.raises(Refused, match="perlu masuk dengan akun"):
        public_reader().check("ledger.read")


def test_the_ledger_knows_a_reader_by_number_only() -> None:
    assert reader(f"camat@{CEPOGO}").actor == "user:7"
    assert public_reader().actor == "public"


def rules_on_doors() -> set[str]:
    def walk(patterns: list[URLPattern | URLResolver]) -> list[str]:
        found: list[str] = []
        for entry in patterns:
            if isinstance(entry, URLResolver):
                found += walk(entry.url_patterns)
            else:
                found.append(getattr(entry.callback, "access_rule", None) or "")
        return found

    return set(walk(get_resolver().url_patterns)) - {"", "public", "signed-in"}


def test_every_right_a_door_asks_for_is_described() -> None:
    assert rules_on_doors() - set(catalogue.roles().permissions) == set()


def test_every_right_is_held_by_somebody() -> None:
    held = set().union(*(role.permissions for role in catalogue.roles().roles.values()))
    assert held == set(catalogue.roles().permissions)


def test_every_right_and_role_is_said_in_both_languages() -> None:
    found = catalogue.roles()
    texts = [text for one in found.permissions.values() for text in (one.say, one.ask)]
    texts += [role.name for role in found.roles.values()]
    assert [text for text in texts if not (text.id.strip() and text.en.strip())] == []


def test_no_role_writes_accounts_and_reads_persons_at_once() -> None:
    both = {"accounts.write", "register.read"}
    assert [code for code, role in catalogue.roles().roles.items() if both <= role.permissions] == []


def test_only_village_and_neighbourhood_may_write_the_register() -> None:
    writers = {
        code: role.levels
        for code, role in catalogue.roles().roles.items()
        if "register.write" in role.permissions
    }
    assert writers == {"operator_desa": ("village",), "ketua_rt": ("rt",)}


def test_every_demo_account_stands_in_a_place_its_role_is_given_in() -> None:
    for one in demo.ACCOUNTS:
        role = catalogue.roles().roles[one.role]
        assert AreaCode.parse(one.area).level in role.levels
        assert bool(one.agency) or not role.agency
    assert len({one.username for one in demo.ACCOUNTS}) == len(demo.ACCOUNTS)


def test_everybody_who_reads_persons_has_a_purpose_to_choose() -> None:
    readers = {code for code, role in catalogue.roles().roles.items() if "register.read" in role.permissions}
    served = set().union(*(one.roles for one in catalogue.purposes().purposes.values()))
    assert readers - served == set()
    assert served - readers == set()


def test_every_purpose_and_every_number_has_its_basis() -> None:
    assert all(one.basis for one in catalogue.purposes().purposes.values())
    assert all(one.basis for one in (*catalogue.roles().sign_in, *catalogue.purposes().validity))


def test_no_definition_names_a_right_that_no_page_explains(tmp_path: Path, settings: object) -> None:
    folder = tmp_path / "definitions" / "boyolali"
    folder.mkdir(parents=True)
    text = (
        Path(catalogue._file("roles.toml"))
        .read_text()
        .replace('"ledger.read", "reads', '"ledger.burn", "reads')
    )
    (folder / "roles.toml").write_text(text)
    settings.DEFINITIONS = folder.parent  # type: ignore[attr-defined]
    catalogue.roles.cache_clear()
    try:
        with pytest.raises(DefinitionError, match=r"ledger\.burn"):
            catalogue.roles()
    finally:
        catalogue.roles.cache_clear()
