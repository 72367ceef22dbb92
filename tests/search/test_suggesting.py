"""Words that may have been meant: for absent and for rare words, never for common ones."""

import pytest

from newscrawl.search import open_index
from tests.search.world import archive, row

ROWS = [
    *(row(day, "الحكومة", "اجتمعت الحكومة أمس.") for day in range(1, 26)),
    row(26, "خطأ", "قالت الحكوكة إنها راضية."),
    row(27, "بحر", "نحو البحر"), row(28, "نحر", "النحر"), row(29, "نحر", "النحر"),
]  # fmt: skip


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    return open_index(archive(tmp_path_factory.mktemp("suggesting") / "a.db", ROWS))


@pytest.mark.parametrize(
    ("query", "suggested"),
    [
        ("الحكومه", {}), ("الحكوكة", {"حكوكه": "حكومه"}), ("الحكزمة اجتمعت", {"حكزمه": "حكومه"}),
        ("بحر", {}), ("محر", {"محر": "نحر"}), ('"حكزمة"', {}), ("حكزم*", {}), ("لا", {}), ("نحر5", {}),
    ],
)  # fmt: skip
def test_suggests(index, query, suggested):
    assert index.suggest(query) == suggested
