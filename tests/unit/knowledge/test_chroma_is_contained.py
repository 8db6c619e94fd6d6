"""Conditions under which Chroma is used although its server has open advisories."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
HOME = "knowledge/search/vectors/chroma.py"
SERVER = {"HttpClient", "AsyncHttpClient", "CloudClient", "AdminClient"}
COLLECTION_CALLS = {"create_collection", "get_collection", "get_or_create_collection"}


def sources() -> Iterator[tuple[str, ast.Module]]:
    for package in ("assistant", "eval", "ingest", "knowledge"):
        for path in sorted((ROOT / package).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text("utf-8"))


def imported(tree: ast.AST) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def called(call: ast.Call) -> str:
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def home() -> ast.Module:
    return dict(sources())[HOME]


def test_one_module_imports_chroma() -> None:
    users = {
        name
        for name, tree in sources()
        if any(
            module.split(".")[0] in {"chromadb", "langchain_chroma"} for module in imported(tree)
        )
    }
    # The pipeline that the product is compared with in benchmarks is made of the same parts.
    assert users - {"eval/benchmarks/twenty_lines.py"} == {HOME}


def test_nothing_uses_the_server_or_a_client_of_it() -> None:
    for name, tree in sources():
        assert not any(module.startswith("chromadb.server") for module in imported(tree)), name
        names = {n.attr for n in ast.walk(tree) if isinstance(n, ast.Attribute)}
        names |= {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
        names |= {module.rsplit(".", 1)[-1] for module in imported(tree)}
        assert not names & SERVER, name


def test_nothing_runs_the_chroma_command() -> None:
    for name, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.List | ast.Tuple) and node.elts:
                first = node.elts[0]
                command = first.value if isinstance(first, ast.Constant) else None
                assert command != "chroma", name


def test_collections_are_made_and_opened_without_an_embedding_function() -> None:
    found = [call for call in calls(home()) if called(call) in COLLECTION_CALLS]
    assert {called(call) for call in found} == {"create_collection", "get_collection"}
    for call in found:
        given = {word.arg: word.value for word in call.keywords}
        value = given["embedding_function"]
        assert isinstance(value, ast.Constant)
        assert value.value is None


def test_the_name_of_the_collection_is_a_constant() -> None:
    for call in calls(home()):
        if called(call) in COLLECTION_CALLS:
            assert isinstance(call.args[0], ast.Name)
            assert call.args[0].id == "COLLECTION"


def test_nothing_is_filtered_by_chroma() -> None:
    for call in calls(home()):
        assert not {word.arg for word in call.keywords} & {"where", "where_document"}


def test_telemetry_is_off() -> None:
    given = {
        word.arg: word.value
        for call in calls(home())
        if called(call) == "Settings"
        for word in call.keywords
    }
    assert isinstance(given["anonymized_telemetry"], ast.Constant)
    assert given["anonymized_telemetry"].value is False


def test_chroma_is_not_loaded_with_the_module() -> None:
    for node in home().body:
        if isinstance(node, ast.If):
            continue  # For type checkers only.
        assert not any(
            module.startswith("chromadb") for module in imported(node) if not _inside(node)
        )


def _inside(node: ast.stmt) -> bool:
    return isinstance(node, ast.FunctionDef | ast.ClassDef)
