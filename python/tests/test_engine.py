"""Texts in, answers out."""

import json
import os
import pickle
import threading
import time
from datetime import date, datetime

import pytest
from conftest import DAYS, TEXTS

import rubricator
from rubricator import Answer, Answers, Engine


def test_one_text_gives_typed_objects(engine):
    answer = engine.suggest(TEXTS[2], date="2016-05-10", id="b-7")
    assert answer.id == "b-7" and answer.error is None
    assert "SY" in answer.countries
    for span in answer.spans:
        assert 0 <= span.start < span.end <= len(TEXTS[2]) and 0 <= span.score <= 1
    # The face before it is one character, as it is for Python.
    killed = next(event for event in answer.events if any(figure.kind == "killed" for figure in event.figures))
    assert TEXTS[2][slice(*killed.trigger)] == killed.text
    figure = next(figure for figure in killed.figures if figure.kind == "killed")
    assert figure.number == 12 and TEXTS[2][figure.start : figure.end] == figure.text
    assert killed.date is not None and killed.date.start == date(2016, 5, 9)


def test_people_are_told_with_their_mentions(engine):
    (person,) = engine.suggest(TEXTS[5], DAYS[5]).people
    assert (person.name, person.qid) == ("Emmanuel Macron", "Q3052772")
    (mention,) = person.mentions
    assert TEXTS[5][mention.start : mention.end] == "Emmanuel Macron"


def test_dates_are_days_or_words(engine):
    text = "Protesters blocked the bridge in Lisbon on Friday."
    as_word = engine.suggest(text, "2022-02-05")
    assert as_word == engine.suggest(text, date(2022, 2, 5)) == engine.suggest(text, datetime(2022, 2, 5, 23, 59))
    assert as_word.events[0].date.start == date(2022, 2, 4)
    assert as_word != engine.suggest(text, "2022-03-05")
    for wrong in ["5 Feb 2022", "20220205", "2022-02-30", ""]:
        with pytest.raises(ValueError, match="not a day written YYYY-MM-DD"):
            engine.suggest(text, wrong)
    with pytest.raises(TypeError, match="neither a datetime.date nor a str but int"):
        engine.suggest(text, 2022)


def test_what_is_no_text_is_told(engine):
    with pytest.raises(TypeError, match="not a str but bytes"):
        engine.suggest(b"Paris")
    with pytest.raises(ValueError, match="surrogate"):
        engine.suggest("Paris \ud800")
    with pytest.raises(TypeError, match="several"):
        engine.suggest_many("Paris")
    with pytest.raises(TypeError, match="text 1: the text is not a str but NoneType"):
        engine.suggest_many(["Paris", None])
    with pytest.raises(ValueError, match="2 texts, 2 ids and 1 dates"):
        engine.suggest_many(["Paris", "Rome"], dates=[None])
    with pytest.raises(ValueError, match="layers"):
        Engine(layers="some")
    with pytest.raises(ValueError, match="threads"):
        Engine(threads=0)


def test_a_bad_text_costs_itself_alone(engine):
    bad = ["Angela Merkel spoke.", None, "Paris \ud800", "Germany", "x"]
    answers = engine.suggest_many(bad, ["2015-01-01", None, None, "yesterday", None], ids=list("abcde"), errors="answer")
    assert [answer.id for answer in answers] == list("abcde")
    assert [answer.error is None for answer in answers] == [True, False, False, False, True]
    assert "NoneType" in answers[1].error and "surrogate" in answers[2].error and "yesterday" in answers[3].error
    assert answers[1].spans == answers[1].people == answers[1].events == ()
    assert answers[0].people[0].name == "Angela Merkel"


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_the_answers_are_those_of_the_program(engine, program, requests, threads):
    stream = program("suggest", "--jsonl", input=requests)
    assert engine.suggest_many(TEXTS, DAYS, threads).to_jsonl() == stream
    assert b"".join(answer.line + b"\n" for answer in engine.pipe(TEXTS, DAYS, threads, batch_size=2)) == stream
    assert b"".join(engine.suggest(t, d, id=n).line + b"\n" for n, (t, d) in enumerate(zip(TEXTS, DAYS))) == stream


