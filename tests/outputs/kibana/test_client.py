"""The import, against a Kibana of our own."""

import base64
import socket
import ssl
import threading

import pytest

from newscrawl.outputs.kibana import Credentials, KibanaError, client, import_objects, to_ndjson
from tests.outputs.kibana.fake import NOT_READY, kibana, refused, took

NDJSON = to_ndjson()
KEY = "VnVhQ2ZHY0JDZGJrU0Fsbg=="
PASSWORD = "كلمة السر"


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr(client, "_PAUSE", 0.01)


def fails(url, **options):
    with pytest.raises(KibanaError) as caught:
        import_objects(url, NDJSON, **options)
    message = str(caught.value)
    assert "Traceback" not in message
    assert "HTTPConnectionPool" not in message
    return message


def test_what_is_sent():
    with kibana(took(NDJSON)) as fake:
        report = import_objects(fake.url, NDJSON)
    ((path, headers, _body),) = fake.requests
    assert path == "/api/saved_objects/_import?overwrite=true"
    assert headers["kbn-xsrf"] == "true"
    assert "Authorization" not in headers
    assert headers["Content-Type"].startswith("multipart/form-data; boundary=")
    assert fake.files == [("file", "newscrawl.ndjson", "application/ndjson", NDJSON)]
    assert len(report.objects) == NDJSON.count(b"\n")
    assert report.replaced == 0
    assert (report.objects[-1].type, report.objects[-1].title) == ("dashboard", "Arabic news")


def test_a_second_import_replaces():
    with kibana(took(NDJSON, replaced=True)) as fake:
        report = import_objects(f" {fake.url}/ ", NDJSON)
    assert report.replaced == len(report.objects)


def test_overwriting_can_be_left_out():
    with kibana(took(NDJSON)) as fake:
        import_objects(fake.url, NDJSON, overwrite=False)
    assert fake.requests[0][0].endswith("?overwrite=false")


@pytest.mark.parametrize(
    ("base", "space", "path"),
    [
        ("", "news", "/s/news/api/saved_objects/_import?overwrite=true"),
        ("", "default", "/api/saved_objects/_import?overwrite=true"),
        ("/kibana/", "news", "/kibana/s/news/api/saved_objects/_import?overwrite=true"),
    ],
)
def test_space_and_base_path(base, space, path):
    with kibana(took(NDJSON)) as fake:
        import_objects(fake.url + base, NDJSON, space=space)
    assert fake.requests[0][0] == path


def test_an_object_that_got_another_id():
    with kibana(took(NDJSON, dashboard="other")) as fake:
        report = import_objects(fake.url, NDJSON, space="second")
    assert report.objects[-1].id == "other"


@pytest.mark.parametrize(
    ("credentials", "header"),
    [
        (Credentials(api_key=KEY), f"ApiKey {KEY}"),
        (
            Credentials(user="elastic", password=PASSWORD),
            f"Basic {base64.b64encode(f'elastic:{PASSWORD}'.encode()).decode()}",
        ),
    ],
)
def test_credentials(credentials, header):
    with kibana(took(NDJSON)) as fake:
        import_objects(fake.url, NDJSON, credentials=credentials)
    assert fake.requests[0][1]["Authorization"] == header


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (refused(401, "unable to authenticate user"), ["does not accept the credentials (401)", "unable to"]),
        (refused(403, "Unable to bulk_create dashboard"), ["(403)", "Unable to bulk_create", "privilege"]),
        (refused(422, "Document is from a newer version"), ["8.12 or newer", "Document is from a newer"]),
        (refused(400, "definition for this key is missing"), ["refused the import (400)", "definition for"]),
        (refused(500, "An internal server error occurred"), ["refused the import (500)", "internal server"]),
        (refused(404, "Not Found"), ["refused the import (404)"]),
        ((404, b"<html>nothing</html>", {}), ["is no Kibana", "404"]),
        ((200, b"hello", {}), ["is no Kibana", "200"]),
        ((200, b"[1]", {}), ["is no Kibana"]),
        ((200, b'{"success": "yes"}', {}), ["is no Kibana"]),
        ((302, b"", {"Location": "/login?next=%2F"}), ["redirects to /login", "base path"]),
        (
            (400, b'{"error": "no handler found for uri"}', {"X-elastic-product": "Elasticsearch"}),
            ["is an Elasticsearch, not a Kibana", "5601"],
        ),
    ],
)
def test_refusals(answer, words):
    with kibana(answer) as fake:
        message = fails(fake.url, credentials=Credentials(api_key=KEY), wait=5)
    assert len(fake.requests) == 1
    assert fake.url in message
    for word in words:
        assert word in message


def test_no_credentials_where_some_are_wanted():
    with kibana(refused(401, "Unauthorized")) as fake:
        message = fails(fake.url)
    assert "NEWSCRAWL_KIBANA_API_KEY" in message


def test_no_such_space():
    with kibana(refused(404, "Saved object [space/news] not found")) as fake:
        assert "has no space news" in fails(fake.url, space="news")


