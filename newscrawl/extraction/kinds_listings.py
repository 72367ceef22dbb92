"""Pages that list stories: sections, tags, tickers, directories, homes; by address, statement and text.

A list's lines are headlines and teasers of other stories, whatever their markup: they come again and again,
and they do not speak of the page's title.
"""

from __future__ import annotations

from newscrawl.extraction.addresses import LISTINGS
from newscrawl.extraction.listings import DIRECTORY, RULES
from newscrawl.extraction.signs import Signs

FULL_TEXT = 60
"""Words of text that make an article of a page with a player, a gallery or an error's title."""
SHORTEST = 25
"""Words of the shortest report, as at the gate: with fewer, an article is not at stake."""
TEASER_SHARE = 0.6
SURE_SHARE = 0.8
"""Needed where Open Graph calls the page an article."""
TEASERS = 3
CAPTIONS = 5
ALL_CAPTIONS = 0.9
"""Share of the words in captions from which nothing else is there."""
ROW_SHARE = 0.3
"""Share of lines like headlines: of rows with a teaser and a day each, every third is one."""
STRANGE, SURELY_STRANGE = 0.1, 0.05
"""Shares of lines that speak of the title: of 1,600 articles in 480 layouts one in a hundred has fewer than
the second; the lists of a topic, whose lines do, are told by their rows."""
OWN_STORY = 0.4
"""Share of a page's own lines that speak of its headline where they are an article."""
NAME_STEMS = 4
"""A page's name has so many stems that mean something at most; of headlines one in thirty has as few."""

_LISTING_TYPES = frozenset({"CollectionPage", "SearchResultsPage", "ProfilePage"})


def by_address(page: Signs) -> str:
    """Why a page's address is a listing's; empty where it is not, or the page shows an article there."""
    kind = page.address.kind
    if kind not in LISTINGS or page.fits_pattern:
        return ""
    if kind != "home":
        stated = len(page.articles) == 1 and page.words >= SHORTEST
        if (stated and _has_own_text(page)) or (page.address.may_be_article and _is_long_and_own(page)):
            return ""
    return f"{kind} page: its address has {page.address.evidence}"


def _has_own_text(page: Signs) -> bool:
    """Whether the text is the page's own, not other articles' teasers."""
    return not page.archive_class and page.listing.share < TEASER_SHARE


def _is_long_and_own(page: Signs) -> bool:
    return page.words >= FULL_TEXT and _has_own_text(page)


def by_statement(page: Signs) -> str:
    """Why a page states itself a listing; empty where it does not, or shows an article."""
    if page.articles and len(page.articles) < TEASERS:
        return ""
    kinds = page.types & _LISTING_TYPES
    profile = page.said.og_type == "profile"
    if (kinds or profile) and not ((page.fits_pattern or page.is_stated) and _is_long_and_own(page)):
        return (
            f"listing: JSON-LD calls it {', '.join(sorted(kinds))}"
            if kinds
            else "author page: og:type is profile"
        )
    if page.archive_class:
        return f"listing: the body's class is {page.archive_class}"
    return ""


def by_structure(page: Signs) -> str:
    """Pages whose text is other articles' headlines and teasers, or that have next to none but headlines."""
    if page.is_stated:
        return ""
    return _rows(page) or _directory(page) or _ticker(page) or _strangers(page) or _captions(page)


def _rows(page: Signs) -> str:
    """Text that stands in rows of headline and teaser; without links, under no headline of the page's own."""
    listing = page.listing
    needed = SURE_SHARE if _has_a_word_for_it(page) else TEASER_SHARE
    if (len(listing.foreign) < TEASERS and len(listing.rows) < 2 * TEASERS) or listing.share < needed:
        return ""
    if (not listing.linked_rows and not listing.first_is_a_row) or _tells_its_story(page):
        return ""
    return f"listing: {len(listing.foreign)} teasers make {listing.share:.0%} of its text"


def _tells_its_story(page: Signs) -> bool:
    """Whether the rows stand beside an article: lines of the page's own speak of its headline."""
    own = [block for block in page.listing.kept if not page.listing.is_foreign(block)]
    headline = page.page.headline
    if headline is not None and any(row.head is headline for row in page.listing.rows):
        return False
    enough = len(page.topic.title) > NAME_STEMS and sum(block.words for block in own) >= FULL_TEXT
    return enough and page.topic.spoken_by(own) >= OWN_STORY


def _directory(page: Signs) -> str:
    """A list of other sites with a line for each."""
    listing = page.listing
    own = page.words - sum(block.words for block in listing.kept if listing.leads_away(block))
    if listing.sites < DIRECTORY or listing.sites * 2 < listing.links or own >= FULL_TEXT:
        return ""
    return f"link directory: {listing.sites} other sites in {listing.links} lines of links"


def _ticker(page: Signs) -> str:
    """Lines of news between lines of dashes, under no title."""
    rules = page.listing.rules
    if rules < RULES or (page.said.title and not page.names_a_page):
        return ""
    return f"listing: {rules} lines of dashes between its lines, and no title"


def _has_a_word_for_it(page: Signs) -> bool:
    """Whether something besides the text says that the page is an article."""
    return page.said.og_type == "article" or page.fits_pattern


def _is_named(page: Signs) -> bool:
    """Whether the title is as short as a page's name, and only the text can say what the page is."""
    return len(page.topic.title) <= NAME_STEMS and not _has_a_word_for_it(page)


def _strangers(page: Signs) -> str:
    """Lines like headlines, and next to none of the lines speaks of the title."""
    topic, named = page.topic, _is_named(page)
    least = (2 if named else 4) * TEASERS
    if len(topic.lines) < least or topic.headline_share < ROW_SHARE:
        return ""
    if topic.spoken > (STRANGE if named else SURELY_STRANGE):
        return ""
    if not named and topic.headline_share_of_text < ROW_SHARE:
        return ""  # paragraphs under a headline whose words they use in other forms
    spoken = f"{topic.spoken:.0%} of its lines speak of its title"
    return f"listing: {len(topic.headlines)} lines like headlines, {spoken}"


def _captions(page: Signs) -> str:
    """Pictures with a line each, which do not speak of the title."""
    captions = page.listing.captions
    words = sum(block.words for block in captions)
    if len(captions) < CAPTIONS or words < ALL_CAPTIONS * page.words or page.topic.spoken > STRANGE:
        return ""
    return f"gallery: {len(captions)} captions make its text"
