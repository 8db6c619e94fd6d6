"""Messages to another program: signed, at least once under one name, tried again, given up."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from assistant.shell.summary.courier import Courier
from assistant.shell.summary.receiver import (
    Attempt,
    Receiver,
    deliver,
    receiver_of,
    signature,
)
from ingest.network import Network
from knowledge.audit import events as audit_events
from knowledge.contacts.contact_schema import contacts
from knowledge.database.database_url import DatabaseUrl
from knowledge.errors import NotFound, SettingsError, WrongState
from knowledge.models import Viewer
from knowledge.outbox import outbox_rows
from knowledge.outbox.outbox import GIVEN_UP_AFTER, Outbox
from knowledge.outbox.outbox_rows import Message
from knowledge.settings import Settings
from knowledge.work.notices import Notices
from knowledge.work.work_store import WorkStore
from tests.integration.contact_house import ContactHouse
from tests.integration.test_contacts import CALL, person, program

KEY = bytes(range(32))
SECRET = "whsec_" + base64.b64encode(KEY).decode()
WORDS = "Matilde espera la recogida"


class Other(ThreadingHTTPServer):
    """The company's other program: answers as it is told, and remembers what it was told."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers: list[int | str] = []
        self.got: list[tuple[dict[str, str], bytes, str]] = []
        self.headers: dict[str, str] = {}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/voz?a=1"


class _Handler(BaseHTTPRequestHandler):
    server: Other

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.got.append((headers, body, self.path))
        answer = self.server.answers.pop(0) if self.server.answers else 204
        if answer == "slow":
            time.sleep(1.5)
            answer = 200
        if answer == "drip":  # something comes all the time, and never an end
            for _ in range(30):
                self.wfile.write(b"H")
                self.wfile.flush()
                time.sleep(0.1)
            return
        if answer == "garbage":
            self.wfile.write(b"\x00\xff not http at all\r\n\r\n")
            return
        assert isinstance(answer, int)
        self.send_response(answer)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def another() -> Iterator[Other]:
    server = Other()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


@pytest.fixture
def other() -> Iterator[Other]:
    with another() as server:
        yield server


@pytest.fixture
def house(tmp_path: Path, database_url: DatabaseUrl | None) -> Iterator[ContactHouse]:
    house = ContactHouse(tmp_path, database_url)
    yield house
    house.close()


def put(store: WorkStore, words: str = WORDS, contact: int | None = None) -> Message:
    body = json.dumps({"type": "contact.summary", "data": words}, ensure_ascii=False)
    with store.database.write() as connection:
        return outbox_rows.add(connection, "contact.summary", body, "ana", store.now(), contact)


def later(house: ContactHouse, **passed: float) -> Outbox:
    at = datetime.now(UTC) + timedelta(**passed)
    return Outbox(replace(house.store, clock=lambda: at), chance=lambda: 0.5)


def until(met: Callable[[], Any]) -> None:
    deadline = time.monotonic() + 20
    while not met() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert met()


def test_the_signature_is_that_of_the_specification(other: Other) -> None:
    old = b"o" * 24
    attempt = deliver(
        Receiver(other.url, (KEY, old)), "msg_1", '{"a":"ñ"}', now=lambda: 1674087231.9
    )
    assert attempt.trouble is None
    headers, body, path = other.got[0]
    assert (path, body) == ("/voz?a=1", '{"a":"ñ"}'.encode())
    assert (headers["webhook-id"], headers["webhook-timestamp"]) == ("msg_1", "1674087231")
    assert headers["content-type"] == "application/json; charset=utf-8"
    signed = b'msg_1.1674087231.{"a":"\xc3\xb1"}'
    expected = [
        "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        for key in (KEY, old)
    ]
    assert headers["webhook-signature"].split(" ") == expected


