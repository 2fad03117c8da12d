#!/usr/bin/env python3
"""Builds the tables that the events source embeds: words that tell of happenings, and named events.

    events.py SHARED OUT      SHARED holds data/train/ecbplus.jsonl and knowledge/; OUT is assets/knowledge

happenings.tsv: triggers.txt (sorted by hand), verbs of PETRARCH's CAMEO dictionary (MIT) that it lacks, and for each
word the share of its occurrences that ECB+ (CC BY 3.0) marks as an event, smoothed with the hand's own estimate.
named.tsv: named.txt (by hand) and Wikidata's historic events (CC0) whose names speak for themselves.
Only counts, names and codes go into the tables; no text does.
"""
import collections, csv, json, re, sys
from pathlib import Path

HERE = Path(__file__).parent
PRIOR = {'!': 0.8, '': 0.6, '?': 0.3}
STRENGTH = 6          # how many occurrences the hand's estimate is worth
PETRARCH_PRIOR = 0.5
# Blocks of the CAMEO dictionary whose code says little of the bare verb: an event, but of no type.
UNTYPED = set('''BOOST OVERSEE_MANAGE LINK MERGE FACILITATE ENLIST ENACT ALLOCATE COORDINATE DISCLOSE INFLUENCE REJOICE
    GO_SOMEWHERE ARRIVE INTRODUCE ASSEMBLE PREPARE REVIVE LOOSEN SUBMIT COMPROMISE PURCHASE DISTURB DISMAY LAMENT HURT
    ENGAGE DISRUPT IMPEL LEGITIMISE STABILISE EXTRACT FORMALIZE ENCIRCLE YIELD GRANT ENDANGER PROVOKE
    VERBAL_CONFLICT TRADE RIP FLATTEN DIE ARM'''.split())
# Blocks that tell of thoughts, states and speech.
UNUSED = set('CONSIDER HEAR CALL STRIVE INTEND CABLE SIGNAL HOPE APPRECIATE FAVOR WORRY ABSTAIN REGRET DESPAIR DISTRUST'.split())
ROOTS = {'02': 'REQUEST', '03': 'AGREE', '04': 'CONSULT', '05': 'SUPPORT', '06': 'COOPERATE', '07': 'AID',
         '08': 'CONCEDE', '09': 'ACCUSE', '10': 'REQUEST', '11': 'ACCUSE', '12': 'REJECT', '13': 'THREATEN',
         '14': 'PROTEST', '15': 'MOBILIZE', '16': 'SANCTION', '17': 'COERCE', '18': 'ASSAULT', '19': 'ASSAULT',
         '20': 'ASSAULT'}
# CAMEO files them under a code, but they tell of states, thoughts or nothing in particular, or are mostly nouns.
NO_EVENT = set('''admire appreciate respect esteem prize value prefer favor favour need want like benefit serve
    add master best overshadow weather match pit ring circle relate head rule govern study check research mine
    task counter contrast differ doubt suspect distrust regret despair suppose intend mean hope desire hear learn
    moderate force compel bill tax risk endanger reside inhabit infest long clear enable tolerate verify
    stock gear render tender attire outfit equip found better compound bind chain link connect accord loan
    command control handle address direct manage oversee regulate steer administer conduct dictate enjoin
    association associate concert ally broker deal bargain contact face brave interact consider reason
    contemplate weigh ponder think muse mull insert acquaint go come leave constitute institute push subscribe
    ready groom certify ensure guarantee vouch assure signal conform correlate integrate organise organize
    influence impact tempt persuade advertise back support profess confide rejoice
    bother annoy irk upset plague rag bow fill bide abide cry slight
    lecture cane fault claim swear contend challenge contest order need engage vet upstage pound beat bust break
    damage taunt please lash tear
    hold keep write use get make work take carry handle pose pen station give come go become combine
    form fashion'''.split())


def lemmas():
    """(lemma, pos) -> [type, mode, prior]"""
    table = {}
    for line in (HERE / 'triggers.txt').read_text(encoding='utf-8').splitlines():
        if not line or line.startswith('#'):
            continue
        head, words = line.split(' : ')
        pos, kind, mode = head.split()
        for word in words.split(','):
            word = word.strip()
            mark = word[-1] if word[-1] in '!?' else ''
            if pos == 'x' and (word, 'n') in table:
                continue  # an event noun after all
            table.setdefault((word.rstrip('!?'), pos), [kind, mode, PRIOR[mark]])
    return table


