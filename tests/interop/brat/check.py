"""bratly and brat-peek parse the `.ann` files, and the words of each entity stand at its fragments. Neither knows all of
brat: bratly has no events without arguments and no relations of events, brat-peek no references and equivalences.

    check.py FOLDER
"""

import contextlib
import inspect
import io
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
import bratly
import peek

from common import SYMMETRIC, check, document, found, one_line, relations, tags, taken_in

KINDS = {
    "T": bratly.EntityAnnotation,
    "E": bratly.EventAnnotation,
    "R": bratly.RelationAnnotation,
    "A": bratly.AttributeAnnotation,
    "N": bratly.NormalizationAnnotation,
    "*": bratly.EquivalenceAnnotation,
    "#": bratly.NoteAnnotation,
}


def parsed(path, problems, starred):
    known = {}
    for line in path.read_text(encoding="utf-8").split("\n"):
        if not line:
            continue
        kind = KINDS[line[0]]
        bare = line[0] == "E" and " " not in line or line[0] == "R" and (":E" in line)
        bare = bare or line[0] == "*" and " E" in line
        # And what is said of such an event.
        bare = bare or line[0] in "AN#" and line.split("\t")[1].split(" ")[1] in others
        if bare:
            others.append(line.split("\t")[0])
            continue
        try:
            wants = len(inspect.signature(kind.from_line).parameters) > 1
            annotation = kind.from_line(line, known) if wants else kind.from_line(line)
            known[line.split("\t")[0]] = annotation
            starred += [(line, known)] if line[0] == "*" else []
        except Exception as error:
            problems.append(f"{line!r}: {error}")
    return known


def related():
    """What bratly is to find of relations between names: the kind, and the words at both ends."""
    for article in document()["articles"]:
        tags = {tag["id"]: tag for tag in article["mentions"]}
        for row in article.get("relations", []):
            one, other = tags[row["from"]], tags[row["to"]]
            alone = row["status"] == "accepted" and not row["note"]
            if "event" not in (one["kind"], other["kind"]):
                # It takes every `*` line for one of what is the same.
                kind = "Equiv" if row["kind"] in SYMMETRIC and alone else row["kind"].capitalize()
                yield kind, one_line(one["quote"]), one_line(other["quote"])


problems, off, count, others, lost, joined = [], [], 0, [], [], []
for path in (path for path in found("brat") if path.suffix == ".ann"):
    text = path.with_suffix(".txt").read_bytes().decode("utf-8")
    starred = []
    for annotation in parsed(path, problems, starred).values():
        if isinstance(annotation, bratly.EntityAnnotation):
            count += not annotation.label.startswith(("Participant_", "Figure"))
            words = " ".join(text[part.start : part.end] for part in annotation.fragments)
            off += [] if words == annotation.content else [f"{annotation}: {words!r}"]
        if isinstance(annotation, bratly.RelationAnnotation):
            joined.append((annotation.label, annotation.argument1[1].content, annotation.argument2[1].content))
    joined += [
        ("Equiv", *(each.content for each in bratly.EquivalenceAnnotation.from_line(line, known).entities))
        for line, known in starred
        if not line.startswith("*\tEquiv")
    ]
    with contextlib.redirect_stdout(io.StringIO()):
        document_of_peek = peek.AnnDocument(str(path))
    names = {each.name for group in document_of_peek.anns.values() for each in group}
    lines = [line.split("\t")[0] for line in path.read_text(encoding="utf-8").split("\n") if line]
    lost += [f"{path.name}: {line}" for line in lines if line[0] in "TERA#" and line not in names]
check("bratly parses every line that it knows", problems)
check("brat-peek has every entity, event, relation, attribute and note", lost)
check("there are lines that only one of them knows", [] if others else ["none"])
check("the words stand at their fragments", off)
wanted = sum(len(article["mentions"]) for article in document()["articles"])
check("all tags are there", [] if count == wanted else [f"{count} of {wanted}"])
wanted = sorted(related())
check("bratly has the relations between names", [] if sorted(joined) == wanted else [f"{joined} instead of {wanted}"])
back = taken_in(*found("brat"))
check("the export comes back", [] if tags(back) == tags(document()) else ["not the same"])
check("the relations come back", [] if relations(back) == relations(document()) else [relations(back)])
