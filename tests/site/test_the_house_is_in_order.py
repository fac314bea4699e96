"""Rules about the code itself: who may know whom, how long things are, and what they are called."""

from __future__ import annotations

import ast
import re

import pytest

from tests.site.source import ROOT, Source, lines_of, sources

# Each may import what stands before it. Those in one line do not import each other.
ORDER = (
    {"accounts", "audit", "spotting"},
    {"jobs", "reuse"},
    {"similarity"},
    {"sources"},
    {"articles", "claimreviews"},
    {"tickets"},
    {"matching", "origins", "evidence"},
    {"grading"},
    {"publishing"},
    {"reports", "insights", "search"},
    {"api"},
    {"demo"},
)
# Who is signed in is asked by every page, and people are named in every log: these two stand beside the kernel.
LIKE_THE_KERNEL = ("verify.accounts.sessions", "verify.accounts.models", "verify.audit")
BANNED = {"item", "object", "entity", "data", "info", "manager", "handler", "helper", "util", "utils", "misc"}
ALLOWED = {
    "data": "what WTForms calls the content of a field",
    "data_dir": "the folder of the setting VERIFY_DATA",
    "login_manager": "what Flask-Login calls itself",
    "_TAKES_OBJECT": "the grammatical object of a verb",
    "_NO_OBJECT": "the same",
}
LONGEST_FILE, LONGEST_FUNCTION, LONGEST_VIEW = 300, 40, 15
PURE = {"spotting", "reuse", "similarity"}
WEB = re.compile(r"^(flask|werkzeug|flask_\w+)(\.|$)")
DATABASE = re.compile(r"^(sqlalchemy|alembic|verify\.db)(\.|$)")


def rank(package: str) -> int:
    return next(number for number, packages in enumerate(ORDER) if package in packages)


