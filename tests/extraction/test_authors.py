import pytest

from .helpers import article, meta, read

TITLE = "<h1>المصرف المركزي يخفض سعر الفائدة</h1>"
SITE = meta(og_site_name="صحيفة المرفأ")

STATED = [
    ("منى علي", ["منى علي"]),
    ({"@type": "Person", "name": "منى علي"}, ["منى علي"]),
    ([{"@type": "Person", "name": "منى علي"}, {"name": "سامي حسن"}], ["منى علي", "سامي حسن"]),
    ({"@type": "Person", "name": ["منى علي", "سامي حسن"]}, ["منى علي", "سامي حسن"]),
    (["منى علي", "منى على"], ["منى علي"]),
    ("كتبت: منى علي، سامي حسن", ["منى علي", "سامي حسن"]),
    ({"@type": "Organization", "name": "الصحيفة"}, []),
    ({"@type": "NewsMediaOrganization", "name": "الصحيفة"}, []),
    ({"@type": "Person", "name": "(عدن - المرفأ)"}, []),
    ({"@type": "Person", "name": "رويترز"}, []),
    ({"@type": "Person", "name": "المرفأ"}, []),
    ({"@type": "Person", "name": "admin"}, []),
    ({"@type": "Person", "name": "Ziad Haddad"}, ["Ziad Haddad"]),
    ({"@type": "Person", "name": "القاهرة - منى علي"}, ["منى علي"]),
    ([{"@type": "Person"}, None, 5, {"name": None}], []),
    ("https://www.facebook.com/mona", []),
]


@pytest.mark.parametrize(("author", "names"), STATED)
def test_json_ld(author, names):
    assert read(head=SITE, linked=article(author=author)).authors == names


def test_a_reference_into_the_graph():
    graph = {
        "@graph": [
            article(author={"@id": "#/person/1"}),
            {"@type": "Person", "@id": "#/person/1", "name": "منى علي"},
        ]
    }
    assert read(linked=graph).authors == ["منى علي"]
    assert read(linked=article(author={"@id": "#nobody"})).authors == []


@pytest.mark.parametrize("name", ["author", "article:author", "dc.creator", "parsely-author"])
def test_meta_tags(name):
    assert read(head=f'<meta name="{name}" content="منى علي - القاهرة">').authors == ["منى علي"]


def test_a_name_in_latin_letters_in_meta_tags_alone_may_be_the_sites_builder():
    head = '<meta name="author" content="Ziad Haddad">'
    assert read(head=head, body=TITLE).authors == []
    assert read(head=head, body=f"{TITLE}<i class='author'>Ziad Haddad</i>").authors == ["Ziad Haddad"]


def test_a_profiles_address_is_no_name():
    assert read(head=meta(article_author="https://www.facebook.com/mona.ali")).authors == []


