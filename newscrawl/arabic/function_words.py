"""The commonest words of Arabic and of the other languages written in its script.

Sources: the stop-word lists of Lucene (ar, fa) and of the Universal Dependencies treebanks of Urdu and
Sorani; only words that are frequent in one of the languages and rare in the others are kept.
"""

from __future__ import annotations

ARABIC = frozenset(
    "في من على إلى الى عن أن ان التي الذي الذين هذا هذه ذلك تلك كما بعد قبل بين خلال قال وقال وأضاف كان كانت "
    "لا ما لم لن قد أو او ثم حتى منذ عند مع هو هي وفي ومن وعلى إن وأن الى حيث كل غير عبر ضد يوم "
    "اليوم وكان".split()
)
PERSIAN = frozenset(
    "است که این را از به با برای های می شود شد کرد کرده شده خود یک آن نیز ها باید گفت اند هم تا "
    "بود دارد یا".split()
)
URDU = frozenset("ہے ہیں کی کے کا میں نے سے کو اور پر یہ کہ بھی تھا تھی گیا جو وہ اس ان ایک".split())
SORANI = frozenset("لە بۆ کە بە ئەو ئەم لەو لەم دەکات کرد هەیە بوو لەسەر نێوان دوای ڕۆژی هەروەها".split())

OTHERS = {"fa": PERSIAN, "ur": URDU, "ckb": SORANI}
