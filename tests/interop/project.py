"""Makes the project that the checks are made with: texts that are hard to count in, and tags that are hard to keep.

    project.py FILE

writes it as the program's own JSON, to be taken in with `rubricator import`.
"""

import json
import sys

E_ACUTE, ZWJ_FAMILY, ASTRONAUT = "e\u0301", "👨\u200d👩\u200d👧\u200d👦", "👩🏽\u200d🚀"

BERN = (
    f"Dr. Uma B{E_ACUTE}rg {ASTRONAUT} met 習近平 in Bern 🇨🇭🇨🇳.\r\n"
    "She told محمد علي of the 𝔘nited 𝔎ingdom’s “Swiss-Chinese talks”.\r\n\r\n"
    f"Li\r\nQiang, Prime Minister of China’s government {ZWJ_FAMILY}, said: =1+1; +2 | -3 \\ @4 [5] _6_ -> *7*.\r\n"
    "The minister’s visitChinaRussia ended.\t\u00a0Nobody <b>won</b> & 中国与俄罗斯 signed\u2028nothing \U0001f9d1\u200d\U0001f4bb."
)
PLAIN = (
    "Foreign Minister Ada Moor met President Bo Lindt in Ghana on Friday. They signed an accord.\n\n"
    "Ghana thanked Moor. Lindt accused Norway of delay, and Norway denied it."
)
EMPTY = "Nothing is tagged here.\n"


class Article:
    def __init__(self, number, title, text, **meta):
        self.row = {"id": f"a{number}", "title": title, "source": "", "author": "", "url": "", "language": "", "date": None}
        self.row |= {"origin": f"in/{number}.txt", **meta, "text": text, "mentions": [], "events": [], "relations": []}

    def tag(self, words, kind, target=None, nth=0, **more):
        """Tags the words where they stand the nth time."""
        text, start = self.row["text"], -1
        for _ in range(nth + 1):
            start = text.index(words, start + 1)
        status = more.pop("status", "accepted")
        entity, event = (None, target) if (target or "").startswith("v") else (target, None)
        by = ("Ana", "2024-05-06T07:08:09Z") if status == "accepted" else (None, None)
        number = sum(len(article.row["mentions"]) for article in ARTICLES)
        row = {"id": f"m{number}", "start": start, "end": start + len(words), "quote": words, "kind": kind}
        row |= {"status": status, "entity": entity, "event": event, "subtype": more.pop("subtype", None)}
        row |= {"source": "hand" if by[0] else "people", "score": None if by[0] else 0.75, "reason": ""}
        self.row["mentions"].append(row | {"by": by[0], "at": by[1], "note": more.pop("note", "")})
        return start, start + len(words)

    def relate(self, kind, one, other, **more):
        """Relates the tags of these words, each the nth of them where a number stands with it."""
        def end(words):
            words, nth = words if isinstance(words, tuple) else (words, 0)
            return [tag["id"] for tag in self.row["mentions"] if tag["quote"] == words][nth]

        number = sum(len(article.row["relations"]) for article in ARTICLES)
        row = {"id": f"r{number}", "kind": kind, "from": end(one), "to": end(other), "status": "accepted", "source": "hand"}
        row |= {"score": None, "reason": "", "by": "Ana", "at": "2024-05-06T07:08:09Z", "note": ""} | more
        if row["status"] == "suggested":
            row |= {"source": "test", "score": 0.5, "by": None, "at": None}
        self.row["relations"].append(row)

    def place(self, words, nth=0):
        """Where the words stand the nth time."""
        start = -1
        for _ in range(nth + 1):
            start = self.row["text"].index(words, start + 1)
        return start, start + len(words)

    def event(self, name, number, participants=(), **more):
        who = [
            {"role": role, "entity": entity, "name": "", "start": place[0], "end": place[1], "quote": None}
            if isinstance(entity, str)
            else {"role": role, "entity": None, "start": place[0], "end": place[1], "quote": None} | entity
            for role, entity, place in participants
        ]
        row = {"id": f"v{number}", "name": name, "type": None, "class": None, "mode": None, "contexts": []}
        row |= {"date": None, "place": None, "polarity": "positive", "modality": "asserted", "wikidata": None}
        row |= {"participants": who, "mentions": [], "source": "hand", "score": None, "reason": ""}
        self.row["events"].append(row | {"by": "Ana", "at": "2024-05-06T07:08:09Z", "note": ""} | more)


