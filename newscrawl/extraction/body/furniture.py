"""What stands in a page's text and is built otherwise than text: boxes with form fields, captions by name."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from newscrawl.extraction.body.glance import glance

_PAGE_FORM = 1000
"""Characters of a form that holds the whole page, as ASP.NET makes them."""
_BOX = 300
"""Characters that a newsletter box, poll or search form has at most."""
_CAPTION_WORDS = 40
_CAPTION = re.compile(
    r"(?:^|[\s_-])(?:tr-caption|wp-caption-text|(?:image|img|photo|picture|media|figure)[_-]?"
    r"(?:caption|credit|desc|description|title)|caption(?:-text)?|caption_text|photo-?by|photographer)(?:$|[\s_-])",
    re.IGNORECASE,
)
_ROOTS = frozenset({"html", "body", "main", "article"})


def clear_furniture(root: HtmlElement) -> None:
    """Take form boxes and captions out of the tree, and let a form that holds the page be a plain block."""
    for form in list(root.iter("form")):
        if len(form.text_content()) >= _PAGE_FORM:
            form.tag = "div"
    small: dict[HtmlElement, bool] = {}
    for field in list(root.iter("input", "textarea", "select")):
        if (field.get("type") or "").lower() != "hidden":
            _drop_box(field, small)
    for element in list(root.iter("p", "div", "span", "td", "small", "em", "figcaption", "dd")):
        name = element.get("class")
        if name and _CAPTION.search(name) and len(element.text_content().split()) <= _CAPTION_WORDS:
            _drop(element)


def _drop_box(field: HtmlElement, small: dict[HtmlElement, bool]) -> None:
    """The largest element around a form field that holds little text goes: it is the field's box.

    `small` remembers of the elements around whether they hold little: many fields may stand in one.
    """
    box = None
    for element in field.iterancestors():
        if element not in small:
            small[element] = element.tag not in _ROOTS and len(glance(element, _BOX)) <= _BOX
        if not small[element]:
            break
        box = element
    if box is not None:
        _drop(box)


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()