def petrarch(path, table):
    text = path.read_text(encoding='utf-8', errors='replace')
    text = text[text.index('####### VERB PATTERNS'):]
    for block, code, body in re.findall(r'^--- +(\S+) +\[([^\]]*)\] +---\n(.*?)(?=^--- |\Z)', text, re.M | re.S):
        kind = ROOTS.get(code.split(':')[0][:2] or code[1:3])
        kind = None if block in UNUSED else '-' if kind and block in UNTYPED else kind
        for line in body.splitlines():
            word = re.match(r"[A-Z]+$", line.split()[0] if line.strip() and line[0] not in '-#+~ ' else '')
            lemma = word and word.group().lower()
            known = lemma and ((lemma, 'v') in table or lemma in NO_EVENT)
            if kind and lemma and not known and not lemma.endswith('ing'):
                table[lemma, 'v'] = [kind, '-', PETRARCH_PRIOR]


def irregular():
    rows = (HERE / 'irregular.txt').read_text(encoding='utf-8').splitlines()
    return {r.split()[0]: r.split()[1:] for r in rows if r and not r.startswith('#')}


def forms(lemma, pos, odd):
    """The inflected forms of a lemma; the program has the same rules (morphology.rs)."""
    words = lemma.split()
    at = 0 if pos == 'v' and not words[0].endswith('ly') else len(words) - 1
    word = words[at]
    s = word + ('es' if re.search(r'(s|x|z|ch|sh|[^aeiou]o)$', word) else 's')
    s = re.sub(r'([^aeiou])ys$', r'\1ies', s)
    all_forms = {word, s}
    if pos == 'v':
        stem = word[:-1] if word.endswith('e') and not word.endswith(('ee', 'ye', 'oe')) else word
        double = re.search(r'[aeiou][bdgklmnprt]$', word)
        past = stem[:-1] + 'ied' if re.search(r'[^aeiou]y$', stem) else stem + 'ed'
        all_forms |= {past, stem + 'ing'} | set(odd.get(word, []))
        if double:
            all_forms |= {word + word[-1] + 'ed', word + word[-1] + 'ing'}
        if word.endswith('ie'):
            all_forms.add(word[:-2] + 'ying')
    return {' '.join(words[:at] + [f] + words[at + 1:]) for f in all_forms}


def counts(path):
    """word or phrase -> [marked, seen] in the marked sentences"""
    seen = collections.defaultdict(lambda: [0, 0])
    for line in open(path, encoding='utf-8'):
        doc = json.loads(line)
        marked = [(s['start'], s['end']) for s in doc['spans'] if s['label'] == 'TRIGGER']
        words = [(m.start(), m.end(), m.group().lower()) for m in re.finditer(r"[\w-]+", doc['text'])]
        ignore = [(s['start'], s['end']) for s in doc.get('ignore', [])]
        for i, (start, _, _) in enumerate(words):
            if any(a <= start < b for a, b in ignore):
                continue
            for n in (1, 2, 3):
                group = words[i:i + n]
                if len(group) == n:
                    key, end = ' '.join(w for _, _, w in group), group[-1][1]
                    seen[key][1] += 1
                    seen[key][0] += (start, end) in marked
    return seen


def happenings(shared):
    table = lemmas()
    petrarch(shared / 'knowledge/petrarch2/CAMEO.2.0.txt', table)
    odd, seen = irregular(), counts(shared / 'data/train/ecbplus.jsonl')
    known = set()
    for (lemma, pos), (kind, mode, prior) in sorted(table.items()):
        these = forms(lemma, pos, odd)
        known |= these
        marked = sum(seen[f][0] for f in these if f in seen)
        total = sum(seen[f][1] for f in these if f in seen)
        score = (marked + prior * STRENGTH) / (total + STRENGTH) if pos != 'x' else 0.0
        yield lemma, pos, kind, mode, f'{score:.2f}', ','.join(odd.get(lemma.split()[0], [])) if pos == 'v' else ''
    rest = [(w, m, n) for w, (m, n) in seen.items() if w not in known and m >= 2 and m / n >= 0.5]
    print('marked but not in the list:', sorted(rest, key=lambda r: -r[1]), file=sys.stderr)


