"""A Kibana that answers imports as told, and remembers what it was asked."""

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, HTTPServer

NOT_READY = (503, b"Kibana server is not ready yet", {"Content-Type": "text/plain"})


def refused(status, message, error="Error", **headers):
    """An error as Kibana writes it."""
    body = {"statusCode": status, "error": error, "message": message}
    return (
        status,
        json.dumps(body).encode(),
        {"Content-Type": "application/json", "kbn-name": "fake", **headers},
    )


def took(ndjson, *, replaced=False, errors=(), **ids):
    """A whole answer to an import of these objects, but for those in `errors`; `ids` have new ids."""
    objects = [json.loads(line) for line in ndjson.splitlines()]
    bad = {(each["type"], each["id"]) for each in errors}
    good = [each for each in objects if (each["type"], each["id"]) not in bad]
    results = [
        {
            "type": each["type"],
            "id": each["id"],
            "meta": {"title": each["attributes"]["title"], "icon": "x"},
            **({"overwrite": True} if replaced else {}),
            **({"destinationId": ids[each["type"]]} if each["type"] in ids else {}),
            "managed": False,
        }
        for each in good
    ]
    body = {"success": not errors, "successCount": len(good), "warnings": [], "successResults": results}
    if errors:
        body["errors"] = list(errors)
    return 200, json.dumps(body).encode(), {"Content-Type": "application/json", "kbn-name": "fake"}


@dataclass
class Fake:
    """`answers` are given in turn, the last one for ever."""

    url: str
    answers: list
    requests: list = field(default_factory=list)

    @property
    def files(self):
        """The uploaded files: name, file name, type and content of each part of the last request."""
        _path, headers, body = self.requests[-1]
        whole = message_from_bytes(f"Content-Type: {headers['Content-Type']}\r\n\r\n".encode() + body)
        return [
            (
                part.get_param("name", header="content-disposition"),
                part.get_filename(),
                part.get_content_type(),
                part.get_payload(decode=True),
            )
            for part in whole.get_payload()
        ]


@contextmanager
def kibana(*answers):
    """A fake Kibana on a port of its own."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            fake.requests.append((self.path, self.headers, body))
            number = min(len(fake.requests), len(fake.answers)) - 1
            status, answer, headers = fake.answers[number]
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    fake = Fake(f"http://127.0.0.1:{server.server_port}", list(answers))
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
