"""The settings: every kind of wrong value is one sentence, and no secret is ever shown."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import newscrawl
from newscrawl.config import Config, ConfigError, load_config, load_setting, unknown_variables, variable
from newscrawl.places import archive_url

SECRET = "geheim-und-lang"


def faults(**values):
    with pytest.raises(ConfigError) as caught:
        load_config({f"NEWSCRAWL_{name}": value for name, value in values.items()})
    assert str(caught.value) == "\n".join(caught.value.faults)
    return caught.value


def test_defaults():
    config = load_config({})
    assert config == Config()
    assert (config.store_url, config.tagger, config.min_words) == (archive_url(), "auto", 25)
    assert 1 <= config.workers <= 8


def test_values_are_read_by_name_and_type(tmp_path):
    environ = {
        "NEWSCRAWL_WORKERS": " 3 ",
        "NEWSCRAWL_DOWNLOAD_DELAY": "0.5",
        "NEWSCRAWL_TAGGER": "Light",
        "NEWSCRAWL_LOG_LEVEL": "debug",
        "NEWSCRAWL_MODELS": str(tmp_path),
        "NEWSCRAWL_OUTLETS_DIR": "~/outlets",
        "NEWSCRAWL_CONTACT": "",
        "NEWSCRAWL_MIN_WORDS": "  ",
        "workers": "9",
    }
    config = load_config(environ)
    assert (config.workers, config.download_delay, config.tagger, config.log_level) == (
        3, 0.5, "light", "DEBUG",
    )  # fmt: skip
    assert config.models == tmp_path
    assert config.outlets_dir == Path.home() / "outlets"
    assert (config.contact, config.min_words) == ("", 25)


def test_pages_are_kept_beside_the_archive_unless_said_otherwise(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    beside = str(tmp_path / "a" / "pages")
    archive = {"NEWSCRAWL_STORE_URL": f"sqlite:///{tmp_path}/a/news.db"}

    def place(pages, environ=archive):
        config = load_config({**environ, "NEWSCRAWL_PAGES": pages})
        return config.pages_place, str(config.pages_spool)

    assert place("") == (beside, beside)
    assert place("", {"NEWSCRAWL_STORE_URL": "sqlite:///a/news.db"}) == (beside, beside)
    assert place("OFF") == ("", beside)
    assert place("kept") == (str(tmp_path / "kept"), beside)
    assert place("~/kept") == (str(Path.home() / "kept"), beside)
    assert place("s3://bucket/News") == ("s3://bucket/News", beside)
    assert place("", {"NEWSCRAWL_STORE_URL": "sqlite://"})[0].endswith("/newscrawl/pages")


def test_it_is_read_from_this_process_by_default(monkeypatch):
    monkeypatch.setenv("NEWSCRAWL_MIN_WORDS", "7")
    assert load_config().min_words == 7
    assert Config().min_words == 25


def test_one_setting_is_read_alone(monkeypatch):
    monkeypatch.delenv("NEWSCRAWL_MIN_WORDS", raising=False)
    monkeypatch.setenv("NEWSCRAWL_WORKERS", "many")
    assert load_setting("min_words") == 25
    assert load_setting("store_url") == archive_url()
    monkeypatch.setenv("NEWSCRAWL_MIN_WORDS", "7")
    with pytest.raises(ConfigError, match="NEWSCRAWL_WORKERS"):
        load_setting("min_words")
    monkeypatch.delenv("NEWSCRAWL_WORKERS")
    assert load_setting("min_words") == 7


def test_it_cannot_be_changed():
    with pytest.raises(ValueError, match="frozen"):
        load_config({}).workers = 5


WRONG = [
    ("WORKERS", "zwei", "not a whole number; write e.g. NEWSCRAWL_WORKERS=2"),
    ("WORKERS", "2.5", "not a whole number; write e.g. NEWSCRAWL_WORKERS=2"),
    ("WORKERS", "0", "less than 1; write e.g. NEWSCRAWL_WORKERS=2"),
    ("WORKERS", "5000", "more than 1024; write e.g. NEWSCRAWL_WORKERS=2"),
    ("MIN_WORDS", "x", "not a whole number; write e.g. NEWSCRAWL_MIN_WORDS=25"),
    ("MIN_WORDS", "-1", "less than 0; write e.g. NEWSCRAWL_MIN_WORDS=25"),
    ("DOWNLOAD_DELAY", "schnell", "not a number; write e.g. NEWSCRAWL_DOWNLOAD_DELAY=1"),
    ("DOWNLOAD_TIMEOUT", "0", "not above 0; write e.g. NEWSCRAWL_DOWNLOAD_TIMEOUT=30"),
    ("PAGES", "://x", "neither a folder nor a URL; write e.g. NEWSCRAWL_PAGES=data/pages"),
    ("PAGES", "s3://", "neither a folder nor a URL; write e.g. NEWSCRAWL_PAGES=data/pages"),
    ("PAGES_GB", "-1", "less than 0; write e.g. NEWSCRAWL_PAGES_GB=20"),
    ("PAGES_DAYS", "inf", "not a finite number; write e.g. NEWSCRAWL_PAGES_DAYS=365"),
    ("PAGE_TIMEOUT", "inf", "not a finite number; write e.g. NEWSCRAWL_PAGE_TIMEOUT=30"),
    ("TAGGER", "x", "not one of auto, camel, light, off; write e.g. NEWSCRAWL_TAGGER=light"),
    (
        "LOG_LEVEL",
        "loud",
        "not one of DEBUG, INFO, WARNING, ERROR, CRITICAL; write e.g. NEWSCRAWL_LOG_LEVEL=WARNING",
    ),
    (
        "STORE_URL",
        "news.db",
        "not a database URL; write e.g. NEWSCRAWL_STORE_URL=sqlite:///data/newscrawl.db",
    ),
    (
        "ELASTICSEARCH_CA_FILE",
        "/no/ca.pem",
        "there is no such file; write e.g. NEWSCRAWL_ELASTICSEARCH_CA_FILE=ca.pem",
    ),
    *(
        (
            "ELASTICSEARCH_URL",
            url,
            "not a URL of a server; write e.g. NEWSCRAWL_ELASTICSEARCH_URL=http://localhost:9200",
        )
        for url in ("localhost:9200", "ftp://x", "http://", "://", "http://x:notaport", "http://a,localhost")
    ),
]


def test_a_wrong_value_is_one_sentence_with_the_mend():
    said = {(name, value): faults(**{name: value}).faults for name, value, _ in WRONG}
    assert said == {(name, value): (f"NEWSCRAWL_{name}={value}: {words}",) for name, value, words in WRONG}


def test_all_faults_are_told_at_once_and_the_rest_is_kept():
    error = faults(WORKERS="zwei", MIN_WORDS="x", RETRIES="7", KIBANA_API_KEY_FILE="/no/key")
    assert [line.partition("=")[0] for line in error.faults] == [
        "NEWSCRAWL_KIBANA_API_KEY_FILE",
        "NEWSCRAWL_WORKERS",
        "NEWSCRAWL_MIN_WORDS",
    ]
    assert (error.config.retries, error.config.min_words) == (7, 25)


def test_a_value_with_control_characters_is_quoted():
    assert faults(WORKERS="1\x1b[2J\n2").faults[0].startswith(r"NEWSCRAWL_WORKERS='1\x1b[2J\n2': ")


@pytest.mark.parametrize("name", ["ELASTICSEARCH_API_KEY", "KIBANA_USER", "KIBANA_SYSTEM_PASSWORD"])
def test_a_secret_may_stand_in_a_file(tmp_path, name):
    def value(environ):
        found = getattr(load_config(environ), name.lower())
        return found if isinstance(found, str) else found.get_secret_value()

    file = tmp_path / "secret"
    file.write_text(f"{SECRET}\r\n", encoding="utf-8")
    assert value({f"NEWSCRAWL_{name}_FILE": str(file)}) == SECRET
    assert value({f"NEWSCRAWL_{name}_FILE": str(file), f"NEWSCRAWL_{name}": "direct"}) == "direct"


def test_a_file_is_read_anew_each_time(tmp_path):
    file = tmp_path / "secret"
    for secret in ("one", "two"):
        file.write_text(secret, encoding="utf-8")
        key = load_config({"NEWSCRAWL_KIBANA_API_KEY_FILE": str(file)}).kibana_api_key
        assert key is not None
        assert key.get_secret_value() == secret


def test_a_secrets_file_that_cannot_be_used(tmp_path):
    (tmp_path / "bytes").write_bytes(b"\xff\xfe")
    (tmp_path / "empty").write_text("\n")
    mend = "; name a file that holds NEWSCRAWL_KIBANA_PASSWORD"
    for name, fault in (
        ("none", "cannot be read (No such file or directory)"),
        ("bytes", "is not UTF-8 text"),
        ("empty", "is empty"),
    ):
        path = tmp_path / name
        assert faults(KIBANA_PASSWORD_FILE=str(path)).faults == (
            f"NEWSCRAWL_KIBANA_PASSWORD_FILE={path}: {fault}{mend}",
        )


def test_no_secret_is_shown():
    config = load_config(
        {
            "NEWSCRAWL_KIBANA_PASSWORD": SECRET,
            "NEWSCRAWL_ELASTICSEARCH_API_KEY": SECRET,
            "NEWSCRAWL_STORE_URL": f"postgresql+psycopg://user:{SECRET}@host/news",
            "NEWSCRAWL_ELASTICSEARCH_URL": f"https://u:{SECRET}@a:9200,https://u:{SECRET}@b:9200",
        }
    )
    assert SECRET not in repr(config) + str(config)
    assert "store_url='postgresql+psycopg://…@host/news'" in repr(config)
    assert not [name for name in config.as_scrapy_settings() if name.endswith(("_KEY", "_PASSWORD"))]


@pytest.mark.parametrize("url", [f"u:{SECRET}@host", f"http://u:{SECRET}@host:x", f"u:{SECRET}://@host"])
def test_a_wrong_urls_login_is_not_shown(url):
    assert SECRET not in str(faults(ELASTICSEARCH_URL=url, KIBANA_URL=url, STORE_URL=url.replace("://", "")))


def test_an_unknown_variable_gets_a_word():
    environ = {
        "NEWSCRAWL_WORKER": "2",
        "NEWSCRAWL_QQQ": "",
        "NEWSCRAWL_WORKERS": "2",
        "NEWSCRAWL_KIBANA_PASSWORD_FILE": "x",
        "NEWSCRAWL_CRAWL_PAUSE": "1h",
        "NEWSCRAWL_TEST_CACHE": "x",
        "PATH": "/bin",
    }
    assert unknown_variables(environ) == [
        "NEWSCRAWL_QQQ is set, but there is no such setting; docs/settings.md lists them all",
        "NEWSCRAWL_WORKER is set, but there is no such setting; did you mean NEWSCRAWL_WORKERS?",
    ]


def test_the_name_of_a_variable():
    assert variable("store_url") == "NEWSCRAWL_STORE_URL"
    assert variable("kibana_user_file") == "NEWSCRAWL_KIBANA_USER_FILE"
    for name in ("storeurl", "workers_file"):
        with pytest.raises(KeyError):
            variable(name)


def test_scrapys_settings_stand_above_the_environment(monkeypatch):
    monkeypatch.setenv("NEWSCRAWL_WORKERS", "2")
    monkeypatch.setenv("NEWSCRAWL_RETRIES", "4")
    config = Config.from_scrapy({"NEWSCRAWL_WORKERS": "4", "BOT_NAME": "x", "NEWSCRAWL_LOG_FILE": None})
    assert (config.workers, config.retries, config.log_file) == (4, 4, None)
    assert Config.from_scrapy(config.as_scrapy_settings()) == config
    with pytest.raises(ConfigError, match="NEWSCRAWL_WORKERS=zwei: not a whole number"):
        Config.from_scrapy({"NEWSCRAWL_WORKERS": "zwei"})


def test_every_setting_has_a_meaning():
    assert [name for name, field in Config.model_fields.items() if not field.description] == []


def test_no_other_module_reads_or_names_a_variable():
    root = Path(newscrawl.__file__).parent
    naming = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*")
        if path.suffix in (".py", ".toml", ".json") and "NEWSCRAWL_" in path.read_text(encoding="utf-8")
    }
    assert naming == {"config.py", "settings.py"}


def test_scrapy_ends_with_the_sentence_and_no_traceback():
    for words in (["list"], ["crawl", "news"]):
        done = scrapy(*words, NEWSCRAWL_WORKERS="zwei", NEWSCRAWL_WORKER="2")
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == "NEWSCRAWL_WORKERS=zwei: not a whole number; write e.g. NEWSCRAWL_WORKERS=2\n"


def test_settings_on_scrapys_command_line_are_checked_too():
    done = scrapy("crawl", "nobody", "-s", "NEWSCRAWL_WORKERS=zwei")
    assert done.returncode == 2
    assert "Error: NEWSCRAWL_WORKERS=zwei: not a whole number" in done.stderr
    assert "Traceback" not in done.stderr
    done = scrapy("crawl", "nobody", "-s", "NEWSCRAWL_WORKER=2")
    assert "did you mean NEWSCRAWL_WORKERS?" in done.stderr


def scrapy(*words, **environ):
    program = Path(sys.executable).with_name("scrapy")
    return subprocess.run(
        [program, *words],
        env={"PATH": os.environ["PATH"], **environ},
        cwd=Path(newscrawl.__file__).parents[1],
        capture_output=True,
        text=True,
        check=False,
    )


def test_options_reach_scrapys_own_settings(monkeypatch):
    """`-s` of ours decides on Scrapy's settings that follow from it, and reaches worker processes."""
    from argparse import Namespace

    from scrapy.settings import Settings

    from newscrawl.commands.crawl import Command
    from newscrawl.settings import from_config

    for name in from_config(Config()):
        if name.startswith("NEWSCRAWL_"):
            monkeypatch.setenv(name, "")
    command = Command()
    command.settings = Settings(from_config(Config()))
    given = ["NEWSCRAWL_DOWNLOAD_DELAY=7", "NEWSCRAWL_MIN_WORDS=3", "RETRY_TIMES=9"]
    options = {"logfile": None, "loglevel": None, "nolog": None, "pidfile": None, "pdb": False}
    command.process_options(
        [], Namespace(set=given, spargs=[], output=None, overwrite_output=None, **options)
    )
    assert command.settings.getfloat("DOWNLOAD_DELAY") == 7
    assert command.settings.getint("RETRY_TIMES") == 9
    assert load_config().min_words == 3
