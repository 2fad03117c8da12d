#!/usr/bin/env python3
"""Sets our reader of web pages against trafilatura and readability-lxml, on pages whose right text is known.

    benches/pages/run.py        (or: make bench-pages)
    benches/pages/run.py --only tuned --show wire     what each reader lost and added in a family

The pages are made: `templates.py` imitates kinds of sites, `prose.py` fills them. Both others come from PyPI into a virtual
environment under target/; our reader runs as the bench `pages`. The words of a text are counted as a bag: precision is
the share of the words given that are the story's, recall the share of the story's that are given. Headline, standfirst,
byline and date may be in the text or not: lines of them are left out before counting. A table by family: F1, precision and
recall, the mean over its pages; then the share of pages whose title, author and date are right; then, page by page, who is better.
"""
import argparse
import collections
import json
import os
import random
import re
import subprocess
import sys
import venv
from pathlib import Path

sys.dont_write_bytecode = True

import templates
from prose import Prose

ROOT = Path(__file__).resolve().parent.parent.parent
TARGET = Path(os.environ.get('CARGO_TARGET_DIR') or ROOT / 'target').resolve()
FOLDER = TARGET / 'bench-pages'
PACKAGES = ['trafilatura==2.3.1', 'readability-lxml==0.9']
OURS, OTHERS = 'rubricator', ('trafilatura', 'readability')
# A page counts as better for one when its F1 is this much higher.
MARGIN = 0.005

# Runs inside the virtual environment: paths in, lines {"name", "reader", "text", "title", "author", "date"} out.
THEIRS = '''
import json, sys
import lxml.html, trafilatura
from readability import Document
BLOCKS = 'p div br h1 h2 h3 h4 h5 h6 li tr td th pre blockquote table ul ol section article header dt dd'.split()
for path in map(str.strip, sys.stdin):
    page = open(path, encoding='utf-8').read()
    found = trafilatura.bare_extraction(page, include_comments=False, with_metadata=True)
    found = found.as_dict() if found else {}
    print(json.dumps({'path': path, 'reader': 'trafilatura', 'text': found.get('text') or '', 'title': found.get('title') or '',
                      'author': found.get('author') or '', 'date': found.get('date') or ''}))
    document = Document(page)
    tree = lxml.html.fromstring(document.summary(html_partial=True))
    for element in tree.iter(*BLOCKS):
        element.tail = '\\n' + (element.tail or '')
        element.text = '\\n' + (element.text or '')
    print(json.dumps({'path': path, 'reader': 'readability', 'text': tree.text_content(), 'title': document.short_title() or '',
                      'author': document.author() if hasattr(document, 'author') else '', 'date': ''}))
'''


def fail(message):
    sys.exit(f'bench-pages: {message}')


def make(families, each):
    """The pages of these families, written into the folder: a list of (family, path, page)."""
    pages = []
    for family in families:
        for number in range(each):
            chance = random.Random(f'{family.__name__} {number}')
            page = family(Prose(chance), chance)
            path = FOLDER / 'made' / f'{family.__name__}-{number}.html'
            path.write_text(page.html, encoding='utf-8')
            pages.append((family.__name__, path, page))
    return pages


