"""Settings: where they come from, and one clear line for every mistake."""

from __future__ import annotations

import json
import os
import pickle
from pathlib import Path

import pytest

from fluentcart_conformance.target.errors import ConfigError
from fluentcart_conformance.target.settings import Settings, is_loopback
from fluentcart_conformance.target.settings_load import load_settings


@pytest.fixture(autouse=True)
def _clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings but those of the test."""
    for name in list(os.environ):
        if name.startswith("FLUENTCART_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def written(text: str) -> Path:
    file = Path("fluentcart.toml")
    file.write_text(text, encoding="utf-8")
    return file


def refusal(text: str | None = None, **flags: object) -> str:
    if text is not None:
        written(text)
    with pytest.raises(ConfigError) as said:
        load_settings(flags)
    assert said.value.exit_code == 2
    assert "\n" not in str(said.value)
    return str(said.value)


def test_flags_go_before_environment_before_file_before_default(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written('profile = "fluentcart-1.3"\nrate = 1.0\nretries = 7\nkeyword = "file"\n')
    monkeypatch.setenv("FLUENTCART_RATE", "2.0")
    monkeypatch.setenv("FLUENTCART_KEYWORD", "environment")
    settings = load_settings({"keyword": "flag", "rate": None})
    assert (settings.keyword, settings.rate, settings.retries) == ("flag", 2.0, 7)
    assert (settings.profile, settings.max_body) == ("fluentcart-1.3", 10 * 1024 * 1024)


def test_lists_may_be_written_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLUENTCART_AREAS", "orders, refunds")
    monkeypatch.setenv("FLUENTCART_ATTACHABLE_USERS", "7,8")
    settings = load_settings()
    assert settings.areas == ["orders", "refunds"]
    assert settings.attachable_users == [7, 8]


def test_products_and_headers_come_from_the_file() -> None:
    product = "[[products]]\npost_id = 4\nobject_id = 1\nunit_price = 2500\n"
    written(product + '[headers]\nX-Gate = "sesame"\n')
    settings = load_settings()
    assert settings.products[0].unit_price == 2500
    assert settings.headers["X-Gate"].get_secret_value() == "sesame"
    assert settings.secrets() == {"header X-Gate": "sesame"}


def test_an_unknown_key_is_an_error_with_a_suggestion_and_a_line() -> None:
    said = refusal('profile = "auto"\nbase_ulr = "https://shop.example"\n')
    assert said == "fluentcart.toml, line 2: unknown key base_ulr (did you mean base_url?)"


def test_an_unknown_key_of_a_product_is_an_error_with_a_suggestion() -> None:
    said = refusal("[[products]]\npost_id = 4\nobject_id = 1\nunitprice = 2500\nunit_price = 1\n")
    assert "unknown key (did you mean unit_price?)" in said
    assert "line 1" in said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("FLUENTCART_APP_PASWORD", " (did you mean FLUENTCART_APP_PASSWORD?)"),
        ("FLUENTCART_OTHER_USR", " (did you mean FLUENTCART_USER?)"),
        ("FLUENTCART_BACKUP_BUCKET", ""),
    ],
)
def test_an_unknown_variable_is_an_error(
    name: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "sesame")
    assert refusal() == f"unknown environment variable {name}{said}"


@pytest.mark.parametrize(
    "name", ["FLUENTCART_TRACEBACK", "FLUENTCART_CONFORMANCE_CACHE", "FLUENTCART_OTHER_USER"]
)
def test_the_tools_other_variables_are_known(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "x")
    load_settings()


def test_broken_toml_names_file_and_line_but_not_the_line() -> None:
    said = refusal('app_password = "sesame open\nprofile = "auto"\n')
    assert "fluentcart.toml is not valid TOML at line 1" in said
    assert "sesame" not in said


def test_a_file_that_is_not_there_is_an_error() -> None:
    with pytest.raises(ConfigError, match="does not exist"):
        load_settings(config=Path("missing.toml"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("rate = -1\n", "fluentcart.toml, line 1: rate: input should be greater than 0"),
        ('workers = "many"\n', "fluentcart.toml, line 1: workers: input should be a valid integer"),
        ('base_url = "shop.example"\n', "must be an address that begins with http"),
        ('base_url = "https://a:b@shop.example"\n', "must not hold a user or password"),
        ('base_url = "http://shop.example"\n', "plain http"),
    ],
)
def test_a_wrong_value_says_where_and_what(text: str, words: str) -> None:
    said = refusal(text)
    assert words in said
    assert "a:b" not in said


def test_a_wrong_flag_is_named_as_a_flag() -> None:
    assert refusal(rate=-3).startswith("--rate: ")


def test_a_wrong_variable_is_named_as_a_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLUENTCART_RETRIES", "often")
    assert refusal().startswith("FLUENTCART_RETRIES: ")


def test_a_table_that_is_not_json_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLUENTCART_CAPABILITIES", "{coupons")
    refusal()


def test_a_password_never_comes_from_a_flag() -> None:
    assert "app_password must not come from the command line" in refusal(app_password="sesame")


def test_a_password_from_a_prompt_is_taken() -> None:
    settings = load_settings({"user": "admin"}, secrets={"app_password": "open sesame"})
    assert settings.secrets() == {"app_password": "open sesame"}
    assert "sesame" not in repr(settings)


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("localhost", True),
        ("shop.localhost", True),
        ("localhost.example", False),
        ("10.0.0.1", False),
        ("127.0.0.1.example", False),
    ],
)
def test_loopback_is_this_machine_and_nothing_else(host: str, here: bool) -> None:
    assert is_loopback(host) is here


@pytest.mark.parametrize(
    ("url", "flags", "writes", "destroys"),
    [
        ("http://127.0.0.1", {}, True, True),
        ("http://127.0.0.1", {"read_only": True}, False, False),
        ("https://shop.example", {}, False, False),
        ("https://shop.example", {"allow_writes": True}, True, False),
        ("https://shop.example", {"allow_writes": True, "allow_destructive": True}, True, True),
        ("https://shop.example", {"allow_destructive": True}, False, False),
        ("https://shop.example", {"allow_writes": True, "dry_run": True}, False, False),
    ],
)
def test_off_loopback_a_run_only_reads_until_told_otherwise(
    url: str, flags: dict[str, bool], writes: bool, destroys: bool
) -> None:
    settings = load_settings({"base_url": url, **flags})
    assert (settings.writes_allowed, settings.destructive_allowed) == (writes, destroys)


def test_plain_http_off_loopback_is_possible_when_said() -> None:
    load_settings({"base_url": "http://shop.example", "insecure_http": True})


def test_the_schema_is_publishable() -> None:
    schema = Settings.model_json_schema()
    assert json.loads(json.dumps(schema))["properties"]["rate"]
    assert "_embedded" not in schema["properties"]


def test_only_the_run_itself_can_call_a_target_embedded() -> None:
    assert "unknown key embedded" in refusal("embedded = true\n")
    told = {"admin": {"user": "a", "password": "b c"}, "low": {"user": "l", "password": "m"}}
    Path("fluentcart.toml").unlink()
    settings = load_settings().for_embedded("http://127.0.0.1:1", told)
    assert settings.embedded
    assert settings.user == "a"
    assert pickle.loads(pickle.dumps(settings)).embedded  # noqa: S301  our own bytes
    assert settings.secrets()["app_password"] == "b c"


def test_an_unknown_area_is_told_with_its_line_and_the_known_ones() -> None:
    said = refusal('rate = 1.0\nareas = ["orders", "refundz"]\n')
    assert "fluentcart.toml, line 2: areas: refundz is no area; known: orders, " in said
