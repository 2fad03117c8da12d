"""The component for spaCy."""

import datetime
import doctest

import pytest
import spacy
from conftest import DAYS, TEXTS
from spacy.tokens import DocBin, Span

import rubricator
import rubricator.spacy


@pytest.fixture
def nlp():
    nlp = spacy.blank("en")
    nlp.add_pipe("rubricator", config={"threads": 2})
    return nlp


def test_it_is_found_without_an_import():
    """By the entry point of the package, in a Python that has not imported it."""
    import subprocess
    import sys

    code = "import spacy; nlp = spacy.blank('en'); nlp.add_pipe('rubricator'); print(nlp('Kenya').ents[0].kb_id_)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "KE\n"


def test_entities_are_linked(nlp):
    doc = nlp("French President Emmanuel Macron met Kenyan officials in Nairobi on Friday.")
    found = {ent.text: (ent.label_, ent.kb_id_) for ent in doc.ents}
    assert found["Emmanuel Macron"] == ("PERSON", "Q3052772")
    assert found["Kenyan"] == ("COUNTRY", "KE")
    assert all(ent.label_ != "TRIGGER" for ent in doc.ents)


@pytest.mark.parametrize("text", TEXTS)
def test_spans_are_those_of_the_engine(nlp, engine, text):
    doc = nlp(text)
    spans = doc.spans["rubricator"]
    answer = engine.suggest(text)
    assert doc._.rubricator.spans == answer.spans
    assert len(spans) == len(answer.spans) == len(spans.attrs["scores"])
    for span, said in zip(spans, answer.spans):
        # Never less than what the engine marked, and more only where spaCy does not part a word.
        assert span.start_char <= said.start and said.end <= span.end_char and span.label_ == said.label
        assert span[0].idx + len(span[0]) > said.start and span[-1].idx < said.end


def test_the_day_of_publication_counts(nlp):
    doc = nlp.make_doc("Protesters blocked the bridge in Lisbon on Friday.")
    doc._.published = datetime.date(2022, 2, 5)
    assert nlp(doc)._.rubricator.events[0].date.start == datetime.date(2022, 2, 4)
    (piped,) = nlp.pipe([doc])
    assert piped._.rubricator.events[0].date.start == datetime.date(2022, 2, 4)


def test_a_stream_is_read_as_one_by_one(nlp):
    piped = list(nlp.pipe(TEXTS * 3, batch_size=4))
    for doc, text in zip(piped, TEXTS * 3, strict=True):
        alone = nlp(text)
        assert [(e.start, e.end, e.label_, e.kb_id_) for e in doc.ents] == [
            (e.start, e.end, e.label_, e.kb_id_) for e in alone.ents
        ]


def test_labels_and_layers_can_be_chosen():
    nlp = spacy.blank("en")
    nlp.add_pipe("rubricator", config={"layers": "all", "labels": {"COUNTRY": "GPE"}, "spans_key": "found"})
    doc = nlp("The United Nations sent monitors to Kenya.")
    assert {ent.label_ for ent in doc.ents} == {"ORG", "GPE"}
    assert "found" in doc.spans and "rubricator" not in doc.spans
    with pytest.raises(ValueError, match="layers"):
        spacy.blank("en").add_pipe("rubricator", config={"layers": "some"})


def test_entities_of_another_component_can_stay():
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "SHIP", "pattern": "Kenya Star"}])
    nlp.add_pipe("rubricator", config={"overwrite_ents": False})
    doc = nlp("The Kenya Star left Mombasa for Germany.")
    assert {("Kenya Star", "SHIP"), ("Germany", "COUNTRY")} <= {(ent.text, ent.label_) for ent in doc.ents}


def test_a_pipeline_can_be_kept(nlp, tmp_path):
    nlp.to_disk(tmp_path / "pipeline")
    again = spacy.load(tmp_path / "pipeline")
    assert again(TEXTS[1]).ents[0].text == nlp(TEXTS[1]).ents[0].text
    kept = DocBin(docs=[nlp(TEXTS[1])]).to_bytes()
    (doc,) = DocBin().from_bytes(kept).get_docs(again.vocab)
    assert isinstance(doc.ents[0], Span) and doc.ents[0].label_ == nlp(TEXTS[1]).ents[0].label_


def test_several_processes_say_the_same(nlp):
    docs = [nlp.make_doc(text) for text in TEXTS]
    for doc, day in zip(docs, DAYS, strict=True):
        doc._.published = day and datetime.date.fromisoformat(day)
    found = list(nlp.pipe([doc.copy() for doc in docs], n_process=2, batch_size=2))
    expected = [nlp(doc) for doc in docs]
    assert [[ent.text for ent in doc.ents] for doc in found] == [[ent.text for ent in doc.ents] for doc in expected]
    assert [doc._.rubricator for doc in found] == [doc._.rubricator for doc in expected]
    assert any(event.date for doc in found for event in doc._.rubricator.events)


def test_examples_are_true():
    failed, tried = doctest.testmod(rubricator.spacy)
    assert failed == 0 and tried > 4
    failed, tried = doctest.testmod(rubricator)
    assert failed == 0 and tried >= 4