SHOWN = [
    ("<span class='writeBy'>كتبت منى علي</span>", ["منى علي"]),
    ("<div class='post-author'>بقلم: <b>منى علي</b></div>", ["منى علي"]),
    ("<a class='aksa-byline'>منى علي - القاهرة</a>", ["منى علي"]),
    ("<a rel='author' href='/author/1'>منى علي</a>", ["منى علي"]),
    ("<span itemprop='author'>منى علي</span>", ["منى علي"]),
    ("<div class='vcard author' style='display:none'><a rel='author'>Ziad Haddad</a></div>", ["Ziad Haddad"]),
    ("<p>بقلم: منى علي</p>", ["منى علي"]),
    ("<p><strong>كتب - سامي حسن:</strong></p>", ["سامي حسن"]),
    ("<div>كتب: سامي حسن، ومنى علي</div>", ["سامي حسن", "منى علي"]),
    ("<font color='#666'>كتب: سامي حسن</font><br>", ["سامي حسن"]),
    ("<p class='w'>سامي حسن (عدن)</p>", ["سامي حسن"]),
    ("<div class='by'>سامي حسن - الاثنين 25 يوليوز 2022</div>", ["سامي حسن"]),
    ("<div>سامي حسن | الخميس ١٥ رمضان</div>", ["سامي حسن"]),
    ("<div>عدن - سامي حسن<br>قال المحافظ</div>", ["سامي حسن"]),
    ("<div>تاريخ النشر: 25 يوليو 2022</div>", []),
    ("<div>عدد القراءات | 3307</div>", []),
    ("<p>" + "نص الخبر " * 60 + "</p><p>قارئة دائمة - عدن</p><p>سامي حسن - عدن</p>", []),
    ("<p>أول النص<br>كتب سامي حسن</p>", ["سامي حسن"]),
    ("<p>كتب سامي حسن</p>", ["سامي حسن"]),
    ("<p>كتب الرئيس على صفحته رسالة إلى الشعب في ذكرى الثورة.</p>", []),
    ("<p>كتب محمد صلاح تاريخا جديدا في الدوري</p>", []),
    ("<div class='author'>المرفأ</div>", []),
    ("<div class='author'>منوعات</div>", []),
    (
        "<div class='author-bio'>كاتبة ومحررة عملت في صحف كثيرة منذ عام ألفين وحصلت على جوائز</div>",
        [],
    ),
    ("<aside><span class='author'>منى علي</span></aside>", []),
    ("<div class='comments'><span class='comment-author'>منى علي</span></div>", []),
    ("<div class='related-posts'><div><span class='author'>منى علي</span></div></div>", []),
    ("<figure><span class='photo author'>منى علي</span></figure>", []),
]


@pytest.mark.parametrize(("body", "names"), SHOWN)
def test_what_the_page_shows(body, names):
    assert read(head=SITE, body=f"<article>{TITLE}{body}<p>نص الخبر</p></article>").authors == names


def test_the_byline_in_words_goes_before_an_account_in_latin_letters():
    body = f"{TITLE}<p>بقلم: منى علي</p>"
    assert read(body=body, linked=article(author={"name": "Mona82"})).authors == ["منى علي"]
    assert read(body=body, linked=article(author={"name": "Desk User"})).authors == ["منى علي"]
    assert read(body=body, linked=article(author={"name": "سامي حسن"})).authors == ["سامي حسن"]


def test_lines_of_credit_are_kept_as_published():
    page = read(head=SITE, body=f"{TITLE}<div class='source'>المصدر: (عدن - المرفأ)</div>")
    assert page.credits == ["المصدر: (عدن - المرفأ)"]


TEXT = (
    "<p>"
    + "أقر المجلس البلدي في جلسته الأخيرة خطة جديدة لصيانة الطرق والأرصفة في أحياء المدينة. " * 5
    + "</p>"
)


@pytest.mark.parametrize(
    "line",
    [
        "غزة- بقلم : سالم العطار",
        "رام الله - بقلم: سالم العطار",
        "بغداد / كتب: سالم العطار",
        "عدن – إعداد: سالم العطار",
    ],
)
@pytest.mark.parametrize(
    "place",
    [
        "{h}<p>{line}</p><p>التاريخ : 3/5/2026</p>{text}",
        "<td>{h}<br>{line}<br>3/5/2026</td><td>{text}</td>",
        "<div>{h}</div><div><span>{line}</span></div><div>{text}</div>",
    ],
)
def test_a_place_before_by_between_headline_and_date(line, place):
    assert read(body=place.format(h=TITLE, line=line, text=TEXT)).authors == ["سالم العطار"]


@pytest.mark.parametrize(
    "box",
    [
        "<div class='author-box'><img src='a.jpg'><a href='/w/3'>سالم العطار</a></div>",
        "<div class='writer'><span>بقلم</span> <b>سالم العطار</b></div>",
        "<footer class='entry-footer'><p>كتب: سالم العطار</p></footer>",
        "<p>إعداد: سالم العطار</p>",
        "<div><strong>بقلم: سالم العطار</strong></div>",
    ],
)
def test_a_box_under_the_text(box):
    assert read(body=f"<article>{TITLE}{TEXT}{box}</article>").authors == ["سالم العطار"]
