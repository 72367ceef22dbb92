from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hijridate import Gregorian
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.arabic.dates import Moment, Stamp, Unreadable, read_moment, read_stamp
from newscrawl.arabic.dates.months import GREGORIAN, HIJRI
from newscrawl.arabic.normalise import normalise

NOW = datetime(2026, 11, 24, 12, tzinfo=timezone(timedelta(hours=3)))
RIYADH = ZoneInfo("Asia/Riyadh")
TABLE = Path(__file__).with_name("dates.tsv")
ROWS = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]]
WEEKDAYS = ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")
FORMS = {"hour": "hours", "minute": "minutes", "second": "seconds"}


def said(text, zone):
    """The reading of a text in the golden table's form."""
    stamp = read_stamp(text, ZoneInfo(zone), NOW)
    if isinstance(stamp, Unreadable):
        assert stamp.reason
        return "-"
    moment = stamp.published or stamp.updated
    day = moment.precision == "day"
    form = moment.at.date().isoformat() if day else moment.at.isoformat(timespec=FORMS[moment.precision])
    return form if stamp.published else f"U:{form}"


def test_the_golden_table():
    found = [(shows, text, expected, said(text, zone)) for text, zone, expected, shows in ROWS]
    assert [row for row in found if row[2] != row[3]] == []


def test_the_golden_table_is_large_and_its_weekdays_are_the_calendars():
    assert len(ROWS) >= 280
    assert sum(row[2] == "-" for row in ROWS) >= 50
    checked = 0
    for text, _, expected, _ in ROWS:
        named = [number for number, name in enumerate(WEEKDAYS) if normalise(name) in normalise(text)]
        if expected != "-" and named:
            assert [date.fromisoformat(expected.removeprefix("U:")[:10]).weekday()] == named, text
            checked += 1
    assert checked >= 20


@pytest.mark.parametrize(
    ("text", "published", "updated"),
    [
        ("نشر 4 يوليو 2023 10:00 - آخر تحديث 5 يوليو 2023 14:00", "2023-07-04T10:00", "2023-07-05T14:00"),
        ("آخر تحديث: 5/7/2023 14:00 تاريخ النشر: 4/7/2023 10:00", "2023-07-04T10:00", "2023-07-05T14:00"),
        ("نشر: 4 يوليو 2023 10:00، آخر تحديث: 14:00", "2023-07-04T10:00", "2023-07-04T14:00"),
        ("4 يوليو 2023 10:00، آخر تحديث: 14:00", "2023-07-04T10:00", "2023-07-04T14:00"),
        ("4 يوليو 2023، آخر تحديث: 14:00", None, "2023-07-04T14:00"),
        ("الساعة 14:00 آخر تحديث 4 يوليو 2023", None, "2023-07-04T14:00"),
        ("Published July 4, 2023 10:00 | Updated July 5, 2023 14:00", "2023-07-04T10:00", "2023-07-05T14:00"),
        ("publié le 4 juillet 2023 à 10h00, mis à jour à 14h00", "2023-07-04T10:00", "2023-07-04T14:00"),
    ],
)
def test_publication_and_update_are_told_apart(text, published, updated):
    stamp = read_stamp(text, RIYADH, NOW)
    found = [
        moment and moment.at.isoformat(timespec="minutes")[:16] for moment in (stamp.published, stamp.updated)
    ]
    assert found == [published, updated]


def test_a_byline_has_fewer_words_beside_its_date_than_a_sentence():
    assert read_stamp("4 يوليو 2023 - 14:32", RIYADH, NOW).words == 0
    assert read_stamp("القاهرة - أحمد علي | 4 تموز 2023", RIYADH, NOW).words == 3
    assert read_stamp("وقعت الدول الأعضاء في 4 يوليو 2023 على اتفاق جديد", RIYADH, NOW).words == 7


def test_long_text_is_prose():
    text = "قال المتحدث باسم الوزارة " * 12 + "4 يوليو 2023"
    assert isinstance(read_moment("4 يوليو 2023", RIYADH, NOW), Moment)
    assert read_moment(text, RIYADH, NOW).reason.startswith("longer than 300")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("31 فبراير 2020", "no such day"),
        ("الأربعاء 4 يوليو 2023", "weekday"),
        ("11 شوال 1441هـ - 10 يونيو 2020م", "Hijri"),
        ("11/9/2020 6:34 PM", "month first"),
        ("منذ شهرين", "vague"),
        ("4 يوليو 2023 25:00", "time of day"),
        ("1 يناير 1970", "before"),
        ("1 يناير 2027", "future"),
        ("4 تموز/حزيران 2023", "names of the month"),
        ("14:30", "without its day"),
    ],
)
def test_a_refusal_says_why(text, reason):
    assert reason in read_moment(text, RIYADH, NOW).reason


def test_a_day_ahead_of_us_is_a_clock_and_not_the_future():
    assert isinstance(read_moment((NOW + timedelta(days=1)).isoformat(), UTC, NOW), Moment)
    assert isinstance(read_moment((NOW + timedelta(days=3)).isoformat(), UTC, NOW), Unreadable)


