"""Pages that are no articles, made of real headlines: most are refused, and no article beside them."""

import pytest

from bench.evaluate import listings
from bench.evaluate.floors import below


def test_forms_of_every_kind_are_for_tuning_and_for_judging():
    forms = listings.forms()
    kinds = {form.kind for form in forms}
    assert {(form.kind, form.half) for form in forms} == {
        (kind, half) for kind in kinds for half in ("tuning", "judging")
    }
    assert len({(form.kind, form.name) for form in forms}) == len(forms)


def test_made_listings_are_refused():
    measured = listings.report(1, articles=False)
    if not measured:
        pytest.skip("../shared/corpus is absent")
    assert below({"listings": measured}) == []


@pytest.mark.evaluation
def test_no_article_is_refused_for_its_kind():
    measured = listings.report(1)
    if not measured:
        pytest.skip("../shared/corpus is absent")
    assert below({"listings": measured}) == []
