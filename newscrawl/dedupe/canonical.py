"""One address for one article, whichever listing, host or spelling named it, and whatever tracks its readers.

The canonical URL is an identity, from which the article's id is made, and not an address to fetch:
it always reads https and never `www.`, whatever the server speaks. `fetch_url` gives the address. Query
parameters that say how a reader came to a page, and never which page it is, go.
"""

from __future__ import annotations

import ipaddress
import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from newscrawl.dedupe.escapes import one_spelling, readable
from newscrawl.page.links import forward_slashes

if TYPE_CHECKING:
    from newscrawl.outlets.model import CanonicalRules

# The makers' own documentation of their link tagging, and the public lists of tracking parameters
# by AdGuard and ClearURLs; one line per maker. All lower case: names are compared without case.
TRACKING_PARAMETERS = frozenset(
    """
    gclid gclsrc dclid gbraid wbraid gad_source gad_campaignid srsltid _ga _gl
    fbclid fb_action_ids fb_action_types fb_source fb_ref fb_comment_id mibextid igshid igsh
    msclkid
    twclid ref_src ref_url tw_source tw_campaign
    ttclid li_fat_id rdt_cid scclid sccid epik
    yclid ymclid ysclid _openstat
    mc_cid mc_eid mkt_tok ml_subscriber ml_subscriber_hash vero_id vero_conv oly_anon_id oly_enc_id
    _hsenc _hsmi __hssc __hstc __hsfp hsctatracking _kx wickedid
    s_cid s_kwcid ef_id icid cmpid cmp ocid ns_mchannel ns_source ns_campaign ns_linkname ns_fee
    at_medium at_campaign at_custom1 at_custom2 at_custom3 at_custom4 at_link_id at_link_origin
    at_link_type at_ptr_name at_bbc_team at_format xtor
    tblci dicbo oborigurl ob_click_id guccounter guce_referrer guce_referrer_sig
    __twitter_impression amp_js_v amp_gsa usqp
    """.split()
)
TRACKING_PREFIXES = ("utm_", "mtm_", "pk_", "piwik_", "matomo_", "hsa_", "wt.", "itm_", "stm_")

# Names that mostly label where a link stood (`ref=rss`, `src=fb_post`) but carry an id on some
# sites: dropped only when the value has no digit, and never where the query is the article.
LABEL_PARAMETERS = frozenset("ref referrer referer src source from via share shared".split())

# AMP and print forms of a page that is told apart by its query alone, as (name, values).
# `ot` is Polopoly's (Al Bayan, Emarat Al Youm), `outputtype` is Arc's (Le360).
AMP_PARAMETERS = {
    "amp": frozenset({"", "1", "true", "amp"}),
    "outputtype": frozenset({"amp", "valid-amp"}),
    "ot": frozenset({"ot.amppagelayout"}),
}


def is_tracking(name: str, value: str, *, keep_query: bool) -> bool:
    """Whether a parameter (decoded) can go without another page being meant.

    >>> is_tracking("utm_source", "rssFeed", keep_query=True), is_tracking("id", "7", keep_query=False)
    (True, False)
    >>> is_tracking("ref", "rss", keep_query=False), is_tracking("ref", "48213", keep_query=False)
    (True, False)
    """
    name, value = name.lower(), value.lower()
    if name in TRACKING_PARAMETERS or name.startswith(TRACKING_PREFIXES):
        return True
    if keep_query:
        return False
    if name in LABEL_PARAMETERS:
        return not any(char.isdigit() for char in value)
    return value in AMP_PARAMETERS.get(name, ())


# RFC 3986: what may stand unescaped in a path segment, and in a query's name or value. `+` is a
# blank in a query, so a real plus keeps its escape there.
_PATH_SAFE = "!$&'()*+,;=:@"
_QUERY_SAFE = "!$'()*,:@/?;"

_BLANKS = "".join(map(chr, range(0x21))) + "\x7f\u00a0\u2028\u2029\ufeff\u200b\u200e\u200f"
_LINE_BREAKS = re.compile(r"[\t\r\n]")
_DEFAULT_PORTS = frozenset({80, 443})
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?")
_SAME_SITE_LABELS = re.compile(r"(?:www|m|mobile|amp)\.(?=[^.]+\.)")
_FORMS = frozenset({"amp", "print", "m", "mobile"})
"""Labels of hosts and parts of paths where an article's other pages stand."""
_NOT_FETCHABLE = re.compile(r"[^\x21-\x7e]+")
_PASSES = 5
"""An outlet's rewrites may feed one another; more rounds than this are a loop."""


def canonical_url(url: str, rules: CanonicalRules | None = None) -> str:
    """The one form of an article's URL: equal for two links exactly when they name one article.

    https; host in lower-case ASCII without `www.`, `m.`, `mobile.`, `amp.`, user and default port;
    the outlet's `hosts` applied; no fragment; dot segments, doubled slashes, a slash at the end and
    a last segment `amp` gone; one spelling of escapes (`escapes.one_spelling`); tracking and AMP
    parameters and the outlet's `strip_params` dropped, the others in alphabetical order; then the
    outlet's `rewrite`. Applied until nothing changes, so it is idempotent.

    Raises:
        ValueError: not http or https, or no usable host.

    >>> canonical_url("HTTP://www.News.example:80/%d8%a7//b/?utm_source=x&b=2&a=1#top")
    'https://news.example/%D8%A7/b?a=1&b=2'
    """
    current = _once(url, rules)
    for _ in range(_PASSES):
        again = _once(current, rules)
        if again == current:
            break
        current = again
    return current


