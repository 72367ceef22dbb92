from hypothesis import given
from hypothesis import strategies as st

from newscrawl.dedupe.changes import changes, count

WORD = st.sampled_from("قال الوزير أمس اليوم في القاهرة إن الخطة".split())
TEXT = st.lists(WORD, max_size=30).map(" ".join)


@given(TEXT, TEXT)
def test_both_texts_can_be_read_from_their_changes(before, now):
    found = changes(before, now)
    assert [word for one in found if one.kind != "added" for word in one.words] == before.split()
    assert [word for one in found if one.kind != "cut" for word in one.words] == now.split()
    assert count(found, "same") + count(found, "added") == len(now.split())


def test_the_same_text_has_no_change():
    assert [one.kind for one in changes("قال  الوزير\n\nأمس", "قال الوزير أمس")] == ["same"]


def test_a_word_often_said_is_no_reason_to_give_up():
    often = " ".join(["في"] * 300)
    found = changes(f"{often} الصباح {often}", f"{often} المساء {often}")
    assert [(one.kind, len(one.words)) for one in found] == [
        ("same", 300),
        ("cut", 1),
        ("added", 1),
        ("same", 300),
    ]
