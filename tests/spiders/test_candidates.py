"""Every candidate of an outlet is entered once, and each canonical URL is fetched once."""

from dataclasses import replace
from datetime import timedelta

from newscrawl.article import Outcome, article_id
from newscrawl.discovery import Candidate, choose
from newscrawl.spiders.candidates import plan
from newscrawl.store import Visit
from tests.discovery.conftest import NOW, make_outlet

SITE = "https://marfa-news.com"
OUTLET = make_outlet()


def candidate(path, hours=1.0):
    return Candidate(SITE + path, "sitemap", f"{SITE}/rss", published_at=NOW - timedelta(hours=hours))


def planned(*candidates, **options):
    return plan(choose(candidates, outlet=OUTLET, now=NOW, **options), OUTLET)


def ends(made):
    return {one.url.removeprefix(SITE): one.outcome for one in made.proposals()}


def to_fetch(made):
    return [arrival.url.removeprefix(SITE) for _, arrival in made.wanted.values()]


def test_the_newest_comes_first_and_those_over_the_limit_end():
    made = planned(candidate("/story/1", 3), candidate("/story/2", 1), candidate("/story/3", 2), limit=2)
    assert to_fetch(made) == ["/story/2", "/story/3"]
    assert ends(made) == {"/story/1": Outcome.OVER_LIMIT, "/story/2": None, "/story/3": None}


def test_twins_are_fetched_once_by_their_plain_address():
    made = planned(candidate("/story/1?utm_source=rss", 1), candidate("/story/1", 2))
    assert to_fetch(made) == ["/story/1"]
    [twin] = made.ended
    assert (twin.outcome, twin.reason) == (Outcome.DUPLICATE, f"the same canonical URL as {SITE}/story/1")


def visit(path, next_visit_at, outcome=Outcome.STORED, **more):
    url = SITE + path
    return article_id(url), Visit(
        article_id(url), url, OUTLET.id, outcome, "why", listed_at=NOW - timedelta(hours=6),
        last_visited_at=NOW - timedelta(hours=5), next_visit_at=next_visit_at, streak=0, **more,
    )  # fmt: skip


def test_what_was_visited_is_fetched_again_only_when_it_is_due():
    made = planned(candidate("/story/1", 6), candidate("/story/2", 6), candidate("/story/3", 6))
    known = [visit("/story/1", None), visit("/story/2", NOW - timedelta(minutes=1))]
    made.leave_out(dict(known), NOW)
    assert sorted(to_fetch(made)) == ["/story/2", "/story/3"]
    [left] = made.ended
    assert (left.url, left.outcome) == (f"{SITE}/story/1", Outcome.KNOWN)
    assert left.reason.startswith("stored on 20")
    assert left.reason.endswith(" UTC")


def test_what_was_under_way_at_a_kill_is_a_suspect_and_what_is_quarantined_rests():
    made = planned(candidate("/story/1"), candidate("/story/2"), candidate("/story/3"))
    later = NOW + timedelta(days=30)
    struck, _ = one = visit("/story/1", NOW, Outcome.INTERRUPTED, strikes=1)
    resting, _ = two = visit("/story/2", later, Outcome.QUARANTINED, strikes=2)
    made.leave_out(dict([one, two]), NOW)
    assert ends(made) == {"/story/1": None, "/story/2": Outcome.QUARANTINED, "/story/3": None}
    assert (made.suspects, made.ended[0].reason) == ([struck], "why")
    again = planned(candidate("/story/2"), candidate("/story/3"))
    again.leave_out(dict([two, visit("/story/3", None)]), NOW, asked_for=True)
    assert ends(again) == {"/story/2": None, "/story/3": None}
    assert again.suspects == [resting]


def test_what_led_to_another_site_is_read_once_that_site_is_the_outlets_own():
    known = [
        (id, replace(one, reason=f"{there}: not on marfa-news.com"))
        for path, there in (
            ("/story/1", "https://www.marfa.example/story/1"),
            ("/story/2", "https://x.example/"),
        )
        for id, one in [visit(path, None, Outcome.OFF_SITE)]
    ]
    for sites, expected in (({"marfa-news.com"}, []), ({"marfa-news.com", "marfa.example"}, ["/story/1"])):
        made = planned(candidate("/story/1", 6), candidate("/story/2", 6))
        made.leave_out(dict(known), NOW, sites=sites)
        assert to_fetch(made) == expected
