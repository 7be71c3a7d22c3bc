"""The two things pyproject.toml cannot say: which folders are packages, and what may be compiled.

* `grammars/` and `examples/` live at the top of the checkout and are installed inside the package.
  Not so in an editable install, where they are found beside it: then one line in a `.pth` file is
  all that is needed, and no import hook slows every start of Python down.
* Every `conclang/**/X.pxd` beside an `X.py` makes `X` an optional extension module. Without a C
  compiler (or without Cython) the installation still succeeds and the same `.py` files run as they
  are, only slower.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from setuptools import Extension, find_namespace_packages, setup

ROOT = Path(__file__).parent
DATA = "pxd typed lark cl json table yaml md js css html svg"
OUTSIDE = {"conclang.grammars": "grammars", "conclang.examples": "examples"}
EDITABLE = any("editable" in argument or argument == "develop" for argument in sys.argv)


def packages() -> list[str]:
    """All folders under conclang/, with or without code, and those mapped in from outside."""
    inside = find_namespace_packages(str(ROOT), include=["conclang", "conclang.*"])
    return [name for name in inside if "__pycache__" not in name] + list(mapped())


def mapped() -> dict[str, str]:
    """The packages that live elsewhere: name and folder."""
    if EDITABLE:
        return {}
    return {name: folder for name, folder in OUTSIDE.items() if (ROOT / folder).is_dir()}


def extensions() -> list[Extension]:
    """The compiled twins of the hot modules; none if Cython is absent or rejects one of them."""
    twins = [pxd.with_suffix(".py") for pxd in sorted(ROOT.glob("conclang/**/*.pxd"))]
    sources = [path.relative_to(ROOT) for path in twins if path.exists()]
    if not sources or os.environ.get("CONCLANG_PURE", "") not in ("", "0"):
        return []
    try:
        from Cython.Build import cythonize
        from Cython.Compiler.Errors import CompileError
    except ImportError:
        print("conclang: no Cython, installing the plain engine", file=sys.stderr)
        return []
    flags = [] if sys.platform == "win32" else ["-O3", "-Wno-unused-function"]
    names = [".".join(path.with_suffix("").parts) for path in sources]
    wanted = [
        Extension(name, [str(path)], extra_compile_args=flags)
        for name, path in zip(names, sources, strict=True)
    ]
    directives = {"language_level": "3", "embedsignature": False}
    try:
        made = list(cythonize(wanted, build_dir="build/cython", compiler_directives=directives))
    except CompileError as error:
        if os.environ.get("CONCLANG_BUILD_STRICT"):
            raise
        print(f"conclang: {error}\nconclang: installing the plain engine", file=sys.stderr)
        return []
    for extension in made:
        extension.optional = True  # a failing compiler is reported and the .py is used
    return made


setup(
    packages=packages(),
    package_dir={"": ".", **mapped()},
    package_data={
        "": [f"*.{kind}" for kind in DATA.split()],
        "conclang.examples": ["**/*.cl", "**/*.yaml", "**/*.md"],
    },
    ext_modules=extensions(),
)
