"""Projects, articles, annotations in and out, measures."""

import datetime
import io
import json
import pickle
import zipfile

import pyarrow.parquet
import pytest
from conftest import DAYS, TEXTS

import rubricator
from rubricator import Article, Engine, Project, RubricatorError


@pytest.fixture
def project(engine):
    project = Project()
    for n, (text, day) in enumerate(zip(TEXTS, DAYS)):
        if text:
            project.add(text, title=f"Number {n}", date=day)
    project.suggest(engine)
    return project


def without_time(known):
    return json.loads(json.dumps(known), object_hook=lambda it: {k: v for k, v in it.items() if k != "at"})


def test_articles_come_of_any_file(tmp_path):
    page = "<html><head><title>Talks</title><meta property='article:published_time' content='2022-02-04'></head>"
    page += "<body><article><h1>Talks</h1><p>" + TEXTS[0] + "</p><p>" + TEXTS[1] + "</p></article></body></html>"
    (tmp_path / "talks.html").write_text(page, encoding="utf-8")
    (article,) = rubricator.read_articles(tmp_path / "talks.html")
    assert article.title == "Talks" and article.date == datetime.date(2022, 2, 4) and TEXTS[0] in article.text
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("one.txt", "One\n\nAngela Merkel spoke.")
        file.writestr("two.csv", "headline,body\nTwo,Kenya voted.\nThree,Peru voted.\n")
    found = rubricator.read_bytes("articles.zip", archive.getvalue(), columns="text=body,title=headline")
    assert [article.title for article in found] == ["One", "Two", "Three"]
    warc = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/a\r\nContent-Type: application/http; msgtype=response\r\n"
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page.encode()
    warc += b"Content-Length: %d\r\n\r\n" % len(body) + body + b"\r\n\r\n"
    (crawled,) = rubricator.read_bytes("crawl.warc", warc)
    assert crawled.url == "https://news.example/a" and TEXTS[1] in crawled.text
    nothing = rubricator.read_bytes("broken.pdf", b"%PDF-1.7 broken")
    assert list(nothing) == [] and "broken.pdf" in str(nothing.remarks)
    (tmp_path / "empty.txt").write_text("")
    with pytest.raises(RubricatorError, match="empty.txt") as told:
        rubricator.read_articles(tmp_path / "empty.txt")
    assert told.value.path == tmp_path / "empty.txt"
    (tmp_path / "log.txt").write_text("Document 1\nKenya voted.\nDocument 2\nPeru voted.\n")
    assert len(rubricator.read_articles(tmp_path / "log.txt", split_at=r"^Document \d+")) == 2


def test_a_project_is_written_and_read(project, program, tmp_path):
    path = tmp_path / "talks.rubric"
    project.write(path)
    again = Project.read(path)
    assert len(again) == len(project) == 5 and again.to_dict() == project.to_dict()
    assert pickle.loads(pickle.dumps(project)).to_dict() == project.to_dict()
    # The program reads it, and writes from it what is exported here.
    for format in ["json", "csv", "polecat", "html"]:
        piped = program("export", path, "--format", format, "--status", "all", "--out", "-")
        assert again.export(format, status="all").data == piped
    assert program("check", path).decode()


def test_suggestions_are_those_of_the_program(project, program, tmp_path):
    for n, text in enumerate(TEXTS):
        (tmp_path / f"{n}.txt").write_text(text, encoding="utf-8")
    files = [tmp_path / f"{n}.txt" for n, text in enumerate(TEXTS) if text]
    mine = Project()
    mine.add_files(*files)
    mine.suggest()
    theirs = json.loads(program("export", *files, "--format", "json", "--out", "-"))
    assert without_time(mine.to_dict()) == without_time(theirs)


@pytest.mark.parametrize("format", [it.id for it in rubricator.formats()["export"]])
def test_every_export_is_that_of_the_program(project, program, tmp_path, format):
    project.write(tmp_path / "talks.rubric")
    export = project.export(format, status="all", kinds=["person", "country", "event"])
    export.write(tmp_path / "mine")
    if format == "parquet" and b"export  parquet " not in program("formats"):
        # A debug build of the program is without it.
        for name, data in export.files.items():
            assert pyarrow.parquet.read_table(io.BytesIO(data)).num_columns > 2, name
        return
    chosen = ["--status", "all", "--kinds", "person,country,event", "--out", tmp_path / "its"]
    program("export", tmp_path / "talks.rubric", "--format", format, *chosen)

    def files(path):
        return {it.name: it.read_bytes() for it in path.iterdir()} if export.is_folder else {"": path.read_bytes()}

    assert files(tmp_path / "mine") == files(tmp_path / "its") != {}


