"""Titles in the metadata of office files, which are often no more than what the program put there."""

from __future__ import annotations

import re

_PROGRAM = re.compile(r"(?i)^(?:microsoft (?:word|powerpoint|office word)|wps (?:office|文字))\s{0,3}[-–—]\s{0,3}")
_SUFFIX = re.compile(r"(?i)\.(?:docx?|wps|pdf|rtf|txt|html?|indd|pptx?|xlsx?)$")
_NO_TITLE = re.compile(
    r"(?i)^(?:无标题|未命名|无题|文档|新建|标题|untitled|document|doc|幻灯片|powerpoint (?:presentation|演示文稿)|presentation|title|page|"
    r"about:blank|(?:microsoft )?word(?: document)?|wps)\s{0,3}[-_(]?(?:文档|document|microsoft word 文档)?\s{0,3}[0-9]{0,4}\)?$"
)
_LONGEST = 200


def metadata_title(text: str | None) -> str | None:
    """The title that a metadata field holds, None when it holds a file name's remains or the program's default.

    >>> metadata_title("Microsoft Word - 附件1：成果清单.doc"), metadata_title("文档1"), metadata_title("2015062409.pdf")
    ('附件1：成果清单', None, None)
    """
    words = " ".join((text or "").replace("\0", "").split())
    words = _SUFFIX.sub("", _PROGRAM.sub("", words)).strip()
    if not 2 <= len(words) <= _LONGEST or _NO_TITLE.match(words) or "\ufffd" in words:
        return None
    # A path, a link, a number of the office's own: no words in it.
    return words if re.search(r"[\u3400-\u9fff]{2}|[A-Za-z]{2,40} [A-Za-z]", words) and "://" not in words and "\\" not in words else None
