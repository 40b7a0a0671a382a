"""``python -m feeds.theatres.build``: the gazetteer and the places of the theatres, from pinned packages."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from dataclasses import astuple
from pathlib import Path

from feeds.theatres.build.gazetteer import World, capitals, read_world
from feeds.theatres.build.overlay import read_overlay
from feeds.theatres.build.packing import pack, sum_line
from feeds.theatres.build.packs import write_packs
from feeds.theatres.build.polygons import shape_files
from feeds.theatres.build.sources import Sources, install
from feeds.theatres.gazetteer import GAZETTEER, SUM, WORDS, Capital


def main(arguments: list[str] | None = None) -> int:
    """Build everything; exit status 1 with ``--check`` when a committed file would change."""
    parser = argparse.ArgumentParser(prog="make gazetteer", description=__doc__)
    parser.add_argument("--node", type=Path, help="folder of npm packages already installed (node_modules)")
    parser.add_argument("--python", type=Path, help="folder of Python packages already installed")
    parser.add_argument("--check", action="store_true", help="say what would change, and change nothing")
    options = parser.parse_args(arguments)
    if options.node and options.python:
        files = built(Sources(options.node, options.python))
    else:
        with tempfile.TemporaryDirectory(prefix="warwatch-gazetteer-") as scratch:
            files = built(install(Path(scratch)))
    changed = [path for path, data in files.items() if not path.is_file() or path.read_bytes() != data]
    for path in changed:
        print(f"{'would change' if options.check else 'written'}: {path}")
        if not options.check:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(files[path])
    print(f"{len(files)} files, {len(changed)} changed")
    return 1 if changed and options.check else 0


def built(sources: Sources) -> dict[Path, bytes]:
    """Every generated file with its bytes, the same on every run."""
    world = read_world(sources, read_overlay())
    found = capitals(world)
    packed = pack(gazetteer_text(world, found))
    words = "\n".join(sorted(word for word in world.namesakes.words if len(word) > 2))
    return {
        GAZETTEER: packed,
        SUM: sum_line(GAZETTEER, packed).encode(),
        WORDS: pack(words),
        **write_packs(world, found),
        **shape_files(sources.maps, sources.country_codes(), found),
    }


def gazetteer_text(world: World, found: list[Capital]) -> str:
    """The gazetteer as JSON, a capital a line, so that two versions can be compared."""
    used = {one.country for one in found}
    countries = {code: name for code, name in sorted(world.countries.items()) if code in used}
    rows = ",\n".join(json.dumps(astuple(one), ensure_ascii=False, separators=(",", ":")) for one in found)
    return f'{{"countries":{json.dumps(countries, ensure_ascii=False)},\n"capitals":[\n{rows}\n]}}\n'


if __name__ == "__main__":
    sys.exit(main())
