"""Which credentials count, and that none is ever shown."""

import pytest

from newscrawl.config import load_config
from newscrawl.outputs.kibana.credentials import Credentials, CredentialsError, configured_credentials

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
    assert configured_credentials(load_config(environ)) == expected


@pytest.mark.parametrize("prefix", [KIBANA, ELASTIC])
def test_from_files(tmp_path, prefix):
    for name, text in (("key", "key\n"), ("user", "u"), ("password", "كلمة\r\n")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    config = load_config({f"{prefix}_API_KEY_FILE": str(tmp_path / "key")})
    assert configured_credentials(config) == Credentials(api_key="key")
    config = load_config(
        {f"{prefix}_USER_FILE": str(tmp_path / "user"), f"{prefix}_PASSWORD_FILE": str(tmp_path / "password")}
    )
    assert configured_credentials(config) == Credentials(user="u", password="كلمة")


@pytest.mark.parametrize(
    ("environ", "message"),
    [
        ({f"{KIBANA}_USER": "u"}, "NEWSCRAWL_KIBANA_PASSWORD is not"),
        ({f"{KIBANA}_PASSWORD": "geheim"}, "NEWSCRAWL_KIBANA_USER is not"),
    ],
)
def test_incomplete_ones_are_named_but_not_shown(environ, message):
    with pytest.raises(CredentialsError) as caught:
        configured_credentials(load_config(environ))
    assert message in str(caught.value)
    assert "geheim" not in str(caught.value)
