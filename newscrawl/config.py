"""Every setting of newscrawl: the NEWSCRAWL_* variables, typed, checked and read once.

Programs read them at their edge with `load_config()` and pass the values, or the whole `Config`, down.
Nothing else reads the environment. docs/settings.md is made from it (scripts/docs.py).
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, FilePath, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from newscrawl.machine import memory_limit
from newscrawl.places import archive_url, data_folder

PREFIX = "NEWSCRAWL_"
READ_ELSEWHERE = ("CRAWL_ARGUMENTS", "CRAWL_PAUSE", "CRAWL_STATUS")
"""Variables of docker/crawl-loop.sh."""


class ConfigError(Exception):
    """Variables with values that cannot be used. Its text has one line a fault: name, value, fault, mend.

    Attributes:
        faults: the lines.
        config: what else is configured; the faulty settings have their defaults.
    """

    def __init__(self, faults: Sequence[str], config: Config) -> None:
        self.faults, self.config = tuple(faults), config
        super().__init__("\n".join(faults))


def variable(name: str) -> str:
    """The environment variable of a setting: NEWSCRAWL_WORKERS of "workers".

    Raises:
        KeyError: there is no such setting.
    """
    if name not in Config.model_fields and name.removesuffix("_file") not in FROM_FILES:
        raise KeyError(name)
    return PREFIX + name.upper()


def _server_urls(text: str) -> str:
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        pieces = urlsplit(part)
        try:
            port: int | None = pieces.port
        except ValueError:
            port = 0
        if pieces.scheme not in ("http", "https") or not pieces.hostname or port == 0:
            raise ValueError("not a URL of a server")
    return text


def _pages_place(text: str) -> str:
    scheme, separator, rest = text.partition("://")
    if separator and not (re.fullmatch("[a-z][a-z0-9+.-]*", scheme) and rest):
        raise ValueError("neither a folder nor a URL")
    if text.lower() == "off":
        return "off"
    return str(Path(text).expanduser()) if text and not separator else text


Count = Annotated[int, Field(ge=0)]
Number = Annotated[int, Field(ge=1)]
Amount = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Timeout = Annotated[float, Field(gt=0, allow_inf_nan=False)]
HomePath = Annotated[Path, AfterValidator(Path.expanduser)]
File = Annotated[FilePath, BeforeValidator(lambda path: Path(path).expanduser())]
StoreUrl = Annotated[str, Field(pattern="://")]
PagesPlace = Annotated[str, AfterValidator(_pages_place)]
ServerUrls = Annotated[str, AfterValidator(_server_urls)]
TaggerName = Annotated[Literal["auto", "camel", "light", "off"], BeforeValidator(str.lower)]
CopiesChoice = Annotated[Literal["mark", "drop", "off"], BeforeValidator(str.lower)]
OnOff = Annotated[Literal["on", "off"], BeforeValidator(str.lower)]
LogLevel = Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"], BeforeValidator(str.upper)]


def _cores() -> int:
    return min(os.cpu_count() or 2, 8)


def _half_of_memory(at_most: int) -> Callable[[], int]:
    return lambda: min(max(memory_limit() // 2**21, 256), at_most)


_EXAMPLES = {
    "outlets_dir": "outlets",
    "store_url": "sqlite:///data/newscrawl.db",
    "pages": "data/pages",
    "workers": "2",
    "worker_memory_mb": "1024",
    "memory_mb": "1024",
    "tagger": "light",
    "elasticsearch_url": "http://localhost:9200",
    "elasticsearch_ca_file": "ca.pem",
    "kibana_url": "http://localhost:5601",
    "kibana_ca_file": "ca.pem",
    "log_file": "crawl.log",
}
"""What messages propose, where that is not the default."""


class Config(BaseSettings):
    """All settings, frozen. `Config(workers=2)` takes what it is given and reads no environment."""

    model_config = SettingsConfigDict(
        env_ignore_empty=True,
        env_prefix=PREFIX,
        extra="forbid",
        frozen=True,
        str_strip_whitespace=True,
        use_attribute_docstrings=True,
    )

    store_url: StoreUrl = Field(default_factory=archive_url)
    """Where the archive is: an SQLAlchemy URL. Without it, `data/newscrawl.db` beside the project's
    `scrapy.cfg`; outside a project, `newscrawl.db` in the user's data folder."""
    pages: PagesPlace = ""
    """Where pages are kept as they were fetched, in WARC files: a folder, or a URL such as
    `s3://bucket/news`; `off` keeps none. Without it, `pages` beside the archive."""
    pages_gb: Amount = 20.0
    """Gigabytes of all kept pages; beyond them the oldest files are deleted. 0: as many as there are."""
    pages_days: Amount = 365.0
    """Days after which a file of kept pages is deleted; 0: never."""
    outlets_dir: HomePath | None = None
    """Folder with outlet files of your own; one with a bundled outlet's id replaces it."""

    contact: str = ""
    """Address or page where a site's owner reaches you; part of the user agent."""
    download_delay: Amount = 1.0
    """Seconds between requests to one site; adapted to how fast it answers."""
    download_timeout: Timeout = 30.0
    """Seconds for a whole answer."""
    concurrent_requests: Number = 32
    """Requests under way at once, to all sites."""
    concurrent_requests_per_domain: Number = 2
    """Requests under way at once to one site."""
    retries: Count = 2
    """How often a failed request is tried again."""
    max_page_bytes: Number = 10 * 1024 * 1024
    """Larger pages end as `too_large`, also after decompression."""
    max_sitemap_bytes: Number = 50 * 1024 * 1024
    """Larger sitemaps are not read, also after decompression; 50 MiB is the sitemap protocol's own limit."""
    max_candidates: Number = 5000
    """Candidates per outlet and run, where `-a limit=` is not given."""
    max_sitemaps: Count = 50
    """Sitemaps read per outlet and run through sitemap indexes, newest first."""
    refresh_hours: Amount = 48.0
    """Hours in which a stored article is fetched again for corrections, after 1, 2, 4 … hours; with 0
    only when its listing says that it changed."""
    keep_candidates_days: Amount = 30.0
    """Days after which the single URLs of a run are forgotten; its counts stay."""

    workers: Annotated[int, Field(ge=1, le=1024)] = Field(default_factory=_cores)
    """Processes that read pages."""
    worker_memory_mb: Annotated[int, Field(ge=256)] = Field(default_factory=_half_of_memory(1024))
    """Megabytes that one of them may use; a page that needs more ends as `extract_error`. CAMeL's process may
    use four times as much."""
    memory_mb: Annotated[int, Field(ge=256)] = Field(default_factory=_half_of_memory(2048))
    """Megabytes that the main process of a crawl, an ingest, a reextract or a retag may use; beyond them it
    ends in order. What there is: of the machine, or of the container."""
    stall_timeout: Timeout = 600.0
    """Seconds without an answer from anywhere and without a page read or stored, after which a crawl, an
    ingest, a reextract or a retag is ended; keep it above `download_timeout` and `page_timeout`."""
    page_timeout: Timeout = 30.0
    """Seconds that extracting one page may take, and again finding the names in it."""
    min_words: Count = 25
    """Shorter texts end as `too_short`."""
    copies: CopiesChoice = "mark"
    """What is done about copies: `mark` says in each article which cluster it is of and whom it copies;
    `drop` also keeps those that copy another one out of Elasticsearch, search and exports, not out of the
    archive (after a change to or from it: `newscrawl index --rebuild`); `off` compares none, until it is
    switched on."""
    stories: OnOff = "on"
    """Whether articles that report one event are told (`story_id`): `on`, or `off`; never where
    `NEWSCRAWL_COPIES` is `off`."""
    tagger: TaggerName = "auto"
    """What finds names: `light`, `camel`, `off`; `auto` is camel where it is installed, else light."""
    models: HomePath = Field(default_factory=lambda: data_folder() / "models")
    """Where `newscrawl models install` puts what it makes. Without it, `models` beside the archive that
    has no setting."""

    elasticsearch_url: ServerUrls = ""
    """Where to deliver and search; several: with commas. Without it, the embedded index is searched."""
    elasticsearch_api_key: SecretStr | None = None
    """Elasticsearch's login: the encoded API key …"""
    elasticsearch_user: str = ""
    """… or a user …"""
    elasticsearch_password: SecretStr | None = None
    """… and the user's password."""
    elasticsearch_ca_file: File | None = None
    """PEM file of the authority to trust, where Elasticsearch's certificate is not public."""
    delivery_grace: Amount = 30.0
    """Seconds that a crawl, when it has ended, still delivers to a server that is well."""

    related_words_file: File | None = None
    """A file of your own with words that may stand for others in a search, in the form of
    `newscrawl/arabic/data/related.tsv`; it adds to that one."""

    kibana_url: ServerUrls = ""
    """Kibana's address, for `newscrawl kibana import`."""
    kibana_api_key: SecretStr | None = None
    """Kibana's login, where it is not Elasticsearch's: the encoded API key …"""
    kibana_user: str = ""
    """… or a user …"""
    kibana_password: SecretStr | None = None
    """… and the user's password."""
    kibana_ca_file: File | None = None
    """PEM file of the authority to trust, where Kibana's certificate is not public."""
    kibana_system_password: SecretStr | None = None
    """What `newscrawl bootstrap --kibana-password-from-env` sets as the password of Kibana's own user."""

    log_level: LogLevel = "WARNING"
    """The least serious messages that are logged; a run ends with a table anyway."""
    log_file: HomePath | None = None
    """File that Scrapy logs to instead of standard error."""

    @property
    def archive_place(self) -> str:
        """Where the archive is, as messages show it: a path, or a URL without its login."""
        return shown("store_url", self.store_url).removeprefix("sqlite:///")

    @property
    def drops_copies(self) -> bool:
        """Whether articles that copy another one are kept out of Elasticsearch, search and exports."""
        return self.copies == "drop"

    @property
    def pages_place(self) -> str:
        """Where pages are kept: an absolute path, or a URL; "" where none are."""
        if self.pages == "off":
            return ""
        return self.pages if "://" in self.pages else str(Path(self.pages or self.pages_spool).absolute())

    @property
    def pages_spool(self) -> Path:
        """The folder beside the archive, where pages wait that are kept elsewhere."""
        _, separator, path = self.store_url.partition("sqlite:///")
        in_file = bool(separator) and path not in ("", ":memory:")
        return (Path(path).parent if in_file else data_folder()).absolute() / "pages"

    @classmethod
    def settings_customise_sources(  # type: ignore[override]  # called by name; the others are not used
        cls, _model: object, *, init_settings: PydanticBaseSettingsSource, **_others: object
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what is given: `load_config` alone reads the environment."""
        return (init_settings,)

    @classmethod
    def from_scrapy(cls, settings: Mapping[str, Any]) -> Config:
        """The configuration of a crawl: the environment, and above it `scrapy crawl -s NEWSCRAWL_…=…`.

        Raises:
            ConfigError: as `load_config`.
        """
        given = {
            name: "" if value is None else str(value)
            for name, value in settings.items()
            if str(name).startswith(PREFIX)
        }
        return load_config({**os.environ, **given})

    def as_scrapy_settings(self) -> dict[str, Any]:
        """The settings as Scrapy's, under the variables' names; without secrets, which Scrapy would show."""
        return {variable(name): value for name, value in self if not _is_secret(name)}

    def as_environ(self) -> dict[str, str]:
        """The settings as this process's variables, for its child processes; without secrets."""
        return {
            name: "" if value is None else str(value) for name, value in self.as_scrapy_settings().items()
        }

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        """What repr shows: a login in a URL is hidden, as secrets are."""
        for name, value in super().__repr_args__():
            yield name, shown(str(name), value) if isinstance(value, str) else value


_LOGIN = re.compile(r"^([a-z0-9+]{1,30}://)?.*@", re.DOTALL)
"""From the beginning of a URL to the end of its login, or, of several URLs, to the end of the last login."""


def _is_secret(name: str) -> bool:
    return "SecretStr" in str(Config.model_fields[name].annotation)


FROM_FILES = tuple(name for name in Config.model_fields if _is_secret(name) or name.endswith("_user"))
"""Settings that may also be given as NAME_FILE, a file that holds the value."""


def shown(name: str, value: object) -> str:
    """A value as messages may show it: no secret, and of a URL not its user and password."""
    if _is_secret(name):
        return "…"
    text = str(value) if str(value).isprintable() else repr(value)
    return _LOGIN.sub(r"\1…@", text) if name.endswith("_url") else text


def load_config(environ: Mapping[str, str] | None = None) -> Config:
    """The configuration that the environment holds. An empty variable counts as not set.

    Args:
        environ: variables and their values; None: this process's own.

    Raises:
        ConfigError: a value is wrong, or a secret's file cannot be read. All faults are told at once.
    """
    environ = os.environ if environ is None else environ
    given = {name.lower(): environ[name].strip() for name in environ if name.startswith(PREFIX)}
    faults = list(_read_files(given))
    config, others = _checked(frozenset(given.items()), data_folder())
    if faults or others:
        raise ConfigError([*faults, *others], config)
    return config


def load_setting(name: str) -> Any:
    """One setting; where the environment does not name it, its default, without a look at the others.

    Raises:
        ConfigError: it is named, and it or another setting is wrong.
    """
    wanted = variable(name).lower()
    if not any(given.lower() == wanted for given in os.environ):
        return Config.model_fields[name].get_default(call_default_factory=True)
    return getattr(load_config(), name)


def _read_files(given: dict[str, str]) -> Iterator[str]:
    """Put what NAME_FILE holds into NAME, unless that is set. Yields a sentence for each unreadable file."""
    for name in FROM_FILES:
        path = given.get(variable(f"{name}_file").lower())
        if not path or given.get(variable(name).lower()):
            continue
        try:
            text, fault = Path(path).expanduser().read_text(encoding="utf-8").strip(), "is empty"
        except OSError as error:
            text, fault = "", f"cannot be read ({error.strerror})"
        except UnicodeDecodeError:
            text, fault = "", "is not UTF-8 text"
        if text:
            given[variable(name).lower()] = text
        else:
            yield f"{variable(f'{name}_file')}={path}: {fault}; name a file that holds {variable(name)}"


@cache  # library calls like `extract` ask for each page
def _checked(given: frozenset[tuple[str, str]], _defaults: Path) -> tuple[Config, tuple[str, ...]]:
    """The configuration of these variables (in small letters, as the source wants them), and their faults.

    `_defaults` is the folder on which defaults depend: where the process has moved, they are others.
    """
    source = EnvSettingsSource(Config)
    source.env_vars = {name: text for name, text in given if text}
    values = source()
    try:
        return Config(**values), ()
    except ValidationError as error:
        faults = {str(fault["loc"][0]): dict(fault) for fault in error.errors()}
    sentences = tuple(_fault(name, values.pop(name), fault) for name, fault in faults.items())
    return Config(**values), sentences


_FAULTS = {
    "int_parsing": "not a whole number",
    "int_from_float": "not a whole number",
    "int_parsing_size": "too large",
    "float_parsing": "not a number",
    "finite_number": "not a finite number",
    "greater_than_equal": "less than {ge}",
    "greater_than": "not above {gt}",
    "less_than_equal": "more than {le}",
    "path_not_file": "there is no such file",
    "string_pattern_mismatch": "not a database URL",
    "literal_error": "not one of {expected}",
    "value_error": "{error}",
}


def _fault(name: str, value: object, fault: Mapping[str, Any]) -> str:
    """One of pydantic's errors as `NAME=value: fault; mend`."""
    default = Config.model_fields[name].default
    example = _EXAMPLES.get(name) or (f"{default:g}" if isinstance(default, float) else default)
    words = _FAULTS.get(fault["type"], fault["msg"]).format(**fault.get("ctx", {}))
    words = words.replace(" or '", ", '").replace("'", "")
    words = words.replace(".0", "")
    return f"{variable(name)}={shown(name, value)}: {words}; write e.g. {variable(name)}={example}"


def unknown_variables(environ: Iterable[str] | None = None) -> list[str]:
    """A sentence for each NEWSCRAWL_* variable that is no setting, with the name it may have meant."""
    known = {variable(name) for name in Config.model_fields}
    known |= {variable(f"{name}_file") for name in FROM_FILES} | {PREFIX + name for name in READ_ELSEWHERE}
    sentences = []
    for name in sorted(os.environ if environ is None else environ):
        if name.startswith(PREFIX) and not name.startswith(f"{PREFIX}TEST_") and name not in known:
            near = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.8)
            mend = f"did you mean {near[0]}?" if near else "docs/settings.md lists them all"
            sentences.append(f"{name} is set, but there is no such setting; {mend}")
    return sentences
