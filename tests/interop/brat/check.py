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

from common import check, document, found, tags, taken_in

KINDS = {
    "T": bratly.EntityAnnotation,
    "E": bratly.EventAnnotation,
    "R": bratly.RelationAnnotation,
    "A": bratly.AttributeAnnotation,
    "N": bratly.NormalizationAnnotation,
    "*": bratly.EquivalenceAnnotation,
    "#": bratly.NoteAnnotation,
}


def parsed(path, problems):
    known = {}
    for line in path.read_text(encoding="utf-8").split("\n"):
        if not line:
            continue
        kind = KINDS[line[0]]
        bare = line[0] == "E" and " " not in line or line[0] == "R" and "Arg1:E" in line
        # And what is said of such an event.
        bare = bare or line[0] in "AN#" and line.split("\t")[1].split(" ")[1] in others
        if bare:
            others.append(line.split("\t")[0])
            continue
        try:
            wants = len(inspect.signature(kind.from_line).parameters) > 1
            annotation = kind.from_line(line, known) if wants else kind.from_line(line)
            known[line.split("\t")[0]] = annotation
        except Exception as error:
            problems.append(f"{line!r}: {error}")
    return known


problems, off, count, others, lost = [], [], 0, [], []
for path in (path for path in found("brat") if path.suffix == ".ann"):
    text = path.with_suffix(".txt").read_bytes().decode("utf-8")
    for annotation in parsed(path, problems).values():
        if isinstance(annotation, bratly.EntityAnnotation):
            count += not annotation.label.startswith(("Participant_", "Figure"))
            words = " ".join(text[part.start : part.end] for part in annotation.fragments)
            off += [] if words == annotation.content else [f"{annotation}: {words!r}"]
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
check("the export comes back", [] if tags(taken_in(*found("brat"))) == tags(document()) else ["not the same"])
