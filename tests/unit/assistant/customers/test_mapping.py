"""A mistake in a mapping is told with its file, its line and its field."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.customers.mapping import RestMapping, SqlMapping, load_mapping
from assistant.customers.opening import directory_of, open_customers
from knowledge.errors import SettingsError
from knowledge.settings import Settings
from tests.customer_systems import CRM

SQL = """kind = "sql"
url = "sqlite:///crm.sqlite"
[find]
phone = "SELECT id AS key, name FROM c WHERE phone = :national"
[customer]
customer = "SELECT id AS key, name FROM c WHERE id = :key"
"""
REST = """kind = "rest"
url = "https://crm.example.com/api"
[auth]
env = "CRM_TOKEN"
[find]
mail = "customers?mail={mail}"
fields = { key = "id", name = "name" }
[customer]
path = "customers/{key}"
fields = { key = "id", name = "name" }
[lines]
fields = { code = "sku" }
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "mapping.toml"
    path.write_text(text, "utf-8")
    return path


def test_the_examples_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRM_TOKEN", "x")
    for name, kind in [("mapping-sql.toml", SqlMapping), ("mapping-rest.toml", RestMapping)]:
        mapping = load_mapping(CRM / name).mapping
        assert isinstance(mapping, kind)
        assert mapping.searchable() == ("phone", "mail", "order", "name")


def test_small_mappings_are_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRM_TOKEN", "x")
    assert load_mapping(written(tmp_path, SQL)).mapping.searchable() == ("phone",)
    rest = load_mapping(written(tmp_path, REST)).mapping
    assert isinstance(rest, RestMapping)
    assert rest.url == "https://crm.example.com/api/"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('kind = "sql"', 'kind = "soap"', 'line 1: kind: write kind = "sql" or kind = "rest"'),
        ('kind = "sql"', "", 'kind: write kind = "sql"'),
        ('kind = "sql"', "kind = ", "no TOML.*line 1"),
        ("[find]", "[finds]", "line 3: finds: there is no such field|find: it is missing"),
        ("url =", "adress =", "line 2: adress: there is no such field"),
        ('url = "sqlite:///crm.sqlite"', "", "give either url or url_env"),
        ('url = "sqlite:///crm.sqlite"', "url = 3", "line 2: url: .*string"),
        ("[find]", 'country = "XX"\n[find]', "line 3: country: 'XX' is no country"),
        (
            ":national",
            ":nation",
            "line 4: find.phone: :nation is not known here: use :national, :p",
        ),
        (" WHERE phone = :national", "", "line 4: find.phone: it does not depend on what is"),
        (
            "SELECT id AS key, name FROM c WHERE id",
            "DELETE FROM c WHERE id",
            "line 6: .*begins with",
        ),
        ("id = :key", "id = :key; DROP TABLE c", "line 6: customer.customer: write one query"),
        ("phone = :national", "phone = ':national'", "line 4: find.phone: it does not depend"),
        ("[customer]", "[customer]\nline = 'SELECT :key'", "line 6: customer.line: there is no"),
        (
            "[find]",
            '[order_states]\nsent = "gone"\n[find]',
            "line 4: order_states.sent: .*'pending'",
        ),
    ],
)
def test_a_mistake_for_a_database_is_told_by_line_and_field(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    assert old in SQL
    path = written(tmp_path, SQL.replace(old, new, 1))
    with pytest.raises(SettingsError, match=told) as refused:
        load_mapping(path)
    assert str(path) in str(refused.value)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("https:", "ftp:", "line 2: url: write a whole address"),
        ("https://crm", "https://user:pw@crm", "line 2: url: leave user, password"),
        ('env = "CRM_TOKEN"', 'env = "VOZ_TOKEN"', "line 4: auth.env: .*not beginning with VOZ_"),
        (
            'env = "CRM_TOKEN"',
            'env = "NO_SUCH"',
            "line 4: auth.env names .* NO_SUCH, which is not set",
        ),
        ('"customers?mail', '"/customers?mail', "line 6: find.mail: write a path below url"),
        ('"customers?mail', '"http://x.example/?mail', "line 6: find.mail: write a path below"),
        ("{mail}", "{email}", r"line 6: find.mail: \{email is not known here: use \{mail\}"),
        (
            'name = "name" }\n[cus',
            'nombre = "name" }\n[cus',
            "line 7: find.fields: nombre is no fie",
        ),
        (
            'key = "id", name = "name" }\n[l',
            'name = "name" }\n[l',
            "line 10: .*needs the field key",
        ),
        ("[lines]", '[lines]\npath = "lines/{key}"', "line 11: lines: lines are within an order"),
        ('code = "sku"', 'price_ = "p"', "line 11: lines: price_ is no field of lines: use code"),
        (
            'env = "CRM_TOKEN"',
            'env = "CRM_TOKEN"\nvalue = "x"',
            "line 5: auth.value: write {secret}",
        ),
    ],
)
def test_a_mistake_for_an_api_is_told_by_line_and_field(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, told: str
) -> None:
    monkeypatch.setenv("CRM_TOKEN", "x")
    assert old in REST
    with pytest.raises(SettingsError, match=told):
        load_mapping(written(tmp_path, REST.replace(old, new, 1)))


def test_a_secret_is_not_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRM_URL", "postgresql//u:hunter2@host/db")
    text = SQL.replace('url = "sqlite:///crm.sqlite"', 'url_env = "CRM_URL"')
    read = load_mapping(written(tmp_path, text))
    with pytest.raises(SettingsError, match="no SQLAlchemy address") as refused:
        directory_of(read, Settings())
    assert "hunter2" not in str(refused.value)


def test_a_driver_that_is_not_there_is_told(tmp_path: Path) -> None:
    text = SQL.replace("sqlite:///crm.sqlite", "mysql+nosuchdriver://u:hunter2@host/db")
    with pytest.raises(SettingsError, match=r"driver for 'mysql.nosuchdriver'") as refused:
        directory_of(load_mapping(written(tmp_path, text)), Settings())
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "mapping.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SettingsError, match=r"VOZ_CUSTOMERS=.*cannot be read: .*docs/customers.md"):
        open_customers(Settings(customers=path))


def test_without_a_mapping_there_is_nobody_and_that_is_said() -> None:
    customers = open_customers(Settings())
    found = customers.find()
    assert (customers.configured, found.state) == (False, "unconfigured")
    assert found.reason is not None
    assert found.reason.code == "customers-none"
    customers.close()
