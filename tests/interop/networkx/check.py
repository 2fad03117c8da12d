"""networkx loads both graphs: the nodes are the entities that are named, an edge weighs the articles that two share, and
what one is to another is an edge that says so.

    check.py FOLDER

FOLDER holds a project in every format, each named by its id.
"""

import json
import sys
from itertools import combinations
from pathlib import Path

import networkx

FOLDER = Path(sys.argv[1])


def found(name):
    """The file of a format: in a folder of its name, or with or without an ending."""
    path = FOLDER / name
    if path.is_dir():
        return next(path.iterdir())
    return path if path.is_file() else next(FOLDER.glob(name + ".*"))


def check(name, problems):
    problems = list(problems)
    print(f"FAIL {name}: {problems[0]} ({len(problems)} in all)" if problems else f"ok {name}")


def differences(graph, data):
    named = {}
    shared = {}
    for article in data["articles"]:
        ids = [mention["entity"] for mention in article["mentions"] if mention["entity"]]
        for entity in ids:
            named[entity] = named.get(entity, 0) + 1
        for pair in combinations(sorted(set(ids)), 2):
            shared[pair] = shared.get(pair, 0) + 1
    entities = {entity["id"]: entity for entity in data["entities"]}
    if graph.is_directed():
        yield "it is directed"
    if set(graph.nodes) != set(named):
        yield f"other nodes: {set(graph.nodes) ^ set(named)}"
    for node, values in graph.nodes(data=True):
        entity = entities[node]
        told = (values["label"], values["kind"], values.get("country") or None, values["mentions"])
        wanted = (entity["name"], entity["kind"], entity["country"], named[node])
        if told != wanted:
            yield f"{node}: {told} instead of {wanted}"
    stated = {}
    kinds = {kind["id"]: kind for kind in data.get("relation_kinds", [])}
    for article in data["articles"]:
        of = {mention["id"]: mention["entity"] for mention in article["mentions"]}
        for row in article.get("relations", []):
            one, other, kind = of[row["from"]], of[row["to"]], kinds[row["kind"]]
            if one and other and one != other:
                key = (kind["name"], tuple(sorted((one, other))), "" if kind.get("symmetric") else one)
                stated[key] = stated.get(key, 0) + 1
    told = {
        (d["relation"], tuple(sorted((a, b))), d.get("from") or ""): d["relations"]
        for a, b, d in graph.edges(data=True)
        if "relation" in d
    }
    if told != stated:
        yield f"other relations: {told} instead of {stated}"
    together = [(a, b, d) for a, b, d in graph.edges(data=True) if "relation" not in d]
    edges = {tuple(sorted((a, b))): d["weight"] for a, b, d in together}
    if {pair: int(weight) for pair, weight in edges.items()} != shared:
        yield f"other edges: {set(edges.items()) ^ set(shared.items())}"
    for one, other, values in together:
        if not 0 <= values["sentences"] <= min(named[one], named[other]):
            yield f"{one}–{other}: {values['sentences']} sentences"


def main():
    data = json.loads(found("json").read_text(encoding="utf-8"))
    graphml = networkx.read_graphml(found("graphml"))
    gexf = networkx.read_gexf(found("gexf"))
    check("networkx-graphml", differences(graphml, data))
    check("networkx-gexf", differences(gexf, data))
    told = ("sentences", "relation", "relations")
    of = lambda graph: {
        (frozenset((a, b)), int(d["weight"]), *(d.get(name) for name in told), d.get("from") or "")
        for a, b, d in graph.edges(data=True)
    }
    # As docs/formats.md makes a graph with directions of it.
    related = networkx.MultiDiGraph()
    for one, other, edge in graphml.edges(data=True):
        if "relation" in edge:
            start = edge.get("from") or one
            related.add_edge(start, other if start == one else one, **edge)
    off = [edge for edge in graphml.edges(data=True) if edge[2].get("from") not in (None, "", edge[0], edge[1])]
    check("networkx-relations", off or ([] if related.number_of_edges() else ["there are none"]))
    check("networkx-same", ["they differ"] if of(graphml) != of(gexf) else [])


main()
