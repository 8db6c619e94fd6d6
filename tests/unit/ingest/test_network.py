"""Which addresses are of the open Internet, in every form they come in."""

from __future__ import annotations

import ipaddress
import time

import httpcore2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.network import CheckedBackend, Deadline, Network, connect, is_public

NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
CLOSED = """
0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.255 100.100.100.200 127.0.0.1
127.255.255.255 169.254.0.1 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.170
192.0.0.192 192.0.2.1 192.88.99.1 192.168.0.1 192.168.255.255 198.18.0.1 198.19.255.255
198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255 168.63.129.16
:: ::1 ::2 ::127.0.0.1 ::93.184.216.34 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:93.184.216.34
::ffff:0:127.0.0.1 64:ff9b::127.0.0.1 64:ff9b::10.0.0.1 64:ff9b::169.254.169.254
64:ff9b:1::93.184.216.34 100::1 2001::1 2001:0:4136:e378:8000:63bf:80ff:fffe 2001:2::1 2001:10::1
2001:20::1 2001:db8::1 2002:7f00:1:: 2002:5db8:d822:: 3fff::1 3fff:fff::1 4000::1 5f00::1 fc00::1
fd00:ec2::254 fd20:ce::254 fe80::1 fe80::1%eth0 fec0::1 ff02::1 ff0e::1 2606:2800::1%1
2606:2800:220:1:0:5efe:7f00:1 2606:2800:220:1:200:5efe:a00:1
127.1 0177.0.0.1 2130706433 0x7f000001 127.0.0.1/8 localhost [::1] 1.2.3.4.5
""".split()

OPEN = """
1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.1 93.184.216.34 100.63.255.255 100.128.0.1 126.255.255.255
128.0.0.1 169.253.255.255 172.15.255.255 172.32.0.1 192.0.1.1 192.167.255.255 198.17.255.255
198.20.0.1 223.255.255.255 168.63.129.15 2606:2800:220:1:248:1893:25c8:1946 2a00:1450:4003::200e
2001:4860:4860::8888 2001:200::1 64:ff9b::93.184.216.34
""".split()


@pytest.mark.parametrize("address", CLOSED)
def test_addresses_that_are_not_of_the_open_internet(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", OPEN)
def test_addresses_of_the_open_internet(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses())
def test_what_python_takes_for_closed_is_closed(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    if is_public(str(address)) and address not in NAT64:
        assert address.is_global
        closed = "private", "loopback", "link_local", "multicast", "reserved", "unspecified"
        assert not any(getattr(address, f"is_{kind}") for kind in closed)


def test_a_resolver_that_hangs_is_left_behind() -> None:
    def hang(host: str, port: int) -> tuple[str, ...]:
        time.sleep(1)
        return ("93.184.216.34",)

    started = time.monotonic()
    backend = CheckedBackend(Network(hang, connect), Deadline(0.1))
    with pytest.raises(httpcore2.ConnectTimeout):
        backend.connect_tcp("www.example.com", 80)
    assert time.monotonic() - started < 0.8


def test_each_address_is_waited_for_in_turn_until_the_time_is_over() -> None:
    asked: list[tuple[str, float]] = []

    def silent(address: str, port: int, timeout_s: float) -> httpcore2.NetworkStream:
        asked.append((address, timeout_s))
        raise httpcore2.ConnectTimeout

    addresses = ("93.184.216.34", "93.184.216.35")
    backend = CheckedBackend(Network(lambda host, port: addresses, silent), Deadline(60))
    with pytest.raises(httpcore2.ConnectTimeout):
        backend.connect_tcp("www.example.com", 80)
    assert [address for address, _ in asked] == list(addresses)
    assert max(timeout_s for _, timeout_s in asked) <= 5


def test_there_is_no_way_to_a_unix_socket() -> None:
    with pytest.raises(NotImplementedError):
        CheckedBackend(Network(), Deadline(1)).connect_unix_socket("/run/docker.sock")
