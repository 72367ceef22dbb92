import pytest

from .helpers import article, meta, read

BODY = "<h1>المصرف المركزي يخفض سعر الفائدة</h1>"
CDN = "https://cdn.sahifa.example"

VALUES = [
    (f"{CDN}/2026/a.jpg", f"{CDN}/2026/a.jpg"),
    ("/2026/a.jpg", "https://www.sahifa.example/2026/a.jpg"),
    ([f"{CDN}/a.jpg", f"{CDN}/b.jpg"], f"{CDN}/a.jpg"),
    ({"@type": "ImageObject", "url": f"{CDN}/a.jpg"}, f"{CDN}/a.jpg"),
    ({"@type": "ImageObject", "url": [f"{CDN}/a.jpg"]}, f"{CDN}/a.jpg"),
    ({"contentUrl": f"{CDN}/a.jpg"}, f"{CDN}/a.jpg"),
    ({"@list": [f"{CDN}/a.jpg"]}, f"{CDN}/a.jpg"),
    ([{"url": f"{CDN}/logo.png"}, {"url": f"{CDN}/a.jpg"}], f"{CDN}/a.jpg"),
    (f"{CDN}/img/LOGO-2.png", ""),
    (f"{CDN}/default.jpg", ""),
    (f"{CDN}/placeholder/1.jpg", ""),
    (f"{CDN}/no-image.png", ""),
    (f"{CDN}/1x1.gif", ""),
    (f"{CDN}/icon.svg", ""),
    ("data:image/png;base64,AAAA", ""),
    ("javascript:void(0)", ""),
    ("https://www.sahifa.example/", ""),
    ("http://[bad/a.jpg", ""),
    ("", ""),
    (None, ""),
    (f"{CDN}/catalogo/blogosphere.jpg", f"{CDN}/catalogo/blogosphere.jpg"),
]


@pytest.mark.parametrize(("value", "image"), VALUES)
def test_json_ld(value, image):
    assert read(body=BODY, linked=article(image=value)).image == image


def test_the_one_that_is_also_shown_wins_in_the_spelling_shown():
    head = meta(og_image=f"{CDN}/Thumbs/t.jpg", twitter_image=f"{CDN}/Images/P.jpg")
    linked = article(image=f"{CDN}/images/p.jpg")
    assert (
        read(head=head, linked=linked, body=f"{BODY}<img src='{CDN}/Images/P.jpg'>").image
        == f"{CDN}/Images/P.jpg"
    )
    assert (
        read(head=head, body=f"{BODY}<img src='{CDN}/Images/P.jpg?w=9'>").image == f"{CDN}/Images/P.jpg?w=9"
    )


def test_without_statements_the_first_picture_of_the_article():
    body = (
        f"<img src='/top.jpg'>{BODY}<img src='/x.gif' width='1'><img src='/logo.png'><img data-src='/a.jpg'>"
    )
    assert read(body=body).image == "https://www.sahifa.example/a.jpg"
    assert read(body=f"{BODY}<aside><img src='/b.jpg'></aside>").image == ""


def test_open_graph_goes_before_twitter():
    head = meta(og_image="/logo.png", twitter_image="/a.jpg")
    assert read(head=head).image == "https://www.sahifa.example/a.jpg"
    assert read(head=meta(og_image="/b.jpg", twitter_image="/a.jpg")).image.endswith("/b.jpg")


TEXT = (
    "<p>"
    + "أقر المجلس البلدي في جلسته الأخيرة خطة جديدة لصيانة الطرق والأرصفة في أحياء المدينة. " * 5
    + "</p>"
)


@pytest.mark.parametrize(
    "place",
    [
        "<article>{h}<figure><img src='/up/a.jpg'></figure>{t}</article>",
        "<article><img src='/up/a.jpg' width='640'>{h}{t}</article>",
        "<div>{h}</div><div><img src='/i/i.png' width='9'><img data-src='/up/a.jpg'>{t}</div>",
        "<header><a href='/'><img src='/i/logo.png'></a></header>{h}{t}<p><img src='/up/a.jpg'></p>",
        "<table><tr><td>{h}</td></tr><tr><td><img src='/up/a.jpg'>{t}</td></tr></table>",
        "{h}<aside><img src='/up/b.jpg'></aside><img src='/up/a.jpg'>{t}",
    ],
)
def test_without_a_stated_picture_the_first_real_one_at_the_text(place):
    assert read(body=place.format(h=BODY, t=TEXT)).image == "https://www.sahifa.example/up/a.jpg"
