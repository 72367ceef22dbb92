"""A page as extraction sees it: bytes in, one read-only `Page` out.

`parse` decodes and parses the bytes once, `read_page` walks the tree once. After that nobody walks the tree:

* `Page.said`: what the page states to machines (`Statements`: JSON-LD, meta tags, links, `<title>`).
* `Page.blocks`: every line of text in the page's order (`Block`): its text, words, share of linked words,
  heading level, pieces (`Span`, each with the inline element that it stands in).
* `Page.nodes`: every element of the page's body in order (`Node`), each with its parent, its class words as
  roles (`roles.toml`) and the blocks that it holds, `page.blocks_of(node)`. `page.tagged("time", "img")`
  gives the nodes of some tags; attributes are `node.get("datetime")`.
* `Page.run`: the best run of text, told from structure alone; `Page.headline`: the block that shows the
  headline, once `newscrawl.extraction.headline` has found it. What holds one of the two is never furniture:
  ask `page.roles(block)` and `page.furniture(block)`, which know that.
"""

from newscrawl.page.model import Block, Node, Page, Span
from newscrawl.page.parse import Source, parse
from newscrawl.page.roles import furniture_of
from newscrawl.page.statements import Statements
from newscrawl.page.walk import read_page

__all__ = ["Block", "Node", "Page", "Source", "Span", "Statements", "furniture_of", "parse", "read_page"]
