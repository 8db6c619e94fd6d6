"""Every module can be the first that a process imports: none needs itself on the way."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ["assistant", "eval", "ingest", "knowledge"]


def _modules() -> dict[str, Path]:
    paths = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    names = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in paths]
    return {name.removesuffix(".__init__"): path for name, path in zip(names, paths, strict=True)}


def _run_on_import(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Statements that importing the module executes; what only type checkers read is not."""
    for statement in body:
        if isinstance(statement, ast.If) and "TYPE_CHECKING" in ast.unparse(statement.test):
            continue
        yield statement
        for field in ("body", "orelse", "finalbody"):
            if not isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
                yield from _run_on_import(getattr(statement, field, []))


def _imported(path: Path) -> Iterator[str]:
    for statement in _run_on_import(ast.parse(path.read_text()).body):
        if isinstance(statement, ast.Import):
            yield from (alias.name for alias in statement.names)
        elif isinstance(statement, ast.ImportFrom) and statement.module:
            yield statement.module
            yield from (f"{statement.module}.{alias.name}" for alias in statement.names)


def _with_parents(name: str) -> Iterator[str]:
    parts = name.split(".")
    yield from (".".join(parts[:end]) for end in range(1, len(parts) + 1))


def test_no_module_needs_itself_to_be_imported() -> None:
    modules = _modules()
    needs = {
        name: {
            needed
            for imported in _imported(path)
            for needed in _with_parents(imported)
            if needed in modules and not f"{name}.".startswith(f"{needed}.")
        }
        for name, path in modules.items()
    }

    order = list(TopologicalSorter(needs).static_order())  # a circle raises, and is named

    assert sorted(order) == sorted(modules)
