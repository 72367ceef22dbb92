"""Names in a query, asked of Elasticsearch: what the embedded index finds."""

import pytest

from tests.search.test_naming import (
    ROWS,
    test_a_name_is_said_to_have_been_asked_for,  # noqa: F401  (run here with this file's index)
    test_by_a_name_that_only_the_archive_has,  # noqa: F401
    test_by_another_name_of_the_gazetteer,  # noqa: F401
    test_in_other_spellings_of_its_words,  # noqa: F401
    test_the_text_itself_counts_more,  # noqa: F401
    test_with_all_words_or_quoted_the_text_must_have_them,  # noqa: F401
)
from tests.servers.search.conftest import filled


@pytest.fixture(scope="module")
def index(cluster):
    return filled(cluster, ROWS)
