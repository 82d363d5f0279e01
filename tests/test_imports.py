"""Imports: one direction, no cycles, and nothing heavy before it is needed."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path
from typing import NamedTuple

import pytest

import qingdan

PACKAGE = Path(qingdan.__file__).parent
LAYERS = (
    "model", "numerals", "reading", "splitting", "finding", "vocabulary", "checking", "pipeline", "expectations", "verdicts",
    "promises", "comparing",
    "writing", "streams", "console", "inputs", "batch", "options", "vocabulary_commands",
    "comparing_commands", "trace_command", "commitment_commands", "cli",
)  # fmt: skip
FREE = {"data", "model"}  # anyone may import these


class Import(NamedTuple):
    """An import of a module of the package; ``late`` inside a function."""

    module: str
    target: str
    late: bool


def modules() -> dict[str, Path]:
    names = {}
    for file in PACKAGE.rglob("*.py"):
        parts = file.relative_to(PACKAGE).with_suffix("").parts
        names[".".join(("qingdan", *(part for part in parts if part != "__init__")))] = file
    return names


def for_checkers_only(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def imported(node: ast.AST, known: set[str], late: bool = False) -> Iterator[tuple[str, bool]]:
    """The package's modules that a syntax tree imports, and whether inside a function."""
    for child in ast.iter_child_nodes(node):
        if for_checkers_only(child):
            continue
        if isinstance(child, ast.ImportFrom) and (child.module or "").split(".")[0] == "qingdan":
            for name in child.names:
                whole = f"{child.module}.{name.name}"
                yield (whole if whole in known else child.module or ""), late
        elif isinstance(child, ast.Import):
            yield from ((name.name, late) for name in child.names if name.name.split(".")[0] == "qingdan")
        else:
            yield from imported(child, known, late or isinstance(child, ast.FunctionDef))


def imports() -> list[Import]:
    known = modules()
    return [
        Import(module, target, late)
        for module, file in known.items()
        for target, late in imported(ast.parse(file.read_text(encoding="utf-8")), set(known))
    ]


def layer(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def test_every_module_is_in_a_layer() -> None:
    assert {layer(module) for module in modules()} - {""} == {*LAYERS, "data"}


def test_imports_go_one_way() -> None:
    """The only way back: Document.table makes DataFrames, with an import inside it."""
    wrong = [
        found for found in imports()
        if (own := layer(found.module)) in LAYERS and (other := layer(found.target)) in LAYERS and other not in FREE
        and LAYERS.index(other) > LAYERS.index(own)
        and not (found.module == "qingdan.model" and found.late and other == "writing")
    ]  # fmt: skip
    assert wrong == []


def test_the_data_import_nothing() -> None:
    assert [found for found in imports() if layer(found.module) == "data"] == []


def test_the_package_itself_imports_nothing_of_its_own() -> None:
    assert [found for found in imports() if found.module == "qingdan" and not found.late] == []


def test_no_module_needs_itself() -> None:
    graph: dict[str, set[str]] = {module: set() for module in modules()}
    for found in imports():
        if not found.late and found.target != "qingdan":
            graph[found.module].add(found.target)
    assert list(TopologicalSorter(graph).static_order())


@pytest.mark.parametrize("module", sorted(modules()))
def test_a_module_says_what_it_is_for(module: str) -> None:
    tree = ast.parse(modules()[module].read_text(encoding="utf-8"))
    assert ast.get_docstring(tree) or not tree.body, "only an empty module needs no docstring"


def loaded(code: str) -> set[str]:
    """The top-level modules that a fresh interpreter has after running code; what it prints goes nowhere."""
    script = f"import sys\n{code}\nprint(*{{name.split('.')[0] for name in sys.modules}}, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, timeout=60)
    return set(done.stderr.decode().split())


def test_importing_qingdan_imports_nothing_heavy() -> None:
    assert "qingdan" in loaded("import qingdan")
    assert loaded("import qingdan") & {"msgspec", "regex", "pandas", "numpy", "jieba", "typer", "rich", "daachorse", "csv", "json"} == set()


def test_parsing_to_json_touches_no_tables(sample_path: Path) -> None:
    code = f"""
sys.argv = ["qingdan", "parse", {str(sample_path)!r}, "--to", "json"]
from qingdan.cli import main
try:
    main()
except SystemExit as stop:
    assert not stop.code"""
    used = loaded(code)
    assert {"jieba", "daachorse", "msgspec"} <= used
    assert used & {"pandas", "numpy", "scipy", "pyarrow", "csv_files", "sklearn"} == set()


@pytest.mark.parametrize("words", [["--version"], ["schema"]])
def test_small_commands_leave_the_lexicon_alone(words: list[str]) -> None:
    code = f"""
sys.argv = ["qingdan", *{words!r}]
from qingdan.cli import main
try:
    main()
except SystemExit as stop:
    assert not stop.code"""
    assert loaded(code) & {"jieba", "daachorse", "pandas"} == set()
