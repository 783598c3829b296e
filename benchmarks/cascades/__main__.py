"""How does a user make cascades of his own? `cd benchmarks; python -m cascades FOLDER [--seed 1] [--events 3] ...`"""

from __future__ import annotations

import argparse
from pathlib import Path

from cascades import STORY_KINDS, make_copies, make_stories, write_cascades, write_story
from cascades.copies import read_texts


def main() -> None:
    parser = argparse.ArgumentParser(description="Write cascades of reports with known truth.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--events", type=int, default=3, help="stories of each kind")
    parser.add_argument("--families", type=int, default=20, help="families of copies")
    parser.add_argument("--kinds", nargs="*", default=list(STORY_KINDS), choices=STORY_KINDS, help="kinds of story")
    parser.add_argument("--texts", type=Path, help="a folder of .txt, or a .jsonl(.gz), whose texts are copied")
    given = parser.parse_args()
    for story in make_stories(given.seed, given.events, given.kinds):
        write_story(story, given.folder / story.name)
    texts = read_texts(given.texts) if given.texts else ()
    if given.families:
        write_cascades(make_copies(given.seed, given.families, texts=texts), given.folder / "copies")
    print(f"{given.folder}: {given.events * len(given.kinds)} stories, {given.families} families of copies")


if __name__ == "__main__":
    main()
