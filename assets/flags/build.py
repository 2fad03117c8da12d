#!/usr/bin/env python3
"""Draws flags.png and codes.txt from the flags of flag-icons (npm, MIT): small pictures, one a country, in one image.

    npm pack flag-icons && tar xzf flag-icons-*.tgz
    python3 -m venv venv && venv/bin/pip install resvg-py pillow
    venv/bin/python assets/flags/build.py package/flags/4x3

Each flag is 32 by 24 pixels with a border of one pixel that repeats its edge, so that neighbours do not bleed into it.
Countries are those of assets/knowledge/countries.tsv; former states and those without a flag there have none.
"""
import io
import sys
from pathlib import Path

import resvg_py
from PIL import Image

WIDTH, HEIGHT, COLUMNS = 32, 24, 16
here = Path(__file__).parent


def flag(path):
    png = resvg_py.svg_to_bytes(svg_path=str(path), width=WIDTH * 8)
    big = Image.open(io.BytesIO(bytes(png))).convert('RGBA')
    ground = Image.new('RGBA', big.size, 'white')
    ground.alpha_composite(big)
    return ground.convert('RGB').resize((WIDTH, HEIGHT), Image.LANCZOS)


def main():
    folder = Path(sys.argv[1])
    table = (here.parent / 'knowledge' / 'countries.tsv').read_text(encoding='utf-8').splitlines()
    rows = [line.split('\t') for line in table]
    codes = sorted({row[0] for row in rows if len(row[0]) == 2 and not row[9]})
    found = [code for code in codes if (folder / f'{code.lower()}.svg').exists()]
    lines = -(-len(found) // COLUMNS)
    sheet = Image.new('RGB', (COLUMNS * (WIDTH + 2), lines * (HEIGHT + 2)))
    for index, code in enumerate(found):
        x, y = index % COLUMNS * (WIDTH + 2), index // COLUMNS * (HEIGHT + 2)
        picture = flag(folder / f'{code.lower()}.svg')
        sheet.paste(picture.resize((WIDTH + 2, HEIGHT + 2), Image.NEAREST), (x, y))
        sheet.paste(picture, (x + 1, y + 1))
    sheet.quantize(256, method=Image.MEDIANCUT, dither=Image.NONE).save(here / 'flags.png', optimize=True)
    (here / 'codes.txt').write_text(' '.join(found) + '\n', encoding='utf-8')
    print(len(found), 'flags, without:', ' '.join(code for code in codes if code not in found))


main()
