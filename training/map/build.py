#!/usr/bin/env python3
"""Builds assets/map/countries.tsv: python3 training/map/build.py [COUNTRY_CODES_CSV]

Reads Natural Earth's countries at 1:110 million (public domain) from the npm package world-atlas, and ISO codes from
country-codes.csv (PDDL; by default that of ../shared). One line a country: its two-letter code, or a dash where ISO has
none; then its polygons, parted by "|": rings parted by ";", of which the first is the outline and others are holes; points
parted by spaces: hundredths of degrees east and north, each as the difference to the point before. Needs npm.
"""
import csv, json, subprocess, sys, tarfile, tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PACKAGE = 'world-atlas@2.0.2'
# Parts that Natural Earth draws by themselves and ISO does not know: no country is coloured for them.
OWN = {'Kosovo': 'XK'}


def topology():
    with tempfile.TemporaryDirectory() as folder:
        name = subprocess.run(['npm', 'pack', '--silent', PACKAGE], cwd=folder, check=True, capture_output=True, text=True)
        with tarfile.open(Path(folder) / name.stdout.strip().splitlines()[-1]) as package:
            return json.load(package.extractfile('package/countries-110m.json'))


def cut(points):
    """A ring that crosses the 180th meridian as one on each side of it; another as it is."""
    far, turns = [points[0]], 0
    for (before, _), (x, y) in zip(points, points[1:]):
        turns += (x - before < -18000) - (x - before > 18000)
        far.append((x + turns * 36000, y))
    if max(x for x, _ in far) <= 18000 and min(x for x, _ in far) >= -18000:
        return [points]
    edge = 18000 if max(x for x, _ in far) > 18000 else -18000

    def side(sign):
        kept = []
        for (x, y), (to_x, to_y) in zip(far, far[1:] + far[:1]):
            here, there = sign * (x - edge), sign * (to_x - edge)
            if here >= 0:
                kept.append((x, y))
            if here * there < 0:
                kept.append((edge, round(y + (to_y - y) * (edge - x) / (to_x - x))))
        return kept

    near, beyond = (side(-1), side(1)) if edge > 0 else (side(1), side(-1))
    turn = -36000 if edge > 0 else 36000
    return [near, [(x + turn, y) for x, y in beyond]]


def main():
    codes = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / 'shared' / 'knowledge' / 'country-codes.csv'
    if not codes.exists():
        sys.exit(f'{codes} is missing: the map cannot be built here; the one under assets/map stays as it is')
    with codes.open(encoding='utf-8') as file:
        alpha2 = {row['ISO3166-1-numeric'].zfill(3): row['ISO3166-1-Alpha-2'] for row in csv.DictReader(file)}
    atlas = topology()
    (kx, ky), (tx, ty) = atlas['transform']['scale'], atlas['transform']['translate']
    arcs = []
    for arc in atlas['arcs']:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((round((x * kx + tx) * 100), round((y * ky + ty) * 100)))
        arcs.append(points)

    def points_of(indexes):
        points = []
        for index in indexes:
            arc = arcs[index] if index >= 0 else arcs[~index][::-1]
            points += arc[1:] if points else arc
        return points[:-1] if points[0] == points[-1] else points

    def ring(points):
        thin = [p for n, p in enumerate(points) if p != points[n - 1]]
        told, last = [], (0, 0)
        for point in thin:
            told.append(f'{point[0] - last[0]} {point[1] - last[1]}')
            last = point
        return ' '.join(told) if len(thin) > 2 else None

    lines = []
    for shape in atlas['objects']['countries']['geometries']:
        name = shape['properties']['name']
        code = OWN.get(name) or alpha2.get(shape.get('id', ''), '-')
        parts = shape['arcs'] if shape['type'] == 'MultiPolygon' else [shape['arcs']]
        if code == 'AQ':
            # It goes around the pole, where the map ends.
            continue
        polygons = []
        for part in parts:
            rings = [points_of(indexes) for indexes in part]
            halves = cut(rings[0])
            rings = [halves] if len(halves) == 1 else [[half] for half in halves]
            holes = [points_of(indexes) for indexes in part[1:]] if len(halves) == 1 else []
            for outline in rings:
                polygons.append(';'.join(told for told in map(ring, outline + holes) if told))
        lines.append(f'{code}\t{"|".join(polygon for polygon in polygons if polygon)}')
    lines.sort()
    text = '# Built by training/map/build.py; see NOTICE.\n' + '\n'.join(lines) + '\n'
    out = ROOT / 'assets' / 'map' / 'countries.tsv'
    out.write_text(text, encoding='utf-8')
    print(f'{out.name}: {len(lines)} countries, {len(text)} bytes')


main()
