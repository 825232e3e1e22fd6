"""What the databases are told to refuse, on both engines alike."""

from types import SimpleNamespace

import pytest

from natapraja.foundation.ledger import protection


@pytest.mark.parametrize(
    ("vendor", "events"),
    [("sqlite", ("insert", "update", "delete")), ("postgresql", ("insert", "change", "truncate"))],
)
def test_every_table_is_protected_against_every_change(vendor, events):
    names = protection.names(SimpleNamespace(vendor=vendor))
    assert names == [f"{table}_no_{event}" for table in protection.TABLES for event in events]


def test_postgresql_refuses_changes_and_emptying_of_every_table():
    made = protection._postgresql_triggers()
    for table in protection.TABLES:
        assert (
            f"BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION ledger_refuse()"
            in (made[f"{table}_no_change"])
        )
        assert (
            f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()"
            in (made[f"{table}_no_truncate"])
        )
    assert f"RAISE EXCEPTION '{protection.REFUSAL}'" in protection._functions()["ledger_refuse"]


def test_the_numbers_of_entries_are_kept_contiguous_by_both_engines():
    rule = protection.TABLES["ledger_entry"]
    assert rule in protection._sqlite_triggers()["ledger_entry_no_insert"]
    assert rule in protection._functions()["ledger_entry_append"]