def test_the_example_of_the_specification_s_own_library_comes_out() -> None:
    """https://github.com/standard-webhooks/standard-webhooks, libraries/javascript tests."""
    key = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    made = signature(key, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize(
    ("answer", "trouble", "for_good"),
    [
        (200, None, False),
        (500, "status-500", False),
        (302, "status-302", False),
        (410, "status-410", True),
        ("garbage", "broken-answer", False),
        ("slow", "timeout", False),
        ("drip", "timeout", False),
    ],
)
def test_what_the_receiver_does_is_told(
    other: Other, answer: int | str, trouble: str | None, for_good: bool
) -> None:
    other.answers, other.headers = [answer], {"location": other.url}
    began = time.monotonic()
    attempt = deliver(Receiver(other.url, (KEY,)), "msg_1", "{}", timeout_s=0.5)
    assert (attempt.trouble, attempt.for_good) == (trouble, for_good)
    assert time.monotonic() - began < 2
    assert len(other.got) == 1  # a redirect leads nowhere


def test_a_receiver_that_is_down_is_told(other: Other) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    attempt = deliver(Receiver(f"http://127.0.0.1:{port}/", (KEY,)), "msg_1", "{}")
    assert attempt.trouble == "no-connection"


@pytest.mark.parametrize(
    ("address", "private", "refused"),
    [
        ("10.1.2.3", False, True),
        ("192.168.1.9", False, True),
        ("169.254.169.254", False, True),
        ("169.254.169.254", True, True),
        ("127.0.0.1", False, True),
        ("127.0.0.1", True, True),
        ("fe80::1", True, True),
        ("::ffff:10.0.0.1", False, True),
        ("10.1.2.3", True, False),
        ("fd00::1", True, False),
        ("93.184.216.34", False, False),
    ],
)
def test_where_a_name_leads_is_looked_at_before_anything_is_sent(
    address: str, private: bool, refused: bool
) -> None:
    connected: list[str] = []

    def connect(to: str, port: int, timeout_s: float) -> Any:
        import httpcore2

        connected.append(to)
        raise httpcore2.ConnectError("not in this test")

    network = Network(resolve=lambda host, port: [address], connect=connect)
    receiver = Receiver("https://crm.example/voz", (KEY,), private=private)
    attempt = deliver(receiver, "msg_1", "{}", network=network)
    assert attempt.trouble == ("address-refused" if refused else "no-connection")
    assert connected == ([] if refused else [address])


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ({"webhook_url": "http://crm.example/voz"}, "use https"),
        ({"webhook_url": "ftp://crm.example/voz"}, "is no address"),
        ({"webhook_url": "https://"}, "is no address"),
        ({"webhook_url": "https://crm.example:99999/"}, "is no address"),
        ({"webhook_url": "https://ana:clave@crm.example/voz"}, "holds a name or password"),
        ({"webhook_secret": None}, "needs one secret"),
        ({"webhook_secret": "whsec_abc"}, "cannot be used"),
        ({"webhook_secret": "abc" * 20}, "cannot be used"),
        ({"webhook_secret": f"{SECRET} {SECRET} {SECRET}"}, "holds 3 secrets"),
        ({"webhook_secret_file": Path("/nowhere")}, "needs one secret"),
        ({"webhook_secret": None, "webhook_secret_file": Path("/nowhere")}, "cannot be read"),
    ],
)
def test_settings_that_cannot_be_used_say_so_and_never_the_secret(
    given: dict[str, Any], line: str
) -> None:
    usable = {"webhook_url": "https://crm.example/voz", "webhook_secret": SECRET}
    with pytest.raises(SettingsError, match=line) as refused:
        receiver_of(Settings(**(usable | given)))
    assert SECRET not in str(refused.value)
    assert "clave" not in str(refused.value)


def test_the_secret_comes_from_the_environment_or_a_file(tmp_path: Path) -> None:
    kept = tmp_path / "secret"
    kept.write_text(f"{SECRET}\n", "utf-8")
    url = "https://crm.example/voz"
    by_file = receiver_of(Settings(webhook_url=url, webhook_secret_file=kept))
    by_name = receiver_of(Settings(webhook_url=url, webhook_secret=SECRET))  # type: ignore[arg-type]
    assert by_file == by_name == Receiver(url, (KEY,))
    assert receiver_of(Settings()) is None
    assert receiver_of(Settings(webhook_url="http://localhost:9/", webhook_secret=SECRET))  # type: ignore[arg-type]