@pytest.mark.parametrize(
    "format, ending",
    [(it.id, it.extension) for it in rubricator.formats()["import"]],
)
def test_every_import_takes_in_what_was_exported(project, tmp_path, format, ending):
    names = {it.id: it.id for it in rubricator.formats()["export"]} | {"brat": "brat", "cas": "cas-xmi"}
    export = project.export(names.get(format, format), status="all")
    out = tmp_path / (format if export.is_folder else f"annotations.{ending}")
    export.write(out)
    again = Project()
    left_out = again.import_annotations(out, format=format, annotator="Ana")
    assert len(again) == len(project), left_out
    # A name in the first text is there again.
    assert any(
        mention["quote"] == "Amélia Castanheira" for article in again.to_dict()["articles"] for mention in article["mentions"]
    )


def test_kinds_can_be_taken_as_others(project, tmp_path):
    project.export("json", status="all").write(tmp_path / "set.json")
    taken = Project()
    taken.import_annotations(tmp_path / "set.json", kinds={"country": "person", "event": None})
    kinds = {mention["kind"] for article in taken.to_dict()["articles"] for mention in article["mentions"]}
    assert kinds == {"person"}
    with pytest.raises(ValueError, match="no kind “ship”"):
        taken.import_annotations(tmp_path / "set.json", kinds={"ship": "person"})
    with pytest.raises(ValueError, match="events stay events"):
        taken.import_annotations(tmp_path / "set.json", kinds={"person": "event"})
    accepted = taken.to_dict()
    for n, mention in enumerate(accepted["articles"][0]["mentions"][:2]):
        mention |= {"status": "accepted", "by": ["Ana", "Ben"][n], "at": "2024-01-01T00:00:00Z"}
    (tmp_path / "accepted.json").write_text(json.dumps(accepted))
    decided = Project()
    decided.import_annotations(tmp_path / "accepted.json")
    for by, count in [(None, 2), ("Ana", 1), ("Cleo", 0)]:
        assert len(decided.export("csv", by=by).data.splitlines()) == count + 1
    joined = Project()
    joined.join(taken)
    assert len(joined) == len(taken)


def test_a_crosswalk_comes_back(project, tmp_path):
    crosswalk = project.export("crosswalk", status="all").data.decode()
    head, *rows = crosswalk.splitlines()
    assert head.startswith("happening,event") and len(rows) > 1
    same = [",".join(["one", *row.split(",")[1:]]) for row in rows[:2]]
    (tmp_path / "crosswalk.csv").write_text("\n".join([head, *same]) + "\n", encoding="utf-8")
    assert project.take_crosswalk(tmp_path / "crosswalk.csv", annotator="Ana") == []
    assert len(project.export("register", status="all").data.splitlines()) == len(rows)