def page_forms(url: str) -> set[str]:
    """What tells in an address that it is an article's print, AMP or mobile page; nothing for its own.

    >>> page_forms("https://x.example/amp/7"), page_forms("http://www.x.example/7?utm_source=rss")
    ({'amp'}, set())
    """
    parts = urlsplit(url.lower())
    labels = (parts.hostname or "").split(".")[:1]
    pairs = (pair.partition("=") for pair in parts.query.split("&") if pair)
    found = {name for name, _, value in pairs if value in AMP_PARAMETERS.get(name, ())}
    return found | (_FORMS & {*labels, *parts.path.split("/")})


def fetch_url(url: str) -> str:
    """The address to ask a server for: exactly what the link said, in a form HTTP can carry.

    White space around it and the fragment go, what is not ASCII is percent-encoded as UTF-8 in
    capitals, the host is written in ASCII; escapes and everything else stay as they are, because
    some servers answer only to their own spelling.

    Raises:
        ValueError: not http or https, or no usable host.

    >>> fetch_url(" https://www.wam.ae/ar/جري?b=%d8#top ")
    'https://www.wam.ae/ar/%D8%AC%D8%B1%D9%8A?b=%d8'
    """
    parts = _split(url)
    host = _ascii_host(parts)
    user, at, _ = parts.netloc.rpartition("@")
    port = re.search(r":\d*$", parts.netloc)
    netloc = f"{user}{at}{f'[{host}]' if ':' in host else host}{port[0] if port else ''}"
    query = f"?{parts.query}" if parts.query else ""
    address = f"{parts.scheme}://{netloc}{parts.path}{query}"
    return _NOT_FETCHABLE.sub(lambda found: _percent(found[0]), address)


def _percent(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode("utf-8", "replace"))


def _once(url: str, rules: CanonicalRules | None) -> str:
    parts = _split(url)
    host = _host(parts, rules)
    query = _query(parts.query, rules)
    address = f"https://{host}{_path(parts.path)}{'?' if query else ''}{query}"
    for pattern, replacement in rules.rewrite if rules else ():
        address = re.sub(pattern, replacement, address)
    return address


def _split(url: str) -> SplitResult:
    text = forward_slashes(_LINE_BREAKS.sub("", url).strip(_BLANKS))
    try:
        parts = urlsplit(text)
        _ = parts.port  # raises for a port that is no number
    except ValueError as error:
        raise ValueError(f"{url!r} has no usable host: {error}") from None
    if parts.scheme not in ("http", "https"):
        raise ValueError(f"{url!r} is not an http or https address")
    return parts


def _ascii_host(parts: SplitResult) -> str:
    host = parts.hostname or ""
    try:
        host = (host if host.isascii() else host.encode("idna").decode("ascii")).lower().rstrip(".")
        if ":" in host:
            return str(ipaddress.ip_address(host))
    except ValueError:
        host = ""
    if not _HOST.fullmatch(host) or ".." in host:
        raise ValueError(f"{parts.geturl()!r} has no usable host")
    return host


def _host(parts: SplitResult, rules: CanonicalRules | None) -> str:
    host = _ascii_host(parts)
    written = f"[{host}]" if ":" in host else host
    if parts.port is not None and parts.port not in _DEFAULT_PORTS:
        written = f"{written}:{parts.port}"
    stands_for = rules.hosts if rules else {}
    bare = _SAME_SITE_LABELS.sub("", written)
    real = stands_for.get(written) or stands_for.get(bare) or bare
    return _SAME_SITE_LABELS.sub("", real)


def _path(path: str) -> str:
    segments = [one_spelling(segment, safe=_PATH_SAFE) for segment in path.split("/")]
    if len(segments) > 2 and segments[-1] == "":
        segments.pop()
    if len(segments) > 2 and segments[-1].lower() == "amp":
        segments.pop()
    # Two slashes at the beginning are special to POSIX, not to the web.
    return posixpath.normpath("/" + "/".join(segments).lstrip("/"))


def _query(query: str, rules: CanonicalRules | None) -> str:
    strip = {name.lower() for name in rules.strip_params} if rules else set()
    keep_query = rules.keep_query if rules else False
    if "*" in strip:
        return ""
    kept = []
    for piece in query.replace("&amp;", "&").split("&"):
        name, _, value = piece.replace("+", "%20").partition("=")
        plain = readable(name)
        if plain.lower() in strip or is_tracking(plain, readable(value), keep_query=keep_query):
            continue
        name, value = one_spelling(name, safe=_QUERY_SAFE), one_spelling(value, safe=_QUERY_SAFE)
        kept.append(f"{name}={value}" if value else name)
    return "&".join(sorted(filter(None, kept), key=lambda pair: pair.partition("=")[0]))
