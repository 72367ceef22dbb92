"""The commonest words of Arabic: those of the written language, and those that tell a dialect.

Sources: Lucene's Arabic stop-word list for the written language; the words of the dialects were put together
by hand. Only words that are frequent in Arabic and rare in the other languages of the script are kept (see
`newscrawl.arabic.neighbours`).
"""

from __future__ import annotations

ARABIC = frozenset(
    "في من على إلى الى عن أن ان التي الذي الذين هذا هذه ذلك تلك كما بعد قبل بين خلال قال وقال وأضاف كان كانت "
    "لا ما لم لن قد أو او ثم حتى منذ عند مع هو هي وفي ومن وعلى إن وأن الى حيث كل غير عبر ضد يوم "
    "اليوم وكان".split()
)

DIALECTS = frozenset(
    # Egypt and Sudan
    "مش اللي كده كدا عشان علشان إيه ايه كمان زي دلوقتي النهارده إمبارح ازاي فين ليه حاجة لسه احنا إحنا "
    "انا أنا يعني برضه بتاع بتاعة شنو زول ليها فيها دايرين هسع داك ديل بيقول بقى "
    # the Levant
    "شو هيك هاد هاي هدول كتير منشان عم رح بدي بدنا بدو وين ليش هلق هلأ لسا مافي إنو انو عنا عندن مو "
    # Iraq and the Gulf
    "هسه شلون اكو ماكو آني احنه هاي هذوله مال وياه ويا حيل وايد شفيك ليش الحين أبي ابي يبي نبي عقب چان "
    # the Maghreb
    "واش بزاف ديال ديالي ديالو ديالهم باش برشا توا كيفاش علاش شحال دابا راه راهم هاد حنا احنا كيما تاع "
    "نتاع هذاك فما موش ياسر متاع متاعنا".split()
)
"""Words of the dialects that the written language lacks; every one of them is Arabic."""
