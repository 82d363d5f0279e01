"""A few hundred changed documents: no exception, every character accounted for, spans that quote, one tree, JSON that comes back.

``benchmarks/mutations.py`` runs thousands, real documents among them, and times each.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from invariants import check_json, check_partition, check_spans, check_tree
from msgspec.structs import replace
from mutation_sources import sources
from mutator import BYTES, Mutant, Source, mutate
from text_changes import TEXT

from qingdan.model import Document, QingdanError
from qingdan.pipeline import run
from qingdan.reading.files import documents_in

SEEDS = 400
AT_A_TIME = 20


@pytest.fixture(scope="module")
def originals() -> list[Source]:
    return sources()


def parsed(mutant: Mutant) -> list[Document]:
    """Its documents; none where it was refused in one line."""
    try:
        return [run(document) for document in documents_in(mutant.data, mutant.name, Path(mutant.name).stem)]
    except QingdanError as error:
        assert "\n" not in str(error)
        return []


def check(document: Document) -> None:
    check_partition(document)
    check_spans(document)
    check_tree(document)
    check_json(document)


@pytest.mark.parametrize("first", range(0, SEEDS, AT_A_TIME))
def test_changed_documents(originals: list[Source], first: int) -> None:
    for seed in range(first, first + AT_A_TIME):
        mutant = mutate(originals, seed)
        for document in parsed(mutant):
            check(document)
            if mutant.text is not None and mutant.encoding == "utf-8" and document.document.source.media_type == "text/plain":
                assert document.text == mutant.text.removeprefix("\ufeff"), f"seed {seed}: another text"


def test_unchanged_documents(originals: list[Source]) -> None:
    for source in originals:
        data = source.pack(source.text) if source.pack else source.data or source.text.encode()
        documents = [run(document) for document in documents_in(data, source.name, "document")]
        assert documents, source.name
        for document in documents:
            check(document)


def test_the_same_seed_gives_the_same_bytes(originals: list[Source]) -> None:
    assert [mutate(originals, seed) for seed in range(20)] == [mutate(originals, seed) for seed in range(20)]


def test_every_change_is_made(originals: list[Source]) -> None:
    made = {name for seed in range(SEEDS) for name in mutate(originals, seed).changes}
    assert made == {*TEXT, *BYTES, "splice", "encode"}


def test_the_checks_fail(sample: Document) -> None:
    """What holds of the sample does not hold when one part is off."""
    first, second, *others = sample.items
    wrong = {
        check_partition: {"items": (first, *others)},
        check_spans: {"items": (replace(first, body="甲"), second, *others)},
        check_tree: {"items": (replace(second, id=first.id), first, *others)},
    }
    for one, fields in wrong.items():
        one(sample)
        with pytest.raises(AssertionError):
            one(replace(sample, **fields))
