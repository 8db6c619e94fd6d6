"""Brings a call into Voz Propia and prints what comes back: the whole of what a program does.

    voz keys add telephony channel@staff
    python examples/contact_client.py http://127.0.0.1:7860 KEY AGENT

Needs Python and the package `websockets`. What is typed line by line is what the customer says;
an empty line ends the contact. The connection may be lost at any time: it is taken up again after
the last event that was seen, and what was not acknowledged is sent again.
"""

from __future__ import annotations

import json
import sys
import threading
import time
import urllib.error
import urllib.request
import uuid
from typing import Any

from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

RETRY_S = 2.0
OVER = {1000, 4401, 4404}
"""The contact ended, the key is no longer good, or the contact is not the key's any more."""


class Contacts:
    """The contacts of one server, for one key."""

    def __init__(self, url: str, key: str) -> None:
        self.url = url.rstrip("/")
        self.headers = {"Authorization": f"Bearer {key}"}

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Send something until it is acknowledged: sent twice, it changes nothing."""
        data = json.dumps(body).encode()
        headers = self.headers | {"Content-Type": "application/json"}
        while True:
            request = urllib.request.Request(f"{self.url}{path}", data, headers)
            try:
                with urllib.request.urlopen(request, timeout=10) as reply:
                    answer: dict[str, Any] = json.load(reply)
                    return answer
            except urllib.error.HTTPError as error:
                if error.code != 503:
                    sys.exit(json.load(error)["error"])
            except OSError as error:
                print(f"no answer ({error}), trying again", file=sys.stderr)
            time.sleep(RETRY_S)

    def follow(self, contact: str) -> None:
        """Print what happens in a contact until it ends."""
        seen, address = 0, self.url.replace("http", "ws", 1)
        while True:
            url = f"{address}/v1/contacts/{contact}/events?after={seen}"
            code: int | None = None
            try:
                with connect(url, additional_headers=self.headers) as stream:
                    for message in stream:
                        event = json.loads(message)
                        seen = event["event"]
                        print(event["event"], event["kind"], event["turn"] or event["body"])
                    code = stream.close_code
            except ConnectionClosed as error:
                code = error.rcvd.code if error.rcvd is not None else None
            except InvalidStatus as error:
                sys.exit(error.response.body.decode() if error.response.body else str(error))
            except OSError as error:
                print(f"no stream ({error}), trying again", file=sys.stderr)
            if code in OVER:
                return
            time.sleep(RETRY_S)


def main(url: str, key: str, agent: str) -> None:
    contacts = Contacts(url, key)
    opening = {"channel": "call", "reference": str(uuid.uuid4()), "agent": agent}
    contact = contacts.post("/v1/contacts", opening)["key"]
    listening = threading.Thread(target=contacts.follow, args=(contact,))
    listening.start()
    for number, line in enumerate(sys.stdin, start=1):
        if not line.strip():
            break
        turn = {"utterance": str(number), "speaker": "customer", "text": line}
        contacts.post(f"/v1/contacts/{contact}/turns", {"turns": [turn]})
    contacts.post(f"/v1/contacts/{contact}/end", {})
    listening.join()


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
