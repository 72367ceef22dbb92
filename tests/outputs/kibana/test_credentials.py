"""Which credentials count, and that none is ever shown."""

import pytest

from newscrawl.outputs.kibana.credentials import Credentials, CredentialsError, credentials_from_environment

KIBANA, ELASTIC = "NEWSCRAWL_KIBANA", "NEWSCRAWL_ELASTICSEARCH"


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, None),
        ({f"{KIBANA}_API_KEY": ""}, None),
        ({f"{KIBANA}_API_KEY": " key\n"}, Credentials(api_key="key")),
        ({f"{KIBANA}_USER": "u", f"{KIBANA}_PASSWORD": "p"}, Credentials(user="u", password="p")),
        ({f"{ELASTIC}_API_KEY": "key"}, Credentials(api_key="key")),
        ({f"{ELASTIC}_USER": "u", f"{ELASTIC}_PASSWORD": "p"}, Credentials(user="u", password="p")),
        (
            {f"{KIBANA}_USER": "u", f"{KIBANA}_PASSWORD": "p", f"{ELASTIC}_API_KEY": "key"},
            Credentials(user="u", password="p"),
        ),
        ({f"{KIBANA}_API_KEY": "key", f"{KIBANA}_USER": "u"}, Credentials(api_key="key")),
    ],
)
def test_from_the_environment(environ, expected):
    assert credentials_from_environment(environ) == expected


@pytest.mark.parametrize("prefix", [KIBANA, ELASTIC])
def test_from_files(tmp_path, prefix):
    for name, text in (("key", "key\n"), ("user", "u"), ("password", "كلمة\r\n")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert credentials_from_environment({f"{prefix}_API_KEY_FILE": str(tmp_path / "key")}) == Credentials(
        api_key="key"
    )
    assert credentials_from_environment(
        {f"{prefix}_USER_FILE": str(tmp_path / "user"), f"{prefix}_PASSWORD_FILE": str(tmp_path / "password")}
    ) == Credentials(user="u", password="كلمة")


@pytest.mark.parametrize(
    ("environ", "message"),
    [
        ({f"{KIBANA}_USER": "u"}, "NEWSCRAWL_KIBANA_PASSWORD is not"),
        ({f"{KIBANA}_PASSWORD": "geheim"}, "NEWSCRAWL_KIBANA_USER is not"),
        (
            {f"{KIBANA}_API_KEY_FILE": "/no/such/file"},
            "NEWSCRAWL_KIBANA_API_KEY_FILE names /no/such/file: No such",
        ),
        ({f"{KIBANA}_API_KEY_FILE": "/dev/null"}, "which is empty"),
    ],
)
def test_incomplete_ones_are_named_but_not_shown(environ, message):
    with pytest.raises(CredentialsError) as caught:
        credentials_from_environment(environ)
    assert message in str(caught.value)
    assert "geheim" not in str(caught.value)


def test_a_file_that_is_no_text(tmp_path):
    (tmp_path / "key").write_bytes(b"\xff\xfe")
    with pytest.raises(CredentialsError, match="is no UTF-8 text"):
        credentials_from_environment({f"{KIBANA}_API_KEY_FILE": str(tmp_path / "key")})