def decorated(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    names = set()
    for decorator in function.decorator_list:
        call = decorator.func if isinstance(decorator, ast.Call) else decorator
        names.add(call.attr if isinstance(call, ast.Attribute) else getattr(call, "id", ""))
    return names


def is_view(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return bool(decorated(function) & {"requires", "public"})


def identifiers(source: Source) -> set[str]:
    """The names that this file gives: functions, classes, parameters and variables."""
    names = set()
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
    return names


def words(identifier: str) -> set[str]:
    """The words of an identifier, in lower case: TicketItem and ticket_items both hold “item”."""
    parts = re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", identifier)
    return {part.lower() for part in parts} | {part.lower().removesuffix("s") for part in parts}


@pytest.mark.parametrize("source", [one for one in sources() if one.package], ids=lambda one: one.name)
def test_a_package_knows_only_those_before_it(source: Source) -> None:
    mine = rank(source.package)
    for module in source.imports():
        if not module.startswith("verify.") or module.startswith(LIKE_THE_KERNEL):
            continue
        other = module.split(".")[1]
        if other == source.package or not (ROOT / "verify" / other).is_dir():
            continue
        assert rank(other) < mine, f"{source.name} imports {module}, which comes later or stands beside it"


@pytest.mark.parametrize("source", [one for one in sources() if not one.package], ids=lambda one: one.name)
def test_the_kernel_knows_no_package_while_it_is_imported(source: Source) -> None:
    if source.name in {"verify/models.py", "verify/server.py", "verify/cli.py"}:
        return  # tables of contents
    for node in source.tree.body:
        module = node.module if isinstance(node, ast.ImportFrom) else ""
        package = (module or "").split(".")[1:2]
        assert not (package and (ROOT / "verify" / package[0]).is_dir()), f"{source.name} imports {module}"


def test_workflow_and_spotting_are_pure() -> None:
    for source in sources():
        if source.path.name == "workflow.py" or source.package in PURE:
            if source.path.name in {"commands.py", "__init__.py"}:
                continue
            used = [name for name in source.imports() if WEB.match(name) or DATABASE.match(name)]
            assert not used, f"{source.name} is pure and imports {used}"


def test_one_module_alone_opens_connections() -> None:
    """The server listens, and the worker asks for this machine's name: neither connects to another."""
    outwards = re.compile(
        r"^(http\.client|urllib\.(request|robotparser|error)|socket|ssl|ftplib|smtplib|telnetlib|xmlrpc|asyncio|aiohttp|"
        r"requests|httpx|urllib3|pycurl)(\.|$)"
    )
    listening = {"verify/server.py": {"socket"}, "verify/jobs/worker.py": {"socket"}}
    for source in sources():
        used = {name for name in source.imports() if outwards.match(name)} - listening.get(source.name, set())
        assert not used or source.name == "verify/fetch.py", f"{source.name} imports {used}"


def test_actions_and_lookups_never_see_a_request() -> None:
    for source in sources():
        if source.path.name.endswith(("actions.py", "lookups.py")):
            seen = {
                name for name in source.imports() if name in {"flask.request", "flask.session", "flask.g"}
            }
            assert not seen, f"{source.name} imports {seen}"


def test_only_views_commands_and_the_kernel_commit() -> None:
    for source in sources():
        if source.path.name.endswith(("actions.py", "lookups.py")):
            commits = [
                node.lineno
                for node in ast.walk(source.tree)
                if isinstance(node, ast.Attribute) and node.attr == "commit"
            ]
            assert not commits, f"{source.name} commits in lines {commits}"


def test_views_hold_no_select() -> None:
    for source in sources():
        if source.path.name.endswith("views.py"):
            used = {
                name
                for name in source.imports()
                if DATABASE.match(name) and "select" in name.rsplit(".", 1)[-1]
            }
            assert not used, f"{source.name} selects for itself"


@pytest.mark.parametrize("folder", ["verify", "tests", "migrations", ".ci"])
def test_a_file_is_read_in_one_sitting(folder: str) -> None:
    history = {
        f"migrations/versions/{name}" for name in ("0001_first_tables.py", "0002_guards.py")
    }  # generated lists
    long = {source.name: source.length for source in sources(folder) if source.length > LONGEST_FILE}
    assert not {name: length for name, length in long.items() if name not in history}


@pytest.mark.parametrize("folder", ["verify", "tests", ".ci"])
def test_a_function_fits_on_a_page(folder: str) -> None:
    long = {
        f"{source.name}:{function.lineno} {function.name}": lines_of(function)
        for source in sources(folder)
        for function in source.functions()
        if lines_of(function) > LONGEST_FUNCTION and function.name != "create_app"
    }
    assert not long


def test_a_view_fetches_validates_acts_and_leads_on() -> None:
    long = {
        f"{source.name}:{function.lineno} {function.name}": lines_of(function)
        for source in sources()
        for function in source.functions()
        if is_view(function) and lines_of(function) > LONGEST_VIEW
    }
    assert not long


def test_the_factory_is_a_table_of_contents() -> None:
    factory = next(source for source in sources() if source.name == "verify/__init__.py")
    assert all(lines_of(function) <= 60 for function in factory.functions())


@pytest.mark.parametrize("source", sources(), ids=lambda one: one.name)
def test_names_say_what_a_thing_is(source: Source) -> None:
    vague = {name for name in identifiers(source) if name not in ALLOWED and words(name) & BANNED}
    assert not vague, f"{source.name} names {sorted(vague)}"


def test_nothing_is_left_for_later() -> None:
    marks = re.compile(r"\b(TODO|FIXME|HACK)\b|XXX:")
    this = "tests/site/test_the_house_is_in_order.py"
    found = [
        one.name
        for folder in ("verify", "tests", "migrations", "templates", "static/css", "static/js")
        for one in (Source(path, ast.Module([], [])) for path in sorted((ROOT / folder).rglob("*.*")))
        if one.path.suffix in {".py", ".html", ".css", ".js", ".typ"}
        and one.name != this
        and marks.search(one.path.read_text(encoding="utf-8"))
    ]
    assert not found


def test_a_suppression_gives_its_reason() -> None:
    mark = re.compile(r"#\s*(noqa|type: ignore|nosec|pragma: no cover)(?P<rest>.*)$")
    bare = []
    for folder in ("verify", "tests", "migrations"):
        for source in sources(folder):
            for number, line in enumerate(source.path.read_text(encoding="utf-8").splitlines(), 1):
                found = mark.search(line)
                if found and "#" not in found["rest"] and "mark = re" not in line:
                    bare.append(f"{source.name}:{number}")
    assert not bare


def test_every_public_function_of_the_desk_says_what_it_is_for() -> None:
    silent = [
        f"{source.name}:{function.lineno} {function.name}"
        for source in sources()
        for function in source.functions()
        if not function.name.startswith("_")
        and not is_view(function)
        and not ast.get_docstring(function)
        and function in source.tree.body
    ]
    assert not silent
