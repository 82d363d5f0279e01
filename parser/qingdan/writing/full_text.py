"""Full-text search that finds words of any length: the texts of headings and provisions, a character a token.

Chinese has no blanks to find words by, and SQLite's own trigrams find none of two characters (海关). Each character is
its own token here, so any stretch of characters is a phrase of tokens: 海关 is sought as ``"海 关"``. Text is indexed folded,
so half-width and in simplified characters; what is no letter or digit does not count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from qingdan.reading.folding import fold
from qingdan.writing.tables import Row

# The index has no copy of the texts, and its rows are those of ``passages``, which says where each text stands.
CREATE = """
CREATE TABLE passages (row INTEGER PRIMARY KEY, document TEXT NOT NULL REFERENCES documents (id), part TEXT NOT NULL, node TEXT);
CREATE VIRTUAL TABLE passages_fts USING fts5 (heading, text, content='', columnsize=0, tokenize="unicode61 remove_diacritics 0");
CREATE VIEW search AS
  SELECT passages.row, passages.document, passages.part, passages.node, documents.year,
    CASE passages.part WHEN 'item' THEN items.topic WHEN 'section' THEN sections.title ELSE documents.title END AS heading,
    items.body AS text, passages_fts.passages_fts AS words
  FROM passages_fts JOIN passages ON passages.row = passages_fts.rowid JOIN documents ON documents.id = passages.document
  LEFT JOIN sections ON sections.id = passages.node AND passages.part = 'section'
  LEFT JOIN items ON items.id = passages.node AND passages.part = 'item';
"""
INSERT = ("INSERT INTO passages VALUES (?, ?, ?, ?)", "INSERT INTO passages_fts (rowid, heading, text) VALUES (?, ?, ?)")
FINISH = "INSERT INTO passages_fts (passages_fts) VALUES ('optimize')"

# What a reader types, as a query: its characters parted, its words each a phrase, all of which a text must hold.
QUERY = """
WITH RECURSIVE spaced (at, phrase) AS (
  SELECT 0, '"'
  UNION ALL
  SELECT at + 1, phrase || CASE substr(:words, at + 1, 1)
    WHEN ' ' THEN '" "' WHEN '　' THEN '" "' WHEN '"' THEN ' ' ELSE ' ' || substr(:words, at + 1, 1) END
  FROM spaced WHERE at < min(length(:words), 200)
)
SELECT document, year, part, node, heading, text FROM search
WHERE words MATCH (SELECT phrase || '"' FROM spaced ORDER BY at DESC LIMIT 1)
ORDER BY year, row LIMIT 1000
"""

Place = tuple[str, str, str | None]


def passages(tables: Mapping[str, Sequence[Row]]) -> Iterator[tuple[Place, tuple[str, str]]]:
    """What is indexed of a document: where each text stands (document, part, node), and its heading and text as tokens."""
    for row in tables["documents"]:
        yield (str(row["id"] or ""), "title", None), (_tokens(row["title"]), "")
    for row in tables["sections"]:
        yield (str(row["document"] or ""), "section", str(row["id"])), (_tokens(row["title"]), "")
    for row in tables["items"]:
        yield (str(row["document"] or ""), "item", str(row["id"])), (_tokens(row["topic"]), _tokens(row["body"]))


def _tokens(text: object) -> str:
    return " ".join("".join(fold(str(text)).text.split())) if text else ""