def test_all_layers_and_names_across_are_those_of_the_program(program, requests):
    engine = Engine(layers="all", inside_names=True)
    stream = program("suggest", "--jsonl", "--layers", "all", "--inside-names", input=requests)
    assert engine.suggest_many(TEXTS, DAYS).to_jsonl() == stream
    stream = program("suggest", "--jsonl", "--layers", "all", "--inside-names", "--across", input=requests + requests)
    answers = engine.suggest_many(TEXTS * 2, DAYS * 2, ids=[*range(len(TEXTS))] * 2, across=True)
    assert answers.to_jsonl() == stream
    assert any(span.across is not None for answer in answers for span in answer.spans)


def test_an_answer_between_errors_keeps_its_number_across(engine):
    texts = [TEXTS[5], None, TEXTS[5]]
    answers = engine.suggest_many(texts, across=True, errors="answer")
    first, wrong, last = ([span.across for span in answer.spans] for answer in answers)
    assert first == last and any(number is not None for number in first) and wrong == []


def test_every_field_of_the_stream_has_its_place(engine):
    """A field that the stream gains must come out of the typed objects too."""

    def check(record, of, renamed=()):
        known = {field.name for field in of.__dataclass_fields__.values()} | set(renamed)
        assert set(record) <= known, f"{of.__name__} lacks {set(record) - known}"

    answers = Engine(layers="all").suggest_many(TEXTS, DAYS, across=True)
    for answer in answers.to_dicts():
        assert set(answer) == {"id", "spans", "people", "countries", "events"}
        for span in answer["spans"]:
            check(span, rubricator.Span)
        for person in answer["people"]:
            check(person, rubricator.Person)
        for event in answer["events"]:
            check(event, rubricator.Event, ["class"])
            for participant in event["participants"]:
                check(participant, rubricator.Participant)
            for figure in event.get("figures", []):
                check(figure, rubricator.Figure)
    assert any(event.participants for answer in answers for event in answer.events)
    assert any(event.place for answer in answers for event in answer.events)


def test_answers_are_a_sequence_and_can_be_kept(engine, tmp_path):
    answers = engine.suggest_many(TEXTS, DAYS)
    assert len(answers) == len(TEXTS) and answers[-1] == answers[len(TEXTS) - 1]
    assert [answer.id for answer in answers[1:4:2]] == [1, 3]
    with pytest.raises(IndexError, match="there are 6 answers"):
        answers[6]
    answers.write(tmp_path / "answers.jsonl")
    again = Answers.read(tmp_path / "answers.jsonl")
    assert list(again) == list(answers) == list(pickle.loads(pickle.dumps(answers)))
    assert json.loads(answers[0].line) == answers[0].to_dict()
    assert Answer(answers[0].line).spans == answers[0].spans


def test_other_threads_go_on(engine):
    """The lock of the interpreter is not held: a thread that only counts does so while texts are read."""
    counted, done = [0], threading.Event()

    def count():
        while not done.is_set():
            counted[0] += 1
            time.sleep(0.001)

    thread = threading.Thread(target=count)
    thread.start()
    try:
        before = counted[0]
        engine.suggest_many([" ".join(TEXTS)] * 30, threads=1)
        assert counted[0] > before + 3
    finally:
        done.set()
        thread.join()


def test_an_engine_can_be_sent_to_another_process():
    engine = pickle.loads(pickle.dumps(Engine(layers="all", threads=1)))
    assert repr(engine) == "Engine(layers='all', threads=1, inside_names=False, memory=None)"
    assert any(span.label == "ORG" for span in engine.suggest("The United Nations met in Geneva.").spans)


def test_a_forked_process_has_threads_of_its_own(engine):
    """Spark, Gunicorn and spaCy fork: the threads of the parent are not there in the child."""
    expected = engine.suggest_many(TEXTS, DAYS, threads=2).to_jsonl()
    engine.suggest(TEXTS[0])
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        same = engine.suggest_many(TEXTS, DAYS, threads=2).to_jsonl() == expected
        alone = engine.suggest(TEXTS[0], DAYS[0], id=0).line == expected.split(b"\n")[0]
        os.write(write, b"same" if same and alone else b"other")
        os._exit(0)
    os.close(write)
    deadline = time.monotonic() + 120
    while os.waitpid(child, os.WNOHANG) == (0, 0):
        if time.monotonic() > deadline:
            os.kill(child, 9)
            pytest.fail("the child waits for threads that are not there")
        time.sleep(0.01)
    assert os.read(read, 10) == b"same"