def entity(number, kind, name, **more):
    row = {"id": f"e{number}", "kind": kind, "name": name, "aliases": [], "country": None, "role": "", "wikidata": None}
    row |= {"mentions": [], "source": "hand", "score": None, "reason": "", "by": "Ana", "at": "2024-05-06T07:08:09Z"}
    return row | {"note": ""} | more


ARTICLES = []
ENTITIES = [
    entity(0, "person", f"Uma B{E_ACUTE}rg", role="minister & <envoy>", wikidata="Q7", aliases=["=Uma", "U. Berg"]),
    entity(1, "person", "習近平", country="CN", wikidata="Q15031"),
    entity(2, "person", "محمد علي", note="not the boxer\n[sic] 'quoted'"),
    entity(3, "person", "Li Qiang", country="CN", role="Prime Minister"),
    entity(4, "country", "China", country="CN", wikidata="Q148"),
    entity(5, "country", "Russia", country="RU", wikidata="Q159"),
    entity(6, "country", "Switzerland", country="CH", wikidata="Q39"),
    entity(7, "country", "United Kingdom", country="GB", wikidata="Q145"),
    entity(8, "ship", "Black Swan"),
    entity(9, "person", "Ada Moor", role="Foreign Minister"),
    entity(10, "person", "Bo Lindt"),
    entity(11, "country", "Ghana", country="GH", wikidata="Q117"),
    entity(12, "country", "Norway", country="NO", wikidata="Q20"),
    entity(13, "ORG", "Government & Co", country="CN", role="host", wikidata="Q9", aliases=["G<Co>"], note="a body"),
    entity(14, "PLACE", "Bern", country="CH", wikidata="Q70"),
    entity(15, "NORP", "ministers"),
]


def bern():
    meta = {"source": "The <Paper>", "author": "A. & B.", "url": "https://example.org/bern?a=1&b=2", "language": "en", "date": "2024-05-06"}
    article = Article(0, "=Talks in “Bern” 🇨🇭, part 1/2", BERN, **meta)
    ARTICLES.append(article)
    uma = article.tag(f"Uma B{E_ACUTE}rg", "person", "e0", note="see [2]; a_b\n*")
    article.tag(f"Dr. Uma B{E_ACUTE}rg {ASTRONAUT}", "person", "e0", status="suggested")
    xi = article.tag("習近平", "person", "e1")
    article.tag("محمد علي", "person", "e2")
    article.tag("𝔘nited 𝔎ingdom", "country", "e7", subtype="name")
    article.tag("nited 𝔎", "ship", "e8")
    # Overlapping, nested and adjacent ones, and over line ends.
    article.tag("Swiss-Chinese", "country", "e6", subtype="demonym")
    article.tag("Chinese talks", "event", "v0")
    article.tag("Swiss-Chinese talks", "event", "v1", status="suggested")
    article.tag("Li\r\nQiang", "person", "e3")
    article.tag("Li\r\nQiang, Prime Minister of China", "person", "e3")
    article.tag("China", "country", "e4", subtype="name")
    article.tag("China’s government", "country", "e4", subtype="government", status="suggested")
    article.tag("ChinaRussia", "ship")
    article.tag("China", "country", "e4", nth=1)
    article.tag("Russia", "country", "e5")
    article.tag("中国", "country", "e4")
    article.tag("Bern", "PLACE", "e14")
    article.tag("government", "ORG", "e13", status="suggested")
    article.tag("minister’s", "NORP", "e15")
    article.tag("俄罗斯", "country", "e5")
    article.tag("met", "event", "v0")
    article.tag("won", "event")
    article.tag("signed\u2028nothing \U0001f9d1\u200d\U0001f4bb", "event", "v2")
    article.tag("=1+1; +2", "ship", "e8")
    article.tag("\\ @4 [5] _6_ -> *7*", "ship", "e8")
    date = {"start": "2024-05-03", "end": "2024-05-04", "text": "on Friday"}
    place = {"name": "Côte d’Ivoire", "country": "CI", "coordinates": {"latitude": -5.3, "longitude": -4.03}, "unsure": True}
    envoys = {"name": "the Swiss; \"envoys\"", "label": "GROUP", "country": "CH", "unsure": True}
    nobody = {"name": "Nobody", "label": "PERSON"}
    who = [("actor", "e0", uma), ("actor", envoys, article.place("Swiss-Chinese")), ("recipient", "e1", xi)]
    who.append(("recipient", nobody, article.place("Nobody")))
    start, end = article.place("+2")
    figures = [{"kind": "present", "number": 2, "start": start, "end": end}, {"kind": "money", "number": 1.5e6}, {"kind": "killed"}]
    article.event(
        "the Bern talks", 0, who, type="CONSULT", mode="visit", contexts=["diplomatic"], date=date, place=place,
        modality="planned", note="to be <checked>", worth=0.875, level="main", figures=figures,
    )
    article.event("Swiss-Chinese talks", 1, **{"type": "NAMED", "class": "negotiation", "wikidata": "Q42"})
    article.event("signed nothing", 2, type="AGREE", polarity="negative")
    article.relate("works-for", f"Uma B{E_ACUTE}rg", "government", status="suggested")
    article.relate("spouse-of", "習近平", "محمد علي")
    article.relate("spouse-of", "Li\r\nQiang", f"Uma B{E_ACUTE}rg", note="so they say")
    article.relate("located-in", "Chinese talks", "Bern", note="see [2]; a_b\n*")
    article.relate("owns", "Li\r\nQiang", "=1+1; +2")
    article.relate("owns", "China’s government", "ChinaRussia", status="suggested")
    article.relate("related-to", "won", "met")
    article.relate("related-to", f"Dr. Uma B{E_ACUTE}rg {ASTRONAUT}", "government", status="suggested")


