"""Pairs of texts in one frame with other facts: weather, prices, fixtures, obituaries, prayers, greetings.

The frames say what such reports of Saudi and Egyptian papers say, in words of our own; the facts are drawn.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

CITIES = (
    *("الرياض", "جدة", "مكة", "الدمام", "أبها", "تبوك", "حائل", "نجران", "جازان", "القاهرة", "الإسكندرية"),
    *("أسوان", "طنطا", "المنصورة", "عمان", "إربد", "بيروت", "طرابلس", "بغداد", "البصرة", "الموصل", "تونس"),
)
CLUBS = (
    *("الهلال", "النصر", "الاتحاد", "الشباب", "الأهلي", "الزمالك", "الإسماعيلي", "الفيصلي", "الوحدات"),
    *("الفتح", "الرائد", "التعاون", "المصري", "الوحدة", "القادسية", "الترجي", "الصفاقسي", "النجم"),
)
FIRST = ("محمد", "أحمد", "خالد", "سعد", "فهد", "يوسف", "إبراهيم", "عمر", "ناصر", "طارق", "حسن", "ماجد")
LAST = ("العتيبي", "الغامدي", "الزهراني", "القحطاني", "الشمري", "الدوسري", "المطيري", "السيد", "الحربي")
LANDS = ("النيجر", "مالي", "الهند", "كوريا", "الأرجنتين", "السنغال", "بوركينافاسو", "فنلندا", "كولومبيا")
LEADERS = ("محمدو", "كيتا", "موخيرجي", "هيي", "كيرشنر", "سال", "كافاندو", "نينيستو", "سانتوس")

WEATHER = (
    "توقعت هيئة الأرصاد أن يسود غدا طقس {adj} على مدينة {city} وأن تتراوح درجات الحرارة بين {n} و{n} درجة"
    " مئوية نهارا، على أن تنخفض ليلا إلى {n} درجة، وتكون الرياح {adj} بسرعة {n} كيلومترا في الساعة، "
    "وترتفع الرطوبة إلى {n} في المئة. ودعت الهيئة السكان إلى متابعة النشرات وتجنب الخروج في ساعات الظهيرة"
    " والإكثار من شرب الماء."
)
PRICES = (
    "سجل سعر الذهب اليوم في الأسواق المحلية {n} جنيها للجرام من عيار 21، وبلغ سعر جرام عيار 18 نحو {n} "
    "جنيها، وعيار 24 نحو {n} جنيها، فيما وصل سعر الجنيه الذهب إلى {n} جنيها. وفي سوق الصرف استقر الدولار "
    "عند {n} قرشا للشراء و{n} قرشا للبيع، وبلغ اليورو {n} قرشا، والريال السعودي {n} قرشا، بحسب ما أعلنته "
    "شعبة الذهب بالغرفة التجارية صباح اليوم."
)
FIXTURES = (
    "يلتقي مساء اليوم فريق {club} ضيفه {club} على ملعب مدينة {city} في الجولة {n} من الدوري، وتنطلق "
    "المباراة عند الساعة {n} مساء ويديرها الحكم {name}. ويدخل {club} اللقاء وفي رصيده {n} نقطة، بينما جمع"
    " ضيفه {n} نقطة. ويغيب عن أصحاب الأرض {name} للإصابة، وتنقل المباراة على القنوات الرياضية الناقلة "
    "للدوري."
)
OBITUARY = (
    "انتقل إلى رحمة الله تعالى {name} عن عمر يناهز {n} عاما إثر مرض ألم به، وستقام الصلاة عليه عصر اليوم "
    "في جامع {name} بمدينة {city} ويوارى الثرى في مقبرة {city}. والفقيد والد كل من {first} و{first} "
    "و{first}. ويقام العزاء للرجال والنساء في منزل الأسرة بحي {last}. نسأل الله أن يتغمده بواسع رحمته وأن"
    " يلهم أهله الصبر والسلوان."
)
PRAYERS = (
    "تنشر الصحيفة مواقيت الصلاة اليوم في مدينة {city} والمدن المجاورة لها: يرفع أذان الفجر في الساعة {n} "
    "و{n} دقيقة، والظهر في الساعة {n} و{n} دقيقة، والعصر في الساعة {n} و{n} دقيقة، والمغرب في الساعة {n} "
    "و{n} دقيقة، والعشاء في الساعة {n} و{n} دقيقة، مع مراعاة فروق التوقيت بين المدن وفق ما أعلنته الهيئة "
    "العامة للمساحة."
)
GREETING = (
    "بعث خادم الحرمين الشريفين برقية تهنئة لفخامة الرئيس {leader} رئيس جمهورية {land} بمناسبة ذكرى "
    "استقلال بلاده. وأعرب باسمه واسم شعب وحكومة المملكة عن أصدق التهاني وأطيب التمنيات بالصحة والسعادة "
    "لفخامته، ولحكومة وشعب {land} الصديق اطراد التقدم والازدهار. كما بعث ولي العهد برقية مماثلة للرئيس "
    "{leader} ضمنها أطيب التهاني."
)
FRAMES = (WEATHER, PRICES, FIXTURES, OBITUARY, PRAYERS, GREETING)
ADJECTIVES = ("حار", "معتدل", "غائم", "ماطر", "بارد", "مغبر", "نشطة", "خفيفة", "شمالية", "جنوبية", "متقلبة")


def twins(count: int, seed: int) -> Iterator[tuple[str, str]]:
    """Pairs of one frame, the facts of each drawn by itself."""
    dice = random.Random(seed)  # noqa: S311
    for number in range(count):
        frame = FRAMES[number % len(FRAMES)]
        one = other = _filled(frame, dice, number % len(LANDS))
        while one == other:
            other = _filled(frame, dice, (number + 1) % len(LANDS))
        yield one, other


def _filled(frame: str, dice: random.Random, land: int) -> str:
    same = {"{land}": LANDS[land], "{leader}": LEADERS[land]}  # one land a text
    for gap, value in same.items():
        frame = frame.replace(gap, value)
    drawn = {"{city}": CITIES, "{club}": CLUBS, "{first}": FIRST, "{last}": LAST, "{adj}": ADJECTIVES}
    for gap, values in drawn.items():
        while gap in frame:
            frame = frame.replace(gap, dice.choice(values), 1)
    while "{name}" in frame:
        frame = frame.replace("{name}", f"{dice.choice(FIRST)} {dice.choice(LAST)}", 1)
    while "{n}" in frame:
        frame = frame.replace("{n}", str(dice.randrange(3, 90)), 1)
    return frame
