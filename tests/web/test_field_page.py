"""The field app's door: one public page for everyone, the files it lives on, and the version they make together."""

import json

import pytest
from django.test import Client

from aoxanh.web.field import shell

pytestmark = pytest.mark.django_db


@pytest.fixture
def anyone() -> Client:
    return Client()


def shell_list(text: str) -> list[str]:
    line = next(line for line in text.splitlines() if line.startswith("const SHELL = "))
    listed: list[str] = json.loads(line.removeprefix("const SHELL = ").removesuffix(";"))
    return listed


def test_the_page_is_the_same_for_everyone_and_holds_no_secret(anyone, cast):
    page = anyone.get("/field/")
    assert page.status_code == 200
    assert page.content == cast.client("lan").get("/field/").content
    assert b"csrf" not in page.content.lower()
    assert b"nonce" not in page.content
    assert not page.cookies


def test_the_page_names_the_scripts_of_the_first_screen_and_no_inline_code(anyone):
    page = anyone.get("/field/").content.decode()
    assert 'src="/static/field/app.js"' in page
    assert 'href="/static/field/screens/welcome.js"' in page
    assert "screens/card.js" not in page
    assert "<style" not in page
    assert page.count("<script") == page.count('<script type="module" src=')


def test_the_worker_keeps_the_page_every_script_every_font_and_the_guards_rules(anyone):
    answer = anyone.get("/field/sw.js")
    listed = shell_list(answer.content.decode())
    assert answer["Content-Type"].startswith("text/javascript")
    assert listed[0] == "/field/"
    assert {"/field/rules.json", "/field/manifest.webmanifest"} <= set(listed)
    on_disk = {f"/static/{path.relative_to(shell.STATIC)}" for path in (shell.STATIC / "field").rglob("*.js")}
    later = set(shell.later_addresses())
    assert later
    assert all(address in answer.content.decode() for address in later)
    assert on_disk - set(listed) == {"/static/field/worker.js"} | later
    assert sum(name.endswith(".woff2") for name in listed) == 4


def test_every_file_of_the_shell_can_be_fetched(anyone):
    for name in shell.files():
        assert (shell.STATIC / name).is_file(), name
    for address in ("/field/rules.json", "/field/manifest.webmanifest"):
        assert anyone.get(address).status_code == 200


def test_the_guards_rules_are_the_servers_own(anyone):
    rules = anyone.get("/field/rules.json").json()
    assert {rule["kind"] for rule in rules["rules"]} >= {"id_number", "phone", "full_name"}


def test_the_version_changes_with_any_file_of_the_shell(monkeypatch, tmp_path):
    before = shell.version()
    changed = tmp_path / "app.html"
    changed.write_bytes(shell.TEMPLATE.read_bytes() + b"\n")
    monkeypatch.setattr(shell, "TEMPLATE", changed)
    shell.version.cache_clear()
    try:
        assert shell.version() != before
    finally:
        shell.version.cache_clear()


def test_the_manifest_makes_the_app_installable(anyone):
    manifest = anyone.get("/field/manifest.webmanifest").json()
    assert manifest["start_url"] == manifest["scope"] == "/field/"
    assert {icon["sizes"] for icon in manifest["icons"]} >= {"192x192", "512x512"}
    assert "maskable" in {icon["purpose"] for icon in manifest["icons"]}
