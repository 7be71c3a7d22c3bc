#!/bin/sh
# Fetch the tools that conclang is measured against.  Nothing here is needed to
# use conclang; a peer that cannot be had is named, and its cells read "absent".
#
#   spin     SPIN, a model checker              (Debian package, needs root)
#   harmony  Harmony, language + model checker  (PyPI, own environment)
#   simso    SimSo, real-time scheduling        (PyPI, own environment: it pins an old SimPy)
#   simpy    SimPy 4, event simulation          (PyPI, own environment)
set -u
here=$(cd "$(dirname "$0")" && pwd)
envs=${CONCLANG_BENCH_ENVS:-$here/.venvs}
python=${PYTHON:-python3}
missing=""

have() { command -v "$1" >/dev/null 2>&1; }

if ! have spin && [ "$(id -u)" = 0 ] && have apt-get; then
    { apt-get update -qq && apt-get install -y -qq spin; } >/dev/null 2>&1
fi
have spin || missing="$missing spin"
have cc || have gcc || missing="$missing gcc"

fetch() { # NAME REQUIREMENT COMMAND-THAT-PROVES-IT
    env=$envs/$1
    [ -x "$env/bin/python" ] || "$python" -m venv "$env" || return 1
    (cd "$env" && PATH="$env/bin:$PATH" sh -c "$3") >/dev/null 2>&1 && return 0
    "$env/bin/python" -m pip install --quiet --disable-pip-version-check "$2" >&2 2>/dev/null
    (cd "$env" && PATH="$env/bin:$PATH" sh -c "$3") >/dev/null 2>&1
}

fetch harmony 'harmony' 'python -c "import harmony_model_checker"' || missing="$missing harmony"
fetch simso 'simso' 'python -c "import simso.core"' || missing="$missing simso"
fetch simpy 'simpy>=4' 'python -c "import simpy; assert simpy.__version__ >= \"4\""' || missing="$missing simpy"

if [ -n "$missing" ]; then
    echo "benchmarks: not to be had here, will be reported as absent:$missing" >&2
else
    echo "benchmarks: all peers are ready" >&2
fi
