//! People, countries and places as the engine finds them with the shipped model, in texts that any model has to understand.
//! The tests of the rules assume what the tagger sees.

use super::fixture::{expect, parse, render};
use super::{Document, Engine, Label, Options};

#[track_caller]
fn check(marked: &str) {
    let fixture = parse(marked);
    let engine = Engine::new(Options::default());
    assert!(engine.problem().is_none());
    let found = engine.suggest(&Document::new(&fixture.text, None));
    let labels = [Label::Person, Label::Country, Label::Place, Label::Norp, Label::Org];
    expect("with the shipped model", marked, &render(&fixture, &found, &labels));
}

#[test]
fn plain_sentences_are_understood() {
    check("On Monday <person>Angela Merkel</person> met <person>Emmanuel Macron</person> in <place DE>Berlin</place>.");
    check(
        "<country CN>Chinese</country> Foreign Minister <person>Wang Yi</person> met his <country RU>Russian</country> counterpart <person>Sergei Lavrov</person>.",
    );
    check("<norp>Muslims</norp> and <norp>Christians</norp> met the <org>World Health Organization</org>.");
}

#[test]
fn no_name_ends_with_what_leads_on() {
    check(
        "Mayor <person>Joseph R. Tallis</person> of <place>Ferrand</place> opened the bridge with <person>Ada Quist</person>, its engineer.",
    );
}

#[test]
fn texts_without_capitals_and_in_capitals_are_understood() {
    check("<person>kim jong un</person> met reporters in <place VN>hanoi</place>, officials said");
    check("PRIME MINISTER <person Boris Johnson>BORIS JOHNSON</person> RESIGNS");
}

#[test]
fn each_line_of_a_list_is_a_name() {
    check(
        "Best Newcomer\n<person>Will Mokoena</person>\n<person>Joy Abara Sithole</person>\n\nLifetime \
         Award\n<person>Ana Belén Rojas Prieto</person>",
    );
}
