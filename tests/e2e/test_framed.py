"""The page of a contact inside a CRM's page of another site, encrypted, in a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from playwright.sync_api import BrowserType, Page, expect

from knowledge.times import utc_now
from tests.e2e.contact_double import RULE, ContactHouse
from tests.people import PASSWORD

pytestmark = pytest.mark.ui

VOZ, CRM, OTHER = "voz.example.com", "crm.example.org", "another.example.net"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for `VOZ`, signed by itself, and its key."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, VOZ)])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(utc_now() - timedelta(days=1))
        .not_valid_after(utc_now() + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    file = tmp_path_factory.mktemp("tls") / "voz.pem"
    file.write_bytes(key.private_bytes(pem, *plain) + made.public_bytes(pem))
    return file


@pytest.fixture(scope="module")
def crm(serve_app: Callable[..., Any], certificate: Path) -> Iterator[int]:
    """The port of a system whose page shows the contact in a frame."""
    app = FastAPI()

    @app.get("/customers/1", response_class=HTMLResponse)
    def customer(voz: int) -> str:
        frame = f'<iframe src="https://{VOZ}:{voz}/contact" width="1300" height="700"></iframe>'
        return f"<!doctype html><title>CRM</title><h1>CRM</h1>{frame}"

    with serve_app(app, certificate) as address:
        yield urlsplit(address).port or 0


@pytest.fixture(scope="module")
def voz(
    tmp_path_factory: pytest.TempPathFactory,
    serve_app: Callable[..., Any],
    certificate: Path,
    crm: int,
) -> Iterator[int]:
    """The port of the application, which that system alone may show."""
    public = {"public_url": f"https://{VOZ}", "frame_ancestors": f"https://{CRM}:{crm}"}
    house = ContactHouse(tmp_path_factory.mktemp("house"), **public)
    with serve_app(house.app, certificate) as address:
        yield urlsplit(address).port or 0
    house.close()


@pytest.fixture
def page(browser_type: BrowserType, browser_type_launch_args: dict[str, Any]) -> Iterator[Page]:
    """A browser that finds the three on this machine, and that nobody has signed in with."""
    here = ",".join(f"MAP {host} 127.0.0.1" for host in (VOZ, CRM, OTHER))
    args = [*browser_type_launch_args["args"], f"--host-resolver-rules={here}"]
    browser = browser_type.launch(**{**browser_type_launch_args, "args": args})
    yield browser.new_page(locale="es-ES", ignore_https_errors=True)
    browser.close()


def test_an_agent_signs_in_and_is_helped_inside_the_crm(page: Page, crm: int, voz: int) -> None:
    page.goto(f"https://{CRM}:{crm}/customers/1?voz={voz}")
    framed = page.frame_locator("iframe")
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    framed.locator("[name=name]").fill("ana")
    framed.locator("[name=password]").fill(PASSWORD)
    framed.locator("form button[type=submit]").click()
    framed.locator("#new-contact").click()
    framed.get_by_label("Referencia").fill("crm-1")
    page.keyboard.press("Enter")
    expect(framed.locator("#conversation h2")).to_contain_text("crm-1")
    framed.locator("#paste").click()
    framed.get_by_label("Texto").fill("Cliente: del ALM-26-0000001, ¿cuál es el plazo?")
    framed.get_by_text("Añadir").click()
    expect(framed.locator(".suggestion .said").first).to_have_text(RULE)
    expect(framed.locator("#card h3").first).to_have_text("Carmen Robledo")
    expect(framed.locator("#connection")).to_have_text("Al día")
    page.reload()
    expect(framed.locator(".contacts")).to_contain_text("crm-1")
    (cookie,) = page.context.cookies()
    assert errors == []
    assert (cookie["httpOnly"], cookie["secure"], cookie["sameSite"]) == (True, True, "None")


def test_nobody_else_shows_it_in_a_frame(page: Page, crm: int, voz: int) -> None:
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.goto(f"https://{OTHER}:{crm}/customers/1?voz={voz}")
    expect(page.locator("h1")).to_have_text("CRM")
    expect(page.frame_locator("iframe").locator("form")).to_have_count(0)
    assert any("frame-ancestors" in line for line in told)
