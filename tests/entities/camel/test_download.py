"""Downloading: through CAMeL Tools' own catalogue, checked, and whole or not at all."""

import hashlib
import http.server
import io
import json
import threading
import zipfile
from contextlib import contextmanager

import pytest

from newscrawl.entities.camel import ModelError, download

CONFIG = b'{"model_type": "bert"}'


def package(content=CONFIG, digest=None):
    """A catalogue with one package of one file, and that package."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("config.json", content)
    files = [{"path": "config.json", "sha256": digest or hashlib.sha256(content).hexdigest()}]
    entry = {
        "package_type": "http",
        "version": "0.5.0",
        "license": "MIT",
        "private": False,
        "destination": "ner/arabert",
        "url": "https://models.example/arabert.zip",
        "files": files,
    }
    catalogue = {"version": "1.6.0", "packages": {"ner-arabert": entry}, "components": {}}
    return {"/catalogue": json.dumps(catalogue).encode(), "/package": archive.getvalue()}


@contextmanager
def served(pages):
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            content = pages.get(self.path, b"<html>not found</html>")
            self.send_response(200 if self.path in pages else 404)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def data(monkeypatch, tmp_path):
    folder = tmp_path / "camel"
    monkeypatch.setenv("CAMELTOOLS_DATA", str(folder))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))  # CAMeL Tools makes a folder there, whatever is set
    return folder


@pytest.fixture
def redirected(monkeypatch, tmp_path):
    """Makes the child's requests for CAMeL Tools' two addresses go to a server of ours."""

    def redirect(address):
        (tmp_path / "sitecustomize.py").write_text(
            "import requests\n"
            "get = requests.Session.get\n"
            "def ours(self, url, **rest):\n"
            "    path = '/catalogue' if 'catalogue' in url else '/package'\n"
            f"    return get(self, {address!r} + path, **rest)\n"
            "requests.Session.get = ours\n"
        )
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")

    return redirect


def test_it_lies_where_camel_tools_looks_for_it(data, redirected):
    data.mkdir()
    (data / "versions.json").write_text('{"morphology-db-msa-r13": "0.4"}')
    with served(package()) as address:
        redirected(address)
        folder = download.download()
    assert folder == data / "data" / "ner" / "arabert"
    assert (folder / "config.json").read_bytes() == CONFIG
    assert json.loads((data / "versions.json").read_text()) == {
        "morphology-db-msa-r13": "0.4",
        "ner-arabert": "0.5.0",
    }
    assert "ner-arabert" in json.loads((data / "catalogue.json").read_text())["packages"]
    assert sorted(path.name for path in data.iterdir()) == ["catalogue.json", "data", "versions.json"]


def test_what_is_not_as_promised_is_thrown_away(data, redirected):
    with served(package(digest="0" * 64)) as address:
        redirected(address)
        with pytest.raises(ModelError, match="not what the catalogue promises"):
            download.download()
    assert not [path for path in data.rglob("*") if path.is_file()]


def test_an_error_page_is_no_catalogue(data, redirected):
    with served({}) as address:
        redirected(address)
        with pytest.raises(ModelError, match="JSONDecodeError"):
            download.download()
    assert not [path for path in data.rglob("*") if path.is_file()]