CLASSES = [(r'coronation|wedding|funeral|jubilee', 'ceremony'), (r'conference|summit', 'summit'),
           (r'treaty|accords?|agreement|protocol|armistice', 'agreement'), (r'election|referendum', 'election'),
           (r'pandemic|epidemic|outbreak', 'epidemic'),
           (r'war|wars|battles?|siege|offensive|campaign|operation|invasion|bombing|raid|landings?|blitz|bombardment|'
            r'insurgency|conflict|clash|clashes|skirmish|attack|evacuation|ambush', 'war'),
           (r'uprisings?|rebellion|revolt|revolution|mutiny|putsch|insurrection|massacre|coup|incident|crisis|protests?|'
            r'riots|unrest|plot|affair|rising|storming', 'other')]


def named(shared):
    rows = {}
    for line in (HERE / 'named.txt').read_text(encoding='utf-8').splitlines():
        if line and not line.startswith('#'):
            line, _, when = line.partition(' @ ')
            kind, wikidata, names = line.split(None, 2)
            first, *others = [n.strip() for n in names.split(' = ')]
            rows[first] = (kind, wikidata.strip('-'), first, when.strip())
            rows.update({other: (kind, wikidata.strip('-'), first, when.strip()) for other in others})
    historic = json.loads((shared / 'knowledge/wikidata-historic-events.json').read_text(encoding='utf-8'))
    twice = collections.Counter(row['label'] for row in historic)
    for row in historic:
        label = row['label'].removeprefix('The ')
        label = label[0].upper() + label[1:]
        recent = not row['date'].startswith('-') and int(row['date'][:4]) >= 1900
        clean = re.fullmatch(r"[\w’'. –-]{8,45}", label) and len(label.split()) > 1 and twice[row['label']] == 1
        kind = next((k for p, k in CLASSES if re.search(rf'\b({p})\b', label, re.I)), None)
        named_by_place = re.search(r'\b[A-Z]\w+', label[1:])
        if recent and clean and kind and named_by_place and label not in rows:
            # The first of January stands for a year there.
            when = row['date'][:10].removesuffix('-01-01')
            rows[label] = (kind, row['event'].rsplit('/', 1)[-1], label, when)
    for name, (kind, wikidata, first, when) in sorted(rows.items()):
        yield name, kind, wikidata, first if first != name else '', when


def elections(shared):
    """Votes that took place, of REIGN: country, day, what was elected."""
    names = {'Czech Republic': 'CZ', 'East Timor': 'TL', 'Kyrgyz Republic': 'KG', 'Swaziland': 'SZ', 'Cape Verde': 'CV',
             'German Federal Republic': 'DE', 'Serbia (Yugoslavia)': 'RS', 'Surinam': 'SR', "Cote d'Ivoire": 'CI',
             'Democratic Republic of Congo': 'CD', 'Congo': 'CG', 'Bosnia-Herzegovina': 'BA', 'Myanmar (Burma)': 'MM'}
    for line in (HERE / 'countries.tsv').read_text(encoding='utf-8').splitlines():
        code, name, *_ = (line + '\t' * 5).split('\t')
        others = line.split('\t')[4].split(';') if line.count('\t') > 3 else []
        names.update({known.lstrip('~'): code for known in [name, *others] if not line.startswith('#')})
    kinds = {'X': 'president', 'L': 'parliament', 'R': 'referendum'}
    with open(shared / 'knowledge/reign-elections-2021-03.csv', encoding='utf-8', newline='') as file:
        for row in csv.DictReader(file):
            code, kind = names.get(row['country'].strip()), kinds.get(row['type'])
            day = row['elec_day'].strip()
            if code and kind and day and row['event'].startswith('Vote'):
                yield code, f"{int(row['elec_year'])}-{int(row['elec_month']):02}-{int(day):02}", kind


def write(path, about, rows):
    rows = list(rows)
    with open(path, 'w', encoding='utf-8', newline='\n') as out:
        out.write(f'# {about} Built by training/knowledge/events.py; see NOTICE.\n')
        out.writelines('\t'.join(row).rstrip('\t') + '\n' for row in rows)
    print(path, len(rows), 'rows', file=sys.stderr)


def main():
    shared, out = Path(sys.argv[1]), Path(sys.argv[2])
    write(out / 'events-happenings.tsv', 'lemma, part of speech, PLOVER type, mode, score, irregular past and participle.',
          happenings(shared))
    write(out / 'events-elections.tsv', 'country, day, what was elected: one row a round.', sorted(set(elections(shared))))
    write(out / 'events-named.tsv', 'name, class, Wikidata item, the name it is short for, first and last day or year.', named(shared))


if __name__ == '__main__':
    main()
