"""What is found in each document of ../shared/corpus, beside the approximate number of items of its index."""

from __future__ import annotations

from time import perf_counter

from rich.console import Console
from rich.table import Table
from stages import forget, machine, whole
from texts import corpus, page

from qingdan.pipeline import run
from qingdan.reading.files import read_text

COLUMNS = ("file", "kind", "format chosen", "items", "index says about", "dates", "agencies", "quantities", "issues", "ms")


def main() -> None:
    texts = corpus()
    if not texts:
        print("../shared/corpus is not there: nothing to do")
        return
    whole(page())
    table = Table(*COLUMNS[:3], box=None, pad_edge=False)
    for name in COLUMNS[3:]:
        table.add_column(name, justify="left" if name == "index says about" else "right")
    sums = [0] * 5
    spent = 0.0
    for text in texts:
        forget()
        start = perf_counter()
        document = run(read_text(text.text))
        taken = (perf_counter() - start) * 1000
        spent += taken
        parts = [part for part in (document.title, document.preamble, *document.sections, *document.items) if part]
        mentions = [sum(len(getattr(part, kind)) for part in parts) for kind in ("dates", "agencies", "quantities")]
        counts = [len(document.items), *mentions, len(document.issues)]
        sums = [total + count for total, count in zip(sums, counts, strict=True)]
        items, dates, agencies, quantities, issues = map(str, counts)
        table.add_row(
            text.name, text.kind, document.document.format or "none", items, text.about, dates, agencies, quantities, issues, f"{taken:.1f}"
        )
    items, dates, agencies, quantities, issues = map(str, sums)
    table.add_row("all", "", "", items, "", dates, agencies, quantities, issues, f"{spent:.1f}", style="bold")
    print(f"{machine()}; ms of one run each, tables loaded, caches cleared")
    Console(width=230).print(table)


if __name__ == "__main__":
    main()
