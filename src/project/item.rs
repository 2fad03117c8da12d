//! Wikidata items, such as `Q15031`.

use smol_str::SmolStr;

/// The item that a text holds; none where it is empty.
pub fn item(text: &str) -> Option<SmolStr> {
    (!text.is_empty()).then(|| SmolStr::new(text))
}

/// Whether a text is written as an item is: a Q and a number.
pub fn is_item(text: &str) -> bool {
    text.strip_prefix('Q').is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

/// An item in files: its text, which older programs left empty for none.
pub(super) mod text {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use smol_str::SmolStr;

    pub fn serialize<S: Serializer>(item: &Option<SmolStr>, serializer: S) -> Result<S::Ok, S::Error> {
        item.as_deref().unwrap_or_default().serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<SmolStr>, D::Error> {
        SmolStr::deserialize(deserializer).map(|item| Some(item).filter(|item| !item.is_empty()))
    }
}

#[cfg(test)]
mod tests {
    use super::is_item;
    use crate::project::{ArticleId, Entity, EntityId, Event, EventId, KindId, Origin};

    #[test]
    fn an_item_is_a_q_and_a_number() {
        assert!(is_item("Q15031") && is_item("Q7"));
        assert!(["", "Q", "q7", "Q7a", " Q7", "7", "Q-7"].into_iter().all(|text| !is_item(text)));
    }

    #[test]
    fn an_item_is_its_text_in_files_and_an_empty_one_is_none() {
        let entity = Entity::new(EntityId(0), KindId::PERSON, "Uma", Origin::hand());
        let event = Event::new(EventId(0), ArticleId(0), "talks", Origin::hand());
        for (item, written) in [(Some("Q7"), "wikidata:\"Q7\","), (None, "")] {
            let entity = Entity { wikidata: item.map(Into::into), ..entity.clone() };
            let text = ron::to_string(&entity).unwrap();
            assert_eq!(text, format!("(id:0,kind:\"person\",name:\"Uma\",{written}origin:(source:\"hand\"))"));
            assert_eq!(ron::from_str::<Entity>(&text).unwrap(), entity);
            let event = Event { wikidata: item.map(Into::into), ..event.clone() };
            let text = ron::to_string(&event).unwrap();
            assert!(text.contains(&format!("{written}origin:")), "{text}");
            assert_eq!((text.contains("wikidata"), ron::from_str::<Event>(&text).unwrap()), (item.is_some(), event));
        }
        let old = "(id:0,kind:\"person\",name:\"Uma\",wikidata:\"\",origin:(source:\"hand\"))";
        assert_eq!(ron::from_str::<Entity>(old).unwrap(), entity);
    }
}
