"""The client from the environment, and its faults in one sentence."""

import elastic_transport
import pytest
from elasticsearch import ApiError

from newscrawl.config import load_config
from newscrawl.search import is_configured
from newscrawl.search.elastic import ElasticError, connect, explain
from newscrawl.search.elastic.connection import addresses, fault_of, shown_url

SECRET = "s3cr3t-word"
URL = "NEWSCRAWL_ELASTICSEARCH_URL"


def failure(status, kind="", reason=""):
    meta = elastic_transport.ApiResponseMeta(status, "1.1", elastic_transport.HttpHeaders(), 0.1, None)
    return ApiError(kind, meta, {"error": {"type": kind, "reason": reason}, "status": status})


def test_not_configured_means_no_url():
    assert not is_configured(load_config({}))
    assert not is_configured(load_config({URL: "  "}))
    assert is_configured(load_config({URL: "http://localhost:9200"}))
    with pytest.raises(ElasticError, match=r"is not set; write e\.g\. http://localhost:9200"):
        connect(load_config({}))


def test_several_servers_and_default_ports():
    client = connect(load_config({URL: "http://a.example, https://b.example/prefix"}))
    assert {node.base_url for node in client.transport.node_pool.all()} == {
        "http://a.example:9200",
        "https://b.example:443/prefix",
    }


@pytest.mark.parametrize(
    ("environ", "header"),
    [
        ({"NEWSCRAWL_ELASTICSEARCH_API_KEY": "abc"}, "ApiKey abc"),
        ({"NEWSCRAWL_ELASTICSEARCH_USER": "u", "NEWSCRAWL_ELASTICSEARCH_PASSWORD": "p"}, "Basic dTpw"),
        ({URL: "http://u:p@a.example"}, "Basic dTpw"),
        ({}, None),
    ],
)
def test_the_login(environ, header):
    client = connect(load_config({URL: "http://a.example", **environ}))
    assert client._headers.get("authorization") == header


def test_no_message_holds_a_secret():
    config = load_config(
        {URL: f"http://user:{SECRET}@a.example:9200", "NEWSCRAWL_ELASTICSEARCH_API_KEY": SECRET}
    )
    client = connect(config)
    errors = [
        failure(401, "security_exception", "unable to authenticate"),
        failure(403, "security_exception", "action is unauthorized"),
        elastic_transport.ConnectionError("Connection refused"),
        elastic_transport.ConnectionTimeout("timed out"),
        elastic_transport.TlsError("self-signed certificate"),
        ValueError("something else"),
    ]
    for error in errors:
        message = explain(error, addresses(client))
        assert SECRET not in message
        assert "\n" not in message
        assert message.startswith("http://a.example:9200: ")
    assert shown_url(config) == addresses(client) == "http://a.example:9200"
    assert SECRET not in repr(client)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (failure(401), "refused the login (401); check NEWSCRAWL_ELASTICSEARCH_API_KEY"),
        (failure(403, "security_exception", "not you"), "may not do this (403): not you"),
        (failure(403, "cluster_block_exception", "read-only"), "answered 403 cluster_block_exception"),
        (failure(500, "boom", "why"), "answered 500 boom: why"),
        (elastic_transport.ConnectionError("Connection refused"), "is Elasticsearch running there?"),
        (elastic_transport.TlsError("bad"), "PEM file in NEWSCRAWL_ELASTICSEARCH_CA_FILE"),
    ],
)
def test_explanations_name_the_mend(error, words):
    assert words in explain(error, "http://a.example:9200")


def test_a_fault_brings_its_cause():
    body = {
        "error": {
            "type": "document_parsing_exception",
            "reason": "[1:5] failed",
            "caused_by": {"reason": "out of range"},
        }
    }
    assert fault_of(body) == ("document_parsing_exception", "[1:5] failed: out of range")
    assert fault_of({"error": "plain"}) == ("", "plain")
    assert fault_of("<html>") == ("", "<html>")
