#!/usr/bin/env python3
"""Makes the TTF files in this folder from three npm packages.

Needs node's `npm`, and `pip install fonttools==4.68.0 brotli==1.2.1`. Run it as

    python3 assets/fonts/build.py

Where a package holds one WOFF2 file an alphabet, these are merged into one TTF a
weight, so that a name with Vietnamese, Cyrillic or Greek letters comes from the
same face as the words around it. Of the symbols only those in SIGNS are kept.

Only the layout features in FEATURES are kept. Ligatures and contextual
alternates are left out on purpose: in a program where people select letters, a
caret must be able to stand between any two of them, and "->" must stay what the
article says.
"""

import subprocess
import tarfile
import tempfile
from pathlib import Path

from fontTools import subset
from fontTools.merge import Merger, Options
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent

# The first one gives the metrics and wins where two hold the same character.
ALPHABETS = ["latin", "latin-ext", "vietnamese", "cyrillic", "cyrillic-ext", "greek", "greek-ext"]
# Signs for buttons and lists which Inter has not.
SIGNS = "▸▾▴◂◉◌◍◐◑◒◓◈▫⚪⚫☰☐☑☒✔✕✎✏⚡⌖⏱⏵⏷⏸⏹🔍🔒🏷🏳🗀🗂🗄🗎🖹🖈🖉🗑🗓🗣🕑⭮⭯⮌⮎"

# package, version, file names in the package ("{}": one file an alphabet), licence file here
PACKAGES = [
    (
        "inter-ui",
        "4.1.1",
        {
            "web/Inter-Regular.woff2": "Inter-Regular",
            "web/Inter-Medium.woff2": "Inter-Medium",
            "web/Inter-SemiBold.woff2": "Inter-SemiBold",
        },
        "OFL-Inter.txt",
    ),
    (
        "@fontsource/literata",
        "5.3.0",
        {
            "files/literata-{}-400-normal.woff2": "Literata-Regular",
            "files/literata-{}-400-italic.woff2": "Literata-Italic",
            "files/literata-{}-600-normal.woff2": "Literata-SemiBold",
        },
        "OFL-Literata.txt",
    ),
    (
        "@fontsource/noto-sans-symbols-2",
        "5.3.0",
        {"files/noto-sans-symbols-2-symbols-400-normal.woff2": "NotoSansSymbols2-Signs"},
        "OFL-NotoSansSymbols2.txt",
    ),
]
FEATURES = ["ccmp", "kern", "locl", "mark", "mkmk", "tnum"]
# Signs the packages lack though a glyph for them is there: newsrooms write "10 000" with a
# narrow no-break space and "Jean‑Luc" with a no-break hyphen.
ALIASES = {0x2011: 0x2010, 0x202F: 0x2009}
# STAT describes axes the static weights no longer have; v* is for vertical text.
DROPPED = ["STAT", "vhea", "vmtx", "VORG", "BASE", "DSIG", "meta"]


def fetch(package: str, version: str, into: Path) -> Path:
    """Downloads and unpacks one package (npm checks its integrity); returns its folder."""
    packed = subprocess.run(
        ["npm", "pack", "--silent", f"{package}@{version}"],
        cwd=into, check=True, capture_output=True, text=True,
    ).stdout.split()[-1]
    target = into / packed.removesuffix(".tgz")
    with tarfile.open(into / packed) as archive:
        archive.extractall(target, filter="data")
    return target / "package"


def merged(parts: list[Path], work: Path) -> Path:
    """Merges the alphabets of one weight; returns the path of the TTF."""
    plain = []
    for part in parts:
        font = TTFont(part)
        font.flavor = None
        for table in DROPPED:
            if table in font:
                del font[table]
        path = work / (part.stem + ".ttf")
        font.save(path)
        plain.append(str(path))
    whole = work / "merged.ttf"
    Merger(options=Options()).merge(plain).save(whole)
    return whole


def is_private(character: int) -> bool:
    """Whether a character is for private use: a face's own alternates, which no article holds."""
    return 0xE000 <= character <= 0xF8FF or character >= 0xF0000


def trimmed(source: Path, target: Path, name: str) -> None:
    """Keeps every character, the listed features and the names that matter."""
    options = subset.Options()
    options.layout_features = FEATURES
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    options.notdef_outline = True
    options.glyph_names = False
    options.hinting = False
    options.recalc_timestamp = False
    font = subset.load_font(str(source), options)
    for cmap in (t for t in font["cmap"].tables if t.isUnicode()):
        for missing, like in ALIASES.items():
            glyph = cmap.cmap.get(like) or cmap.cmap.get(0x2D if like == 0x2010 else 0x20)
            cmap.cmap.setdefault(missing, glyph)
    kept = {c for c in font.getBestCmap() if not is_private(c)}
    if "Symbols" in name:
        kept &= {ord(sign) for sign in SIGNS}
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=kept)
    subsetter.subset(font)
    font["name"].setName(name, 6, 3, 1, 0x409)
    # One fixed date, so that the same input gives the same bytes.
    font["head"].created = font["head"].modified = 3_786_912_000
    font.recalcTimestamp = False
    subset.save_font(font, str(target), options)


def main() -> None:
    """Fetches, merges and writes all faces, with the licence texts beside them."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        for package, version, faces, licence in PACKAGES:
            root = fetch(package, version, work)
            text = next(root.glob("LICENSE*")).read_text(encoding="utf-8")
            (HERE / licence).write_text(text, encoding="utf-8")
            for pattern, name in faces.items():
                files = [root / f for f in dict.fromkeys(pattern.format(a) for a in ALPHABETS)]
                target = HERE / f"{name}.ttf"
                trimmed(merged([f for f in files if f.exists()], work), target, name)
                print(f"{target.name}: {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
