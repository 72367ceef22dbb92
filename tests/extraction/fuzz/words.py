"""What hostile pages are made of: text, phrases, dates, addresses, charsets, tags and names."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

SENTENCES = (
    "قال وزير النقل في مؤتمر صحفي عقده اليوم إن أعمال الصيانة في الطريق الساحلي ستنتهي قبل نهاية العام.",
    "وأضاف المتحدث أن اللجنة ستواصل اجتماعاتها الأسبوع المقبل لبحث ملف المياه مع ممثلي المحافظات.",
    "ارتفعت أسعار القمح في الأسواق العالمية بنسبة ثلاثة في المئة بعد تراجع المخزون لدى كبار المصدرين",
    "«لن نغادر هذه الأرض»، تقول أم سالم وهي تنظر إلى بيتها الذي غمرته السيول ليلة أمس",
    "وكان المنتخب قد تعادل في مباراته الأولى بهدفين لكل فريق، قبل أن يخسر أمام ضيفه في الجولة الثانية.",
    "الجزائر - وكالات: تظاهر مئات الطلبة أمام مقر الوزارة للمطالبة بتحسين الخدمات الجامعية.",
    "مجلس الوزراء يقر موازنة العام المقبل ويرفع مخصصات الصحة والتعليم",
)  # fmt: skip

DATES = (
    "", " ", "0", "null", "0000-00-00T00:00:00", "2026-02-30", "9999-12-31T23:59:59+23:59", "0001-01-01",
    "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2026-11-20T25:61:61Z", "20261120", "1e309",
    "1763596800", "1763596800000", "-1", "2026-11-20T10:00:00+99:99", "2026-11-20T10:00:00.123456789012Z",
    "2026-W47-5", "٢٠٢٦/١١/٢٠", "الجمعة 20 نوفمبر 2026 - 10:00 صباحا", "20 تشرين 2 2026", "١ محرم ١٤٤٨ هـ",
    "30 صفر 1448", "منذ 999999999999 سنة", "قبل يومين", "32/13/2026", "13/13/13", "آخر تحديث: قبل ساعة",
    "نشر في 20/11/2026 وحدث في 19/11/2026", "Fri, 20 Nov 2026 10:00:00 GMT", "²⁰²⁶-¹¹-²⁰",
    "2026-11-20 " * 50, "1" * 5000, ":" * 3000, "-/" * 3000, "1 " * 3000, "\u202e2026-11-20\u202c", "{}",
    "[]", "Infinity", "NaN", "29 فبراير 2025", "00:00", "12:00 م 12:00 ص",
    "2026-11-20T10:00:00+03:00[Asia/Riyadh]", "أمس الأول",
)  # fmt: skip

URLS = (
    "", "http://[::1", "//", "http://", "javascript:alert(1)", "data:,x", "https://x.example:99999/a", "#",
    "https://www.sahifa.example/" + "a/../" * 2000, "https://www.sahifa.example/" + "%25" * 3000,
    "http:///a", "https://www.sahifa.example/%d8%", "https://ا" + "ا" * 300 + ".example/x",
    "https://xn--a.example/", "\\\\x", "https://www.sahifa.example/" + "?a=b&" * 2000,
    "https://u:p@www.sahifa.example/x", "http://1.1.1.1.1/", "https://www.sahifa.example/\u202eا\u0000",
    "https://[v1.x]/", "https://www.sahifa.example/" + "ا" * 5000, "http://٣.example/",
    "https://sahifa.example\t/x", "/" * 3000, "https://.example/", "https://a..b/c",
)  # fmt: skip

PAGE_URLS = (
    "https://www.sahifa.example/", "https://www.sahifa.example/tag/x", "http://sahifa.example/%FF%FE/1",
    "https://www.sahifa.example/" + "2026/11/" * 500, "https://www.sahifa.example/?" + "q=1&" * 800,
    "https://www.sahifa.example/2026/99/99/x", "https://www.sahifa.example/" + "-" * 4000,
    "https://www.sahifa.example/9999/12/31/x", "https://m.youm7.com/story/2026/11/20/x/1",
    "https://www.sahifa.example/خبر-عاجل-" + "اليوم-" * 300, "http://10.0.0.1/news/20261120",
    "https://www.spa.gov.sa/2026/0230/x", "https://www.sahifa.example/0001/01/01/", "https://x.ly/1/1/0001",
)  # fmt: skip

CHARSETS = (
    "utf-8", "utf-7", "utf-16", "utf-32", "windows-1256", "iso-8859-6", "windows-1252", "cp864", "idna",
    "hz", "punycode", "unicode_escape", "raw_unicode_escape", "base64", "rot13", "zlib", "hex", "undefined",
    "mbcs", "x-user-defined", "iso-2022-jp", "gb18030", "cp037", "utf8mb4", "", "0", "none",
    "../../etc/passwd", "é", "\x00", "a" * 5000, "string_escape", "uu", "quopri", "bz2", "utf-8-sig",
    "ascii", "mac-arabic", "koi8-r",
)  # fmt: skip

META = (
    "og:title", "og:url", "og:site_name", "og:type", "og:image", "author", "keywords", "description",
    "article:section", "article:tag", "article:author", "twitter:title", "news_keywords", "copyright",
    "robots", "generator", "article:published_time", "article:modified_time", "date", "dc.date",
)  # fmt: skip

TAGS = (
    "p div span a b i h1 h2 h3 ul ol li table tr td th tbody article section aside header footer nav main "
    "form figure figcaption blockquote pre code br hr img iframe script style noscript template textarea "
    "select option button input svg math video audio object embed frameset frame noframes plaintext xmp "
    "listing marquee center font time address dl dt dd details summary dialog html head body title meta "
    "link base x-y o:p ruby rt picture source canvas map area legend fieldset label isindex keygen nobr"
).split()

NAMES = (
    "related", "sidebar", "comments", "share", "byline", "author", "caption", "breadcrumb", "date", "time",
    "entry-title", "tags", "live-blog", "newsletter", "content", "article-body", "post", "hidden",
    "copyright", "video-player", "premium", "paywall", "header", "footer", "meta", "dateline", "source",
    "related-posts",
)  # fmt: skip


@cache
def phrases() -> tuple[str, ...]:
    """What stands in and around articles and is not their text: our own list, the words that rules act on."""
    file = resources.files("newscrawl.extraction").joinpath("data", "phrases.toml")
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    entries = [e for kind in table.values() for form in kind.values() for e in form if isinstance(e, dict)]
    return tuple(sorted({entry["text"] for entry in entries}))