def install():
    """The Python that has both."""
    python = FOLDER / 'venv' / ('Scripts/python.exe' if os.name == 'nt' else 'bin/python')
    stamp = FOLDER / 'venv' / 'installed'
    if not stamp.is_file() or stamp.read_text() != '\n'.join(PACKAGES):
        venv.create(python.parent.parent, with_pip=True, clear=True)
        # One after the other: an old pip cannot resolve both at once.
        for package in PACKAGES:
            if subprocess.run([python, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', package]).returncode:
                fail(f'pip could not install {package}')
        stamp.write_text('\n'.join(PACKAGES))
    return python


def read(command, paths):
    """What a reader's command says of these pages."""
    done = subprocess.run(command, input=''.join(f'{path}\n' for path in paths), stdout=subprocess.PIPE, cwd=ROOT, text=True, encoding='utf-8')
    if done.returncode:
        fail(f'{command[0]} ended with {done.returncode}')
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith('{')]


def words(text):
    return collections.Counter(re.findall(r'\w+', text.lower()))


def plain(line):
    return ' '.join(re.findall(r'\w+', line.lower()))


def score(page, text):
    """Precision, recall, F1, the words lost and those of others."""
    may = {plain(line) for line in page.may} - {plain(line) for line in page.gold}
    # A byline and a date may stand on one line.
    around = {word for line in page.may[1:] for word in plain(line).split()} | {'by', 'on', 'posted', 'submitted'}
    neutral = lambda line: plain(line) in may or (len(plain(line).split()) <= 8 and set(plain(line).split()) <= around)
    given = words('\n'.join(line for line in text.splitlines() if not neutral(line)))
    gold = words('\n'.join(page.gold))
    both = (given & gold).total()
    precision, recall = both / max(given.total(), 1), both / max(gold.total(), 1)
    f1 = 2 * precision * recall / (precision + recall) if both else 0.0
    return precision, recall, f1, gold - given, given - gold


def mean(values):
    values = list(values)
    return sum(values) / len(values) if values else 0.0


def tell(title, families, rows):
    readers = (OURS, *OTHERS)
    print(f'\n{title}\n\n| family | pages | ' + ' | '.join(f'{reader} F1 (precision, recall)' for reader in readers) + ' |')
    print('| --- | --- |' + ' --- |' * len(readers))
    for name in [*families, 'all']:
        mine = [row for row in rows if name in ('all', row['family'])]
        cells = []
        for reader in readers:
            scores = [row[reader]['score'] for row in mine]
            cells.append('{:.3f} ({:.3f}, {:.3f})'.format(*(mean(s[at] for s in scores) for at in (2, 0, 1))))
        print(f'| {name} | {len(mine)} | ' + ' | '.join(cells) + ' |')
    print('\n| right on | ' + ' | '.join(readers) + ' |\n| --- |' + ' --- |' * len(readers))
    for field in ('title', 'author', 'date'):
        mine = [row for row in rows if getattr(row['page'], field)]
        right = [mean(plain(row[reader][field]) == plain(getattr(row['page'], field)) for row in mine) for reader in readers]
        print(f'| {field}, of {len(mine)} pages | ' + ' | '.join(f'{share:.0%}' for share in right) + ' |')
    for other in OTHERS:
        better = collections.Counter()
        for row in rows:
            apart = row[OURS]['score'][2] - row[other]['score'][2]
            better[OURS if apart > MARGIN else other if apart < -MARGIN else 'neither'] += 1
            if apart < -MARGIN:
                better_for = f'{row["path"].name} ({row[other]["score"][2]:.3f} against {row[OURS]["score"][2]:.3f})'
                print(f'\n{other} is better on {better_for}', end='')
        print(f'\n\nagainst {other}: better on {better[OURS]} pages, worse on {better[other]}, alike on {better["neither"]}')


def main():
    about = __doc__.split('\n\n')
    parser = argparse.ArgumentParser(description=about[0], epilog=about[2])
    parser.add_argument('--only', choices=['tuned', 'apart'], help='one half of the families')
    parser.add_argument('--each', type=int, default=6, help='pages a family (6)')
    parser.add_argument('--show', metavar='FAMILY', help='print what each reader lost and added')
    arguments = parser.parse_args()
    (FOLDER / 'made').mkdir(parents=True, exist_ok=True)
    halves = {'tuned': templates.TUNED, 'apart': templates.APART}
    halves = {name: families for name, families in halves.items() if arguments.only in (None, name)}
    pages = make([family for families in halves.values() for family in families], arguments.each)
    paths = [path for _, path, _ in pages]
    flags = os.environ.get('CARGO_FLAGS', '').split()
    ours = ['cargo', 'bench', '--quiet', '--profile', 'dev', *flags, '--bench', 'pages']
    said = read([str(install()), '-c', THEIRS], paths) + read(ours, paths)
    said = {(answer['path'], answer['reader']): answer for answer in said}
    rows = []
    for family, path, page in pages:
        row = {'family': family, 'path': path, 'page': page}
        for reader in (OURS, *OTHERS):
            answer = said.get((str(path), reader)) or fail(f'{reader} says nothing of {path}')
            row[reader] = answer | {'score': score(page, answer['text'])}
        rows.append(row)
    for name, families in halves.items():
        names = [family.__name__ for family in families]
        tell({'tuned': 'Families looked at while the rules were made', 'apart': 'Families kept apart'}[name], names,
             [row for row in rows if row['family'] in names])
    for row in rows if arguments.show else []:
        if row['family'] == arguments.show:
            for reader in (OURS, *OTHERS):
                lost, added = row[reader]['score'][3:]
                print(f'\n{row["path"].name} {reader}\n  lost:  {" ".join(lost.elements())}\n  added: {" ".join(added.elements())}'[:1500])


if __name__ == '__main__':
    main()
