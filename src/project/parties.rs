//! What a project knows of those who take part in its events.

use super::{CountryCode, KindId, Party, PartyLabel, Project, Schema};

impl Project {
    /// What a party is called: an entity's name, or the words.
    pub fn party_name<'a>(&'a self, who: &'a Party) -> &'a str {
        match who {
            Party::Entity(id) => self.entity(*id).map_or("", |entity| &entity.name),
            Party::Words(words) => &words.name,
        }
    }

    /// The country that a party is or belongs to, where known.
    pub fn party_country(&self, who: &Party) -> Option<CountryCode> {
        match who {
            Party::Entity(id) => self.entity(*id)?.country,
            Party::Words(words) => words.country,
        }
    }

    /// What a party is. Entities of own kinds are organisations.
    pub fn party_label(&self, who: &Party) -> PartyLabel {
        let entity = match who {
            Party::Entity(id) => self.entity(*id),
            Party::Words(words) => return words.label,
        };
        let Some(entity) = entity else { return PartyLabel::Org };
        match self.tagset().schema(&entity.kind) {
            Schema::Person => PartyLabel::Person,
            Schema::Country => PartyLabel::Country,
            Schema::Entity if entity.kind == KindId::PERSON => PartyLabel::Person,
            Schema::Entity if entity.kind == KindId::GROUP => PartyLabel::Group,
            Schema::Entity | Schema::Event => PartyLabel::Org,
        }
    }
}
