"""Query parameters that say how a reader came to a page, never which page it is."""

from __future__ import annotations

# The makers' own documentation of their link tagging, and the public lists of tracking parameters
# by AdGuard and ClearURLs; one line per maker. All lower case: names are compared without case.
TRACKING_PARAMETERS = frozenset(
    """
    gclid gclsrc dclid gbraid wbraid gad_source gad_campaignid srsltid _ga _gl
    fbclid fb_action_ids fb_action_types fb_source fb_ref fb_comment_id mibextid igshid igsh
    msclkid
    twclid ref_src ref_url tw_source tw_campaign
    ttclid li_fat_id rdt_cid scclid sccid epik
    yclid ymclid ysclid _openstat
    mc_cid mc_eid mkt_tok ml_subscriber ml_subscriber_hash vero_id vero_conv oly_anon_id oly_enc_id
    _hsenc _hsmi __hssc __hstc __hsfp hsctatracking _kx wickedid
    s_cid s_kwcid ef_id icid cmpid cmp ocid ns_mchannel ns_source ns_campaign ns_linkname ns_fee
    at_medium at_campaign at_custom1 at_custom2 at_custom3 at_custom4 at_link_id at_link_origin
    at_link_type at_ptr_name at_bbc_team at_format xtor
    tblci dicbo oborigurl ob_click_id guccounter guce_referrer guce_referrer_sig
    __twitter_impression amp_js_v amp_gsa usqp
    """.split()
)
TRACKING_PREFIXES = ("utm_", "mtm_", "pk_", "piwik_", "matomo_", "hsa_", "wt.", "itm_", "stm_")

# Names that mostly label where a link stood (`ref=rss`, `src=fb_post`) but carry an id on some
# sites: dropped only when the value has no digit, and never where the query is the article.
LABEL_PARAMETERS = frozenset("ref referrer referer src source from via share shared".split())

# AMP and print forms of a page that is told apart by its query alone, as (name, values).
# `ot` is Polopoly's (Al Bayan, Emarat Al Youm), `outputtype` is Arc's (Le360).
AMP_PARAMETERS = {
    "amp": frozenset({"", "1", "true", "amp"}),
    "outputtype": frozenset({"amp", "valid-amp"}),
    "ot": frozenset({"ot.amppagelayout"}),
}


def is_tracking(name: str, value: str, *, keep_query: bool) -> bool:
    """Whether a parameter (decoded) can go without another page being meant.

    >>> is_tracking("utm_source", "rssFeed", keep_query=True), is_tracking("id", "7", keep_query=False)
    (True, False)
    >>> is_tracking("ref", "rss", keep_query=False), is_tracking("ref", "48213", keep_query=False)
    (True, False)
    """
    name, value = name.lower(), value.lower()
    if name in TRACKING_PARAMETERS or name.startswith(TRACKING_PREFIXES):
        return True
    if keep_query:
        return False
    if name in LABEL_PARAMETERS:
        return not any(char.isdigit() for char in value)
    return value in AMP_PARAMETERS.get(name, ())
