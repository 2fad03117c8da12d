//! Exports as the databases lay them out, of invented articles.

use super::super::left_out::LeftOut;
use super::{Piece, split};
use crate::text::Article;

fn articles(text: &str) -> Vec<Article> {
    let pieces = split("export.txt", "export.txt", text, &mut LeftOut::default()).unwrap_or_default();
    let articles = pieces.into_iter().filter_map(|piece| match piece {
        Piece::Article(article) => Some(*article),
        Piece::Missing(_) => None,
    });
    articles.collect()
}

/// Title, source, author, date and text, one a line.
fn told(text: &str) -> Vec<String> {
    let told = |article: Article| {
        let meta = article.meta;
        let date = meta.date.map(|date| date.to_string()).unwrap_or_default();
        format!("{} | {} | {} | {date} | {}", meta.title, meta.source, meta.author, article.text.as_str())
    };
    articles(text).into_iter().map(told).collect()
}

#[test]
fn lexisnexis_documents() {
    let text = "\n\n                 1 of 2 DOCUMENTS\n\n\n              The Harbour Post\n\n            March 3, 2015 \
                Tuesday\n              Late Edition - Final\n\nPilots end strike after\nnight of talks\n\nBYLINE: By Ada \
                Moss\n\nSECTION: News; Pg. 4\n\nLENGTH: 21 words\n\nDATELINE: OSLO\n\nBODY:\n\n   Pilots went back to \
                work on Monday.\n\nNote: fares will rise.\n\nLOAD-DATE: March 4, 2015\n\nLANGUAGE: ENGLISH\n\nGRAPHIC: \
                Photo, Denmark\n\n                 Copyright 2015 Harbour Media\n                 All Rights Reserved\n\n\n\
                                 2 of 2 DOCUMENTS\n\n              The Harbour Post\n\n            March 5, 2015 \
                Thursday\n\nGulls win\n\nLENGTH: 9 words\n\nThe gulls won.\n\nLOAD-DATE: March 5, 2015\n\n\
                             We are sorry but this document cannot be displayed.\n";
    assert_eq!(
        told(text),
        [
            "Pilots end strike after night of talks | The Harbour Post | Ada Moss | 2015-03-03 | Pilots end strike after \
             night of talks\n\nPilots went back to work on Monday.\n\nNote: fares will rise.",
            "Gulls win | The Harbour Post |  | 2015-03-05 | Gulls win\n\nThe gulls won.",
        ]
    );
    let missing = split("a", "a", text, &mut LeftOut::default())
        .unwrap()
        .into_iter()
        .filter(|piece| matches!(piece, Piece::Missing(_)))
        .count();
    assert_eq!(missing, 1);
}

#[test]
fn nexis_documents_behind_a_cover() {
    let text = "Date and Time: Monday, March 9, 2020 10:11:00 AM CET\nJob Number: 111\n\nDocuments (2)\n\n1. Pilots end \
                strike\nClient/Matter: -None-\nSearch Terms: pilots\n2. Gulls win\n\n| About LexisNexis | Privacy \
                Policy |\n\nPilots end strike\nThe Harbour Post\nMarch 3, 2015 Tuesday\n\nCopyright 2015 Harbour Media \
                All Rights Reserved\nSection: NEWS; Pg. 4\nLength: 21 words\nByline: Ada Moss\nBody\n\nPilots went \
                back to work on Monday.\n\nClassification\nLanguage: ENGLISH\nSubject: AIRLINES (90%)\nLoad-Date: March \
                4, 2015\nEnd of Document\n\nGulls win\nThe Harbour Post\nMarch 5, 2015 Thursday\n\nCopyright 2015 \
                Harbour Media\nLength: 9 words\nBody\n\nThe gulls won.\n\nLoad-Date: March 5, 2015\nEnd of Document\n";
    assert_eq!(
        told(text),
        [
            "Pilots end strike | The Harbour Post | Ada Moss | 2015-03-03 | Pilots end strike\n\nPilots went back to work \
             on Monday.",
            "Gulls win | The Harbour Post |  | 2015-03-05 | Gulls win\n\nThe gulls won.",
        ]
    );
}

