"""qingdan (清单): Chinese diplomatic outcome lists as data.

    >>> import qingdan
    >>> document = qingdan.parse("samples/sed7-2015.txt")
    >>> document.items[0].topic
    '高层交往'
    >>> qingdan.find("双方将于2015年9月前完成", kinds=["dates"]).dates[0].edtf
    '../2015-09'

``parse`` one list, ``find`` the mentions of any text, ``check`` what to look at, ``write`` documents to a folder and
``read`` them back, ``compare`` two lists, ``trace`` a series through its rounds. Nothing is imported until it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qingdan.comparing.compare import compare
    from qingdan.comparing.history import Fate, Thread, Trace
    from qingdan.comparing.model import Change, Comparison, Pair
    from qingdan.comparing.trace import trace
    from qingdan.model import (
        Agency,
        Block,
        Chrome,
        Commitment,
        Date,
        Document,
        Event,
        Issue,
        Item,
        Mentions,
        Metadata,
        Period,
        QingdanError,
        Quantity,
        Section,
        Source,
        SourcePage,
        Span,
    )
    from qingdan.pipeline import find_mentions as find
    from qingdan.pipeline import parse
    from qingdan.verdicts import Verdict, check
    from qingdan.writing.folder import read, write

__version__ = "0.1.0"

_HOMES = {"parse": ("qingdan.pipeline", "parse"), "find": ("qingdan.pipeline", "find_mentions")} | {
    name: ("qingdan.writing.folder", name) for name in ("read", "write")
}
_HOMES |= {name: ("qingdan.verdicts", name) for name in ("Verdict", "check")}
_HOMES |= {"compare": ("qingdan.comparing.compare", "compare")}
_HOMES |= {name: ("qingdan.comparing.model", name) for name in ("Change", "Comparison", "Pair")}
_HOMES |= {"trace": ("qingdan.comparing.trace", "trace")}
_HOMES |= {name: ("qingdan.comparing.history", name) for name in ("Fate", "Thread", "Trace")}
_NOUNS = (
    "Agency", "Block", "Chrome", "Commitment", "Date", "Document", "Event", "Issue", "Item", "Mentions", "Metadata", "Period",
    "QingdanError", "Quantity", "Section", "Source", "SourcePage", "Span",
)  # fmt: skip
_HOMES |= {name: ("qingdan.model", name) for name in _NOUNS}

__all__ = [
    "Agency", "Block", "Change", "Chrome", "Commitment", "Comparison", "Date", "Document", "Event", "Fate", "Issue", "Item", "Mentions",
    "Metadata", "Pair", "Period", "QingdanError", "Quantity", "Section", "Source", "SourcePage", "Span", "Thread", "Trace", "Verdict",
    "check", "compare", "find", "parse", "read", "trace", "write",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """A public name at its first use (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module 'qingdan' has no attribute {name!r}")
    from importlib import import_module

    module, attribute = _HOMES[name]
    value = getattr(import_module(module), attribute)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