DIGITS = ("0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹")
FAMILY_MONTHS = st.sampled_from(
    [(number, name) for family in GREGORIAN for number, names in enumerate(family, 1) for name in names]
)
ZONES = st.sampled_from(
    ["UTC", "Asia/Riyadh", "Africa/Cairo", "Asia/Beirut", "Africa/Casablanca", "Asia/Dubai"]
)
DAYS = st.dates(date(1996, 1, 1), date(2026, 11, 20))


@st.composite
def written_days(draw):
    """A day, and the same in words of one family, in some digits, with or without its weekday."""
    number, name = draw(FAMILY_MONTHS)
    day = draw(DAYS)
    day = day.replace(month=number, day=min(day.day, 28))
    if day > date(2026, 11, 20):
        day = day.replace(year=2025)
    weekday = draw(st.sampled_from(["", f"{WEEKDAYS[day.weekday()]} ", f"{WEEKDAYS[day.weekday()]}، "]))
    of = draw(st.sampled_from([" ", " من ", "-", "/", "، "]))
    digits = str.maketrans(DIGITS[0], draw(st.sampled_from(DIGITS)))
    return day, f"{weekday}{day.day}{of}{name} {day.year}".translate(digits)


@given(written_days(), ZONES)
def test_every_day_reads_back_in_every_family_and_digits(written, zone):
    day, text = written
    moment = read_moment(text, ZoneInfo(zone), NOW)
    assert isinstance(moment, Moment), (text, moment)
    assert (moment.at.date(), moment.precision, moment.at.tzinfo.key) == (day, "day", zone)


@given(DAYS, st.times(), ZONES, st.sampled_from([" ", " - ", " | ", "، الساعة "]))
def test_every_twelve_hour_time_reads_back(day, time, zone, between):
    half = "ص" if time.hour < 12 else "م"
    text = f"{day.day}/{day.month}/{day.year}{between}{time.hour % 12 or 12}:{time.minute:02} {half}"
    moment = read_moment(text, ZoneInfo(zone), NOW)
    assert (moment.at.date(), moment.at.hour, moment.at.minute) == (day, time.hour, time.minute), text


@given(DAYS, st.booleans())
def test_every_hijri_day_reads_back(day, named):
    hijri = Gregorian(day.year, day.month, day.day).to_hijri()
    month = HIJRI[hijri.month - 1][0] if named else f"/ {hijri.month} /"
    moment = read_moment(f"{hijri.day} {month} {hijri.year} هـ", RIYADH, NOW)
    assert moment.at.date() == day
    both = f"{hijri.day} {month} {hijri.year}هـ الموافق {day.day}/{day.month}/{day.year}م"
    assert read_moment(both, RIYADH, NOW).at.date() == day


@given(st.datetimes(min_value=datetime(1996, 1, 1), max_value=datetime(2026, 11, 1)))  # noqa: DTZ001
def test_what_isoformat_writes_is_read(moment):
    moment = moment.replace(microsecond=0, tzinfo=RIYADH)
    assert read_moment(moment.isoformat(), UTC, NOW).at == moment


@given(DAYS, st.integers(1, 6))
def test_a_weekday_that_contradicts_is_never_read(day, off):
    day = day.replace(month=8, day=min(day.day, 28))
    weekday = WEEKDAYS[(day.weekday() + off) % 7]
    assert isinstance(read_moment(f"{weekday} {day.day} آب {day.year}", RIYADH, NOW), Unreadable)


PIECES = st.sampled_from(
    "2023 1445 4 04 13 31 3 9999 14:30 10:75 2020-06-03 / - . : T Z + ، ( ) يوليو تموز كانون".split()
    + "الثاني الأول أبريل شوال رمضان هـ م ص مساء الثلاثاء أمس اليوم منذ قبل ساعات ساعتين".split()
    + "آخر تحديث نشر الساعة GMT+3 بتوقيت القاهرة الموافق".split()
)


@given(
    st.text(max_size=320)
    | st.lists(PIECES, max_size=14).map(" ".join)
    | st.lists(PIECES, max_size=14).map("".join)
)
def test_garbage_never_raises_and_moments_are_aware_and_in_range(text):
    moment = read_moment(text, RIYADH, NOW)
    if isinstance(moment, Moment):
        assert moment.at.utcoffset() is not None
        assert moment.at.year >= 1995
        assert moment.at <= NOW + timedelta(days=2)
    else:
        assert moment.reason


@given(st.lists(PIECES, max_size=10).map(" ".join))
def test_first_january_only_where_it_is_written(text):
    stamp = read_stamp(text, RIYADH, NOW)
    if isinstance(stamp, Stamp):
        for moment in (stamp.published, stamp.updated):
            if moment and (moment.at.month, moment.at.day) == (1, 1):
                assert any(word in text.split() for word in ("1", "01", "الأول")), text


@given(st.text(max_size=300))
def test_no_text_can_write_shorthand_itself(text):
    assert not any("A" <= character <= "Z" for character in normalise(text))