#[test]
fn factiva_documents() {
    let plain = "News\nPilots end strike\nBy Ada Moss\n212 words\n3 March 2015\n14:20\nThe Harbour Post\nHRBP\n4\n\
                 English\n(c) 2015 Harbour Media\n\nPilots went back to work on Monday.\n\nDocument \
                 HRBP000020150303eb330001x\n\nGulls win\n80 words\n5 March 2015\nThe Harbour Post\nHRBP\nEnglish\n\
                 Copyright 2015 Harbour Media\n\nThe gulls won.\n\nDocument HRBP000020150305eb350001x\n";
    let coded = "SE  News\nHD  Pilots end strike\nBY  By Ada Moss\nWC  212 words\nPD  3 March 2015\nSN  The Harbour \
                 Post\nSC  HRBP\nLA  English\nCY  (c) 2015\nLP  Pilots went back to work on Monday.\n\nRE  norway : \
                 Norway\nAN  Document HRBP000020150303eb330001x\nDocument HRBP000020150303eb330001x\n";
    let pilots = "Pilots end strike | The Harbour Post | Ada Moss | 2015-03-03 | Pilots end strike\n\nPilots went back to \
                  work on Monday.";
    assert_eq!(told(plain), [pilots, "Gulls win | The Harbour Post |  | 2015-03-05 | Gulls win\n\nThe gulls won."]);
    assert_eq!(told(coded), [pilots]);
}

#[test]
fn proquest_and_ebsco_documents() {
    let rule = "_".repeat(40);
    let proquest = format!(
        "{rule}\n\nReport Information from ProQuest\n09 March 2020 10:11\n{rule}\n\nTable of contents\n\n1. Pilots end \
         strike\n\n{rule}\n\nDocument 1 of 1\n\nPilots end strike\n\nAuthor: Moss, Ada; Tan, Bo\n\nPublication info: The \
         Harbour Post ; Oslo [Oslo]03 Mar 2015: 4.\n\nAbstract: None.\n\nFull text: Pilots went back to work on \
         Monday.\n\nThey won.\n\nPublication title: The Harbour Post; Oslo\n\nPublication date: Mar 3, 2015\n\nCountry \
         of publication: Norway\n\nLanguage of publication: English\n"
    );
    assert_eq!(
        told(&proquest),
        [
            "Pilots end strike | The Harbour Post | Ada Moss, Bo Tan | 2015-03-03 | Pilots end strike\n\nPilots went back to \
          work on Monday.\n\nThey won."
        ]
    );
    let ebsco = "Record: 1\n\nTitle:\n  Pilots end strike\n\nAuthors:\n  Moss, Ada\n\nSource:\n  Harbour Post. \
                 3/3/2015, p4.\n\nAccession Number:\n  991\n\nFull Text:\n  Pilots went back to work on \
                 Monday.\n\nCopyright of Harbour Post is the property of Harbour Media.\n\nRecord: 2\n\nTitle:\n  Gulls \
                 win\n\nSource:\n  Harbour Post. 3/5/2015, p1.\n\nAbstract:\n  The gulls won.\n\nAccession Number:\n  992\n";
    let found = told(ebsco);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with("Pilots end strike | Harbour Post") && found[0].contains("2015-03-03"), "{found:?}");
    assert!(found[0].ends_with("Pilots went back to work on Monday."), "{found:?}");
    assert!(found[1].ends_with("The gulls won.") && found[1].contains("2015-03-05"), "{found:?}");
}

#[test]
fn what_somebody_wrote_is_no_export() {
    let texts = [
        "Talks end early\n\nThe ministers left. Title: none was agreed.\n\nNote: more will follow.\nSource: Reuters\n",
        "1 of 3\n\nThe first part of a series.\n\nDate: to be told.\n",
        "Programme\n\nDate: 3 March 2015\nLocation: Oslo\nAuthor: Ada Moss\n\nAll are welcome.\n",
        "She wrote 300 words.\n300 words\nThat was all.\n",
    ];
    for text in texts {
        assert!(split("a", "a", text, &mut LeftOut::default()).is_none(), "{text}");
    }
}