def plain():
    article = Article(1, "Ghana accord", PLAIN, language="en", date="2024-06-01")
    ARTICLES.append(article)
    moor = article.tag("Ada Moor", "person", "e9")
    article.tag("Moor", "person", "e9", nth=1)
    lindt = article.tag("Bo Lindt", "person", "e10")
    article.tag("Lindt", "person", "e10", nth=1)
    article.tag("Ghana", "country", "e11")
    article.tag("Ghana", "country", "e11", nth=1)
    norway = article.tag("Norway", "country", "e12")
    article.tag("Norway", "country", "e12", nth=1)
    article.tag("met", "event", "v3")
    article.tag("signed", "event", "v4")
    article.tag("accused", "event", "v5")
    both = [("actor", "e9", moor), ("actor", "e10", lindt)]
    article.event("met", 3, both, type="CONSULT")
    article.event("signed", 4, both, type="AGREE")
    article.relate("works-for", "Ada Moor", "Ghana")
    article.relate("works-for", "Moor", ("Ghana", 1))
    article.relate("related-to", "Norway", "Bo Lindt")
    article.relate("located-in", "signed", "Ghana")
    article.event("accused", 5, [("actor", "e10", lindt), ("recipient", "e12", norway)], type="ACCUSE")


def main():
    bern()
    plain()
    ARTICLES.append(Article(2, "", EMPTY))
    kinds = [("person", "Person", "People"), ("country", "Country", "Countries"), ("event", "Event", "Events")]
    kinds += [("ship", "Ship", "Ships"), ("ORG", "Organisation", "Organisations"), ("PLACE", "Place", "Places")]
    kinds.append(("NORP", "Group", "Groups"))
    whole = {"format": "rubricator annotations", "version": 3, "offset_unit": "code_point"}
    whole["kinds"] = [{"id": id, "name": name, "plural": plural} for id, name, plural in kinds]
    place, person = ["PLACE", "country"], ["person"]
    relations = [
        {"id": "works-for", "name": "works for", "reverse": "employs", "from": person, "to": ["ORG", "country"]},
        {"id": "spouse-of", "name": "spouse of", "from": person, "to": person, "symmetric": True},
        {"id": "located-in", "name": "located in", "reverse": "location of", "from": ["event", "ORG"], "to": place},
        {"id": "owns", "name": "owns <a> & \"b\"", "reverse": "=is owned by"},
        {"id": "related-to", "name": "related to", "symmetric": True},
    ]
    whole["relation_kinds"] = relations
    whole |= {"articles": [article.row for article in ARTICLES], "entities": ENTITIES}
    with open(sys.argv[1], "w", encoding="utf-8") as file:
        json.dump(whole, file, ensure_ascii=False)


main()