def test_what_is_put_in_goes_out_once_and_its_words_go(house: ContactHouse, other: Other) -> None:
    made = put(house.store)
    courier = Courier(Outbox(house.store), Receiver(other.url, (KEY,)))
    until(lambda: Outbox(house.store).all()[0].state == "sent")
    courier.close()
    (sent,) = Outbox(house.store).all()
    assert (sent.message, sent.attempts, sent.body) == (made.message, 1, None)
    ((headers, body, _),) = other.got
    assert headers["webhook-id"] == made.message
    assert json.loads(body)["data"] == WORDS


def test_a_receiver_with_trouble_is_tried_again_under_the_same_name(
    house: ContactHouse, other: Other, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    other.answers = [500, "garbage"]
    made = put(house.store)
    outbox = Outbox(house.store, chance=lambda: 0.5)
    receiver = Receiver(other.url, (KEY,))
    courier = Courier(outbox, receiver)
    until(lambda: outbox.all()[0].trouble == "status-500")
    waiting = outbox.all()[0]
    courier.close()
    assert (waiting.state, waiting.attempts) == ("waiting", 1)
    due = datetime.fromisoformat(waiting.due_at) - datetime.now(UTC)
    assert timedelta(seconds=3) < due < timedelta(seconds=6)
    for hours, state, trouble in ((1, "waiting", "broken-answer"), (2, "sent", None)):
        courier = Courier(later(house, hours=hours), receiver)
        until(lambda trouble=trouble: outbox.all()[0].trouble == trouble)
        courier.close()
        assert outbox.all()[0].state == state
    assert [one[0]["webhook-id"] for one in other.got] == [made.message] * 3
    assert "Matilde" not in caplog.text
    assert "attempt 3" in caplog.text


def test_delays_grow_and_spread_and_a_receiver_s_wish_is_heard(house: ContactHouse) -> None:
    made = put(house.store)
    waits = []
    for chance in (0.0, 0.5, 1.0):
        outbox = Outbox(house.store, chance=lambda chance=chance: chance)
        waits.append([round(outbox._delay_s(attempts), 1) for attempts in (0, 1, 2, 30)])
    assert waits == [
        [3.8, 11.2, 33.8, 5400.0],
        [5.0, 15.0, 45.0, 7200.0],
        [6.2, 18.8, 56.2, 9000.0],
    ]
    outbox = Outbox(house.store, chance=lambda: 0.5)
    assert not outbox.failed(made, "status-503", wait_s=900.0)
    due = datetime.fromisoformat(outbox.all()[0].due_at) - datetime.now(UTC)
    assert timedelta(seconds=890) < due < timedelta(seconds=910)


def test_after_a_day_it_is_given_up_and_an_administrator_told(
    house: ContactHouse, other: Other
) -> None:
    put(house.store)
    other.answers = [500] * 3
    outbox = Outbox(house.store)
    seconds = GIVEN_UP_AFTER.total_seconds() - 2
    courier = Courier(later(house, seconds=seconds), Receiver(other.url, (KEY,)))
    until(lambda: outbox.all()[0].state == "failed")
    courier.close()
    (given_up,) = outbox.all("failed")
    assert (given_up.trouble, given_up.body is not None) == ("status-500", True)
    for name, told in (("adela", ["webhook_failed"]), ("todas", ["webhook_failed"]), ("ana", [])):
        viewer = Viewer(name, frozenset())
        assert [one.kind for one in Notices(house.store).inbox(viewer)] == told
    assert outbox.retry(None, "adela") == 1
    with pytest.raises(WrongState, match="was not given up"):
        outbox.retry(given_up.message, "adela")
    with pytest.raises(NotFound):
        outbox.retry("msg_nada", "adela")
    other.answers = []
    courier = Courier(outbox, Receiver(other.url, (KEY,)))
    until(lambda: outbox.all()[0].state == "sent")
    courier.close()
    with house.store.read() as connection:
        trail = audit_events(connection, limit=1_000)
    of_messages = [(one.actor, one.action) for one in trail if one.object.startswith("message:")]
    assert of_messages == [("voz", "webhook.failed"), ("adela", "webhook.retried")]


def test_who_wants_no_more_is_left_alone_at_once(house: ContactHouse, other: Other) -> None:
    put(house.store)
    other.answers = [410]
    courier = Courier(Outbox(house.store), Receiver(other.url, (KEY,)))
    until(lambda: Outbox(house.store).all()[0].state == "failed")
    courier.close()
    assert len(other.got) == 1


def test_two_processes_send_each_message_once(house: ContactHouse, other: Other) -> None:
    made = {put(house.store, f"n{number}").message for number in range(12)}
    stores = [WorkStore.open(house.people.settings) for _ in range(2)]
    couriers = [Courier(Outbox(store), Receiver(other.url, (KEY,))) for store in stores]
    until(lambda: len(Outbox(house.store).all("sent")) == 12)
    for courier in couriers:
        courier.close()
    for store in stores:
        store.close()
    assert sorted(one[0]["webhook-id"] for one in other.got) == sorted(made)


def test_words_that_are_let_go_are_sent_no_more(house: ContactHouse, other: Other) -> None:
    key = house.contacts.open(CALL, program())[0].key
    with house.store.read() as connection:
        number = connection.execute(select(contacts.c.id)).scalar_one()
    put(house.store, contact=number)
    house.contacts.erase(key, person("leo"), "leo")
    (gone,) = Outbox(house.store).all()
    assert (gone.state, gone.body) == ("cancelled", None)
    courier = Courier(Outbox(house.store), Receiver(other.url, (KEY,)))
    time.sleep(0.3)
    courier.close()
    assert other.got == []
    assert Outbox(house.store).retry(None, "adela") == 0


def test_a_failing_attempt_does_not_end_the_sending(house: ContactHouse) -> None:
    put(house.store, "uno")
    tried: list[str] = []

    def breaking(receiver: Receiver, message: str, body: str) -> Attempt:
        tried.append(message)
        if len(tried) == 1:
            raise RuntimeError(WORDS)
        return Attempt(None, 1.0)

    courier = Courier(Outbox(house.store), Receiver("http://localhost/", (KEY,)), breaking)
    until(lambda: tried)
    second = put(house.store, "dos").message
    courier.wake()
    until(lambda: second in tried)
    courier.close()


CHILD = """
import sys
from knowledge.settings import Settings
from knowledge.work.work_store import WorkStore
from knowledge.outbox.outbox import Outbox
from assistant.shell.summary.courier import Courier
from assistant.shell.summary.receiver import receiver_of
settings = Settings()
courier = Courier(Outbox(WorkStore.open(settings)), receiver_of(settings))
print("ready", flush=True)
courier._thread.join()
"""


def test_a_process_killed_while_it_sends_loses_nothing(
    tmp_path: Path, other: Other, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = ContactHouse(tmp_path)
    made = put(house.store)
    other.answers = ["slow"]
    environment = os.environ | {
        "VOZ_DATA_DIR": str(tmp_path),
        "VOZ_WEBHOOK_URL": other.url,
        "VOZ_WEBHOOK_SECRET": SECRET,
    }
    with subprocess.Popen([sys.executable, "-c", CHILD], env=environment) as child:
        until(lambda: other.got)
        child.send_signal(signal.SIGKILL)
    (leased,) = Outbox(house.store).all()
    assert (leased.state, leased.attempts) == ("waiting", 1)
    assert Outbox(house.store).take() is None  # until the lease is over
    courier = Courier(later(house, seconds=61), Receiver(other.url, (KEY,)))
    until(lambda: Outbox(house.store).all()[0].state == "sent")
    courier.close()
    assert [one[0]["webhook-id"] for one in other.got] == [made.message] * 2
    house.close()
