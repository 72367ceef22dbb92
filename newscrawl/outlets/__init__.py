"""The registry of news outlets: one TOML file each in `data/`, their model and their loader.

Names are imported when first used, so that asking for a registered domain does not cost pydantic.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newscrawl.outlets.domains import registered_domain
    from newscrawl.outlets.model import CanonicalRules, Outlet
    from newscrawl.outlets.registry import (
        OutletError,
        OutletIndex,
        extra_dir_from_environment,
        load_outlets,
        outlet_ids,
        outlets_from_environment,
    )

__all__ = [
    "CanonicalRules",
    "Outlet",
    "OutletError",
    "OutletIndex",
    "extra_dir_from_environment",
    "load_outlets",
    "outlet_ids",
    "outlets_from_environment",
    "registered_domain",
]

_HOMES = {
    "CanonicalRules": "model",
    "Outlet": "model",
    "OutletIndex": "registry",
    "registered_domain": "domains",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES.get(name, 'registry')}"), name)
