"""Taking the port: each way it fails is one clear line."""

from __future__ import annotations

import socket

import pytest

from assistant.shell.guard import page_address
from assistant.shell.serve import serve, take_port
from knowledge.errors import SettingsError
from knowledge.settings import Settings


def test_a_port_in_use_is_one_line_with_the_port_and_what_to_do() -> None:
    with take_port("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError, match=f"port {port} on 127.0.0.1 is in use.*VOZ_PORT"):
            take_port("127.0.0.1", port)


def test_the_port_is_taken_before_anything_is_loaded() -> None:
    with take_port("127.0.0.1", 0) as taken:
        settings = Settings(port=taken.getsockname()[1])
        with pytest.raises(SettingsError, match="in use"):
            serve(settings, progress=pytest.fail)


def test_a_host_that_is_no_address_is_one_line() -> None:
    with pytest.raises(SettingsError, match="VOZ_HOST='not a host'"):
        take_port("not a host", 0)


def test_an_address_of_another_machine_is_one_line() -> None:
    with pytest.raises(SettingsError, match=r"cannot listen on 192\.0\.2\.1"):
        take_port("192.0.2.1", 0)


def test_a_port_of_the_system_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: socket.socket, address: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(socket.socket, "bind", refuse)
    with pytest.raises(SettingsError, match="may not be used"):
        take_port("127.0.0.1", 80)


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:7860"),
        ("0.0.0.0", "http://127.0.0.1:7860"),
        ("::1", "http://[::1]:7860"),
        ("desk.example", "http://desk.example:7860"),
    ],
)
def test_the_address_shown_can_be_opened(host: str, address: str) -> None:
    assert page_address(host, 7860) == address