def test_what_is_wrong_is_told_with_its_file_and_line(project, tmp_path):
    with pytest.raises(FileNotFoundError, match="nothing.rubric") as told:
        Project.read(tmp_path / "nothing.rubric")
    assert told.value.path == tmp_path / "nothing.rubric"
    path = tmp_path / "talks.rubric"
    project.write(path)
    lines = path.read_text(encoding="utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if "Castanheira" in line)
    path.write_text("\n".join([*lines[:at], "  garbled (", *lines[at + 1 :]]), encoding="utf-8")
    with pytest.raises(RubricatorError, match="damaged") as told:
        Project.read(path)
    assert told.value.path == path and told.value.line >= at + 1 and told.value.column >= 1
    with pytest.raises(RubricatorError, match="must end in .rubric"):
        project.write(tmp_path / "talks.json")
    (tmp_path / "gold.jsonl").write_text('{"id":"1","text":"Kenya","spans":[],"labels":[]}\n{"id":"2"\n')
    with pytest.raises(RubricatorError, match=r"gold.jsonl:2: ") as told:
        rubricator.evaluate(tmp_path / "gold.jsonl")
    assert told.value.line == 2 and told.value.path == tmp_path / "gold.jsonl"
    (tmp_path / "bad.json").write_text('{"format":"rubricator annotations","version":2,\n"articles":7}')
    with pytest.raises(RubricatorError, match="bad.json"):
        Project().import_annotations(tmp_path / "bad.json")
    with pytest.raises(ValueError, match="no format “word”"):
        project.export("word")
    with pytest.raises(ValueError, match="no place for happenings"):
        project.export("csv", happenings=True)
    with pytest.raises(ValueError, match="no article has the id or title “z”"):
        project.export("csv", articles=["z"])
    with pytest.raises(RubricatorError, match="no article"):
        Project().export("csv")


def test_a_project_teaches_an_engine(program, tmp_path):
    """A word that was tagged in two articles is suggested in a third."""
    project = Project()
    for n, text in enumerate(["Ada fed the heron.", "Ada left the heron."]):
        project.add(text, title=str(n))
    known = project.to_dict()
    for n, article in enumerate(known["articles"]):
        start = article["text"].index("heron")
        place = {"id": f"m{n + 1}", "kind": "person", "start": start, "end": start + 5, "quote": "heron"}
        decided = {"status": "accepted", "source": "hand", "by": "Ana", "at": "2024-01-01T00:00:00Z"}
        article["mentions"] = [place | decided]
    (tmp_path / "marked.json").write_text(json.dumps(known))
    taught = Project()
    assert taught.import_annotations(tmp_path / "marked.json") == []
    taught.write(tmp_path / "taught.rubric")
    text = "Ben photographed a heron."
    engine = Engine(memory=taught)
    answer = engine.suggest(text, id=1)
    assert [person.name for person in answer.people if person.name == "heron"]
    assert answer == pickle.loads(pickle.dumps(engine)).suggest(text, id=1) != Engine().suggest(text, id=1)
    line = json.dumps({"id": 1, "text": text}).encode()
    assert program("suggest", "--jsonl", "--memory", tmp_path / "taught.rubric", input=line) == answer.line + b"\n"


def test_evaluate_says_what_the_program_says(engine, program, requests, tmp_path):
    answers = engine.suggest_many(TEXTS, DAYS)
    gold = tmp_path / "gold.jsonl"
    rows = []
    for answer, text, day in zip(answers, TEXTS, DAYS):
        spans = [{"start": s.start, "end": s.end, "label": s.label} for s in answer.spans if s.label == "PERSON"][1:]
        rows.append({"id": str(answer.id), "text": text, "spans": spans, "labels": ["PERSON"]} | ({"date": day} if day else {}))
    gold.write_text("".join(json.dumps(row) + "\n" for row in rows))
    report = rubricator.evaluate(gold, engine)
    theirs = json.loads(program("evaluate", gold, "--json"))
    without_speed = lambda it: {k: v for k, v in it.items() if "second" not in k and "speed" not in k}
    assert without_speed(report) == without_speed(theirs)
    (tmp_path / "answers.jsonl").write_bytes(b"".join(
        json.dumps({"id": str(a.id), "spans": [{"start": s.start, "end": s.end, "label": s.label} for s in a.spans]}).encode() + b"\n"
        for a in answers
    ))
    by_answers = rubricator.evaluate(gold, answers=tmp_path / "answers.jsonl")
    theirs = json.loads(program("evaluate", gold, "--answers", tmp_path / "answers.jsonl", "--json"))
    assert by_answers == theirs
    lessons = rubricator.learn(gold, engine)
    assert lessons == [json.loads(line) for line in program("evaluate", gold, "--learn", "--json").splitlines()]


def test_compare_says_what_the_program_says(project, program, tmp_path):
    known = project.to_dict()
    for article in known["articles"]:
        for mention in article["mentions"]:
            mention["status"] = "accepted"
    (tmp_path / "ana.json").write_text(json.dumps(known))
    for article in known["articles"]:
        article["mentions"] = [mention for mention in article["mentions"] if mention["kind"] != "event"][1:]
        article["events"], article["relations"] = [], []
    (tmp_path / "ben.json").write_text(json.dumps(known))
    for name in ("ana", "ben"):
        taken = Project()
        taken.import_annotations(tmp_path / f"{name}.json")
        taken.write(tmp_path / f"{name}.rubric")
    ana, ben = tmp_path / "ana.rubric", tmp_path / "ben.rubric"
    compared = rubricator.compare({"ana": ana, "ben": Project.read(ben)})
    assert compared.report == json.loads(program("compare", ana, ben, "--json"))
    assert compared.table == program("compare", ana, ben).decode()
    assert compared.report["articles"] and "ana" in compared.table
    program("compare", ana, ben, "--tokens", tmp_path / "tokens.csv")
    assert compared.tokens == (tmp_path / "tokens.csv").read_text(encoding="utf-8")
    compared = rubricator.compare({"ana": ana}, engine=Engine())
    assert compared.report == json.loads(program("compare", ana, "--engine", "--json"))
    with pytest.raises(ValueError, match="two annotators"):
        rubricator.compare({"ana": ana})
    other = Project()
    other.add("Something else.")
    with pytest.raises(ValueError, match="no article in common"):
        rubricator.compare({"ana": ana, "other": other})


def test_an_article_is_added_with_what_is_known_of_it():
    project = Project()
    project.add(Article(text="Kenya voted.", title="Vote", source="The Post", date=datetime.date(2024, 5, 1), url="https://x.example/"))
    (article,) = project.to_dict()["articles"]
    assert (article["title"], article["source"], article["date"]) == ("Vote", "The Post", "2024-05-01")
    assert repr(project) == "<Project of 1 article>"
