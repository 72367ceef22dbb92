"""Pages that list stories, in the forms for tuning, are refused at any address; an article over one is not.

The stories here are made; `python -m bench.evaluate kinds` reads the same forms with real ones.
"""

from random import Random

import pytest

from bench.evaluate.listings import forms, inside
from newscrawl.article import Article, Outcome, Rejected
from newscrawl.extraction import extract
from tests.extraction.test_kinds import HEADLINES, SENTENCES, TITLE, paragraphs

TEASERS = (
    "بدأت البلدية صباح أمس توسعة الطريق الدائري الذي توقف العمل فيه منذ الربيع.",
    "طالب مزارعو الوادي وزارة الزراعة بتعويضات عن الخسائر التي سببها موسم الجفاف.",
    "افتتح المحافظ مكتبة عامة تضم ثلاثين ألف كتاب في الحي الشرقي من المدينة.",
    "اختتم المنتخب معسكره في الجبال قبل أول مباراة له في التصفيات الآسيوية.",
    "سجلت أسعار الخضار ارتفاعا كبيرا في الأسواق مع أول أيام الشتاء.",
    "أطلقت وزارة الصحة حملة تطعيم تشمل جميع المدارس الابتدائية في البلاد.",
    "وقعت الحكومة اتفاقية مع شركة محلية لبناء محطة تحلية جديدة على الساحل.",
    "يشارك فنانون من سبع دول في معرض للخط العربي يستمر أسبوعين.",
    "أغلقت السلطات الميناء القديم استعدادا لأعمال ترميم تستمر عاما كاملا.",
    "استقبلت الجامعة ثلاثة آلاف طالب جديد في كلياتها التسع هذا العام.",
    "عاد سباق الهجن إلى الميدان الصحراوي بعد غياب عامين بسبب الجائحة.",
    "اكتشف علماء الآثار نقوشا قديمة قرب القلعة الجنوبية تعود إلى قرون بعيدة.",
)
MORE = "وقال مسؤول محلي إن التفاصيل ستعلن في مؤتمر صحفي يعقد خلال الأسبوع المقبل."
STORIES = [
    {"title": title, "text": f"{teaser} {MORE}"} for title, teaser in zip(HEADLINES, TEASERS, strict=True)
]
FORMS = [pytest.param(form, id=f"{form.kind}, {form.name}") for form in forms() if form.half == "tuning"]
ADDRESSES = ["https://www.example.com/n/1", "https://sahl.example/2026/11/20/story-881723.html", ""]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("url", ADDRESSES)
def test_a_list_of_stories_is_refused_wherever_it_stands(form, url):
    body = inside(form, STORIES, "رياضة", Random(form.name))
    title = form.title.format(site="السهل", section="رياضة", day="20 نوفمبر 2026", name="المرفأ")
    head = f"<meta charset='utf-8'><title>{title}</title>{form.head}"
    page = f"<html lang='ar'><head>{head}</head><body>{body}</body></html>"
    found = extract(page.encode(), url or f"https://www.sahl.example{form.at[0]}")
    assert isinstance(found, Rejected), found.body
    assert found.outcome in (Outcome.NOT_ARTICLE, Outcome.TOO_SHORT)


@pytest.mark.parametrize("form", [form for form in FORMS if "live" not in str(form.id)])
@pytest.mark.parametrize("around", ["<article>{}</article>", "<div class='details'>{}</div>"])
def test_an_article_over_it_is_not(form, around):
    own = around.format(f"<h1>{TITLE}</h1>{paragraphs((chr(10) * 2).join(SENTENCES))}")
    others = inside(form, STORIES[1:], "رياضة", Random(form.name))
    head = f"<meta charset='utf-8'><title>{TITLE}</title>"
    page = f"<html lang='ar'><head>{head}</head><body>{own}<div>{others}</div></body></html>"
    found = extract(page.encode(), ADDRESSES[1])
    assert isinstance(found, Article), found.reason
    assert found.title == TITLE
