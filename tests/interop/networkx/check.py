"""networkx loads both graphs: the nodes are the entities that are named, an edge weighs the articles that two share.

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
    edges = {tuple(sorted(pair)): weight for *pair, weight in graph.edges(data="weight")}
    if {pair: int(weight) for pair, weight in edges.items()} != shared:
        yield f"other edges: {set(edges.items()) ^ set(shared.items())}"
    for one, other, values in graph.edges(data=True):
        if not 0 <= values["sentences"] <= min(named[one], named[other]):
            yield f"{one}–{other}: {values['sentences']} sentences"


def main():
    data = json.loads(found("json").read_text(encoding="utf-8"))
    graphml = networkx.read_graphml(found("graphml"))
    gexf = networkx.read_gexf(found("gexf"))
    check("networkx-graphml", differences(graphml, data))
    check("networkx-gexf", differences(gexf, data))
    of = lambda graph: {(frozenset((a, b)), int(d["weight"]), d["sentences"]) for a, b, d in graph.edges(data=True)}
    check("networkx-same", ["they differ"] if of(graphml) != of(gexf) else [])


main()