def test_a_part_that_is_refused():
    errors = [
        {
            "type": "lens",
            "id": "news-people",
            "meta": {"title": "People · أشخاص"},
            "error": {
                "type": "missing_references",
                "references": [{"type": "index-pattern", "id": "gone"}],
            },
        },
        {"type": "search", "id": "news-copies", "title": "Copies", "error": {"type": "conflict"}},
        {"type": "lens", "id": "news-lag", "error": {"type": "unsupported_type"}},
        {"type": "lens", "id": "news-total", "error": {"type": "ambiguous_conflict", "destinations": []}},
        {
            "type": "dashboard",
            "id": "news-overview",
            "error": {"type": "unknown", "statusCode": 400, "message": "too\nold"},
        },
    ]
    with kibana(took(NDJSON, errors=errors)) as fake:
        lines = fails(fake.url).splitlines()
    assert lines[0].endswith(f"took {len(NDJSON.splitlines()) - 5} objects and refused 5:")
    assert lines[1:] == [
        "  lens news-people (People · أشخاص): it refers to index-pattern gone, which Kibana has not",
        "  search news-copies (Copies): it is there already",
        "  lens news-lag: Kibana does not know this type",
        "  lens news-total: several objects there have come from it",
        "  dashboard news-overview: too old",
    ]


def test_waits_for_a_kibana_that_starts():
    told = []
    with kibana(NOT_READY, NOT_READY, took(NDJSON)) as fake:
        report = import_objects(fake.url, NDJSON, wait=30, on_wait=told.append)
    assert report.objects
    assert len(fake.requests) == 3
    assert told == [f"Kibana at {fake.url} is not ready (status 503); waiting up to 30 s"]


def test_waits_no_longer_than_asked():
    with kibana(NOT_READY) as fake:
        message = fails(fake.url, wait=0.1)
    assert message == f"Kibana at {fake.url} is not ready (status 503), after waiting 0.1 s"
    assert len(fake.requests) > 1


def test_does_not_wait_unasked():
    with kibana(NOT_READY) as fake:
        assert "status 503" in fails(fake.url)
    assert len(fake.requests) == 1


def unused_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_nobody_there():
    url = f"http://127.0.0.1:{unused_port()}"
    assert fails(url) == f"Kibana at {url} cannot be reached: connection refused"
    assert fails(url, wait=0.05).endswith("connection refused, after waiting 0.05 s")


def test_no_such_host():
    assert "there is no such host" in fails("http://kibana.invalid:5601")


@pytest.mark.parametrize("host", ["a..b", "a" * 64 + ".example", "x y", "[::1"])
def test_no_host_at_all(host):
    with pytest.raises((KibanaError, ValueError), match=r"no address|http://") as caught:
        import_objects(f"http://{host}:5601", NDJSON, wait=5)
    assert len(str(caught.value)) < 200


def test_an_answer_that_does_not_come(monkeypatch):
    monkeypatch.setattr(client.urllib3, "Timeout", lambda **_: 0.05)
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}"
        assert fails(url, wait=5) == f"Kibana at {url} gave no answer within 120 s"


def test_plain_http_where_tls_is_wanted():
    with kibana(took(NDJSON)) as fake:
        message = fails(fake.url.replace("http:", "https:"), wait=5)
    assert "NEWSCRAWL_KIBANA_CA_FILE" in message


def test_a_connection_that_breaks():
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(5)
        url = f"http://127.0.0.1:{server.getsockname()[1]}"

        def close():
            connection, _ = server.accept()
            connection.recv(10)
            connection.close()

        thread = threading.Thread(target=close)
        thread.start()
        assert "broke the connection off" in fails(url)
        thread.join()


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_a_ca_file_that_is_none(tmp_path, content):
    path = tmp_path / "ca.pem"
    if content:
        path.write_text(content)
    assert f"the CA file {path} holds no certificates" in fails("https://127.0.0.1:1", ca_file=path)


def test_the_ca_file_takes_the_place_of_the_systems(monkeypatch, tmp_path):
    seen = []
    real = ssl.create_default_context
    monkeypatch.setattr(client.ssl, "create_default_context", lambda cafile: seen.append(cafile) or real())
    with kibana(took(NDJSON)) as fake:
        import_objects(fake.url, NDJSON, ca_file=tmp_path / "ca.pem")
    assert seen == [str(tmp_path / "ca.pem")]


@pytest.mark.parametrize(
    "url",
    ["", "localhost:5601", "ftp://x", "http://", "http://x:port", "http://[", "http://x/?a=1", "http://x/#/"],
)
def test_an_address_that_is_none(url):
    with pytest.raises(ValueError, match="Kibana's address"):
        import_objects(url, NDJSON)


@pytest.mark.parametrize("space", ["News", "a/b", "..", "آخر", "a b"])
def test_a_space_that_is_none(space):
    with pytest.raises(ValueError, match="is no space's name"):
        import_objects("http://127.0.0.1:1", NDJSON, space=space)


def test_secrets_stay_out_of_messages():
    user = Credentials(user="elastic", password=PASSWORD)
    for credentials in (Credentials(api_key=KEY), user):
        # A server that sends our header back, as debugging proxies do.
        with kibana(refused(401, f"bad header {credentials.header()} or {PASSWORD}")) as fake:
            message = fails(fake.url, credentials=credentials)
        assert "bad header" in message
        assert credentials.header().split()[1] not in message
        assert KEY not in repr(credentials)
    assert PASSWORD not in message
    assert PASSWORD not in repr(user)
    assert "elastic" not in repr(user)


def test_secrets_stay_out_of_refused_addresses():
    with pytest.raises(ValueError, match="belong into the environment") as caught:
        import_objects("http://elastic:geheim@127.0.0.1:1", NDJSON)
    assert "geheim" not in str(caught.value)


@pytest.mark.parametrize("key", ["a b", "a\nb", "مفتاح"])
def test_a_key_that_is_none_is_refused_unshown(key):
    message = fails("http://127.0.0.1:1", credentials=Credentials(api_key=key))
    assert "no key has" in message
    assert key not in message
