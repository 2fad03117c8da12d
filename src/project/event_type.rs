//! What sorts of events there are: PLOVER's types and contexts, the classes of named events, those of news.

use serde::{Deserialize, Serialize};

/// PLOVER's event types (PLOVER codebook 2.x).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[expect(missing_docs, reason = "`definition` says what each is")]
pub enum Plover {
    Agree,
    Consult,
    Support,
    Concede,
    Cooperate,
    Aid,
    Retreat,
    Request,
    Accuse,
    Reject,
    Threaten,
    Protest,
    Sanction,
    Mobilize,
    Coerce,
    Assault,
}

/// The four classes that PLOVER's types fall into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub enum QuadClass {
    VerbalCooperation,
    MaterialCooperation,
    VerbalConflict,
    MaterialConflict,
}

impl QuadClass {
    /// In plain words.
    pub fn name(self) -> &'static str {
        match self {
            Self::VerbalCooperation => "verbal cooperation",
            Self::MaterialCooperation => "material cooperation",
            Self::VerbalConflict => "verbal conflict",
            Self::MaterialConflict => "material conflict",
        }
    }
}

impl Plover {
    /// All types, in the codebook's order.
    pub const ALL: [Self; 16] = [
        Self::Agree,
        Self::Consult,
        Self::Support,
        Self::Concede,
        Self::Cooperate,
        Self::Aid,
        Self::Retreat,
        Self::Request,
        Self::Accuse,
        Self::Reject,
        Self::Threaten,
        Self::Protest,
        Self::Sanction,
        Self::Mobilize,
        Self::Coerce,
        Self::Assault,
    ];

    /// The codebook's name, in capitals.
    pub fn name(self) -> &'static str {
        match self {
            Self::Agree => "AGREE",
            Self::Consult => "CONSULT",
            Self::Support => "SUPPORT",
            Self::Concede => "CONCEDE",
            Self::Cooperate => "COOPERATE",
            Self::Aid => "AID",
            Self::Retreat => "RETREAT",
            Self::Request => "REQUEST",
            Self::Accuse => "ACCUSE",
            Self::Reject => "REJECT",
            Self::Threaten => "THREATEN",
            Self::Protest => "PROTEST",
            Self::Sanction => "SANCTION",
            Self::Mobilize => "MOBILIZE",
            Self::Coerce => "COERCE",
            Self::Assault => "ASSAULT",
        }
    }

    /// In plain words, as one says of somebody.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Agree => "promises, offers",
            Self::Consult => "meets, talks",
            Self::Support => "supports, signs",
            Self::Concede => "yields, eases",
            Self::Cooperate => "cooperates, trades",
            Self::Aid => "gives aid",
            Self::Retreat => "withdraws, frees",
            Self::Request => "asks, demands",
            Self::Accuse => "accuses, criticises",
            Self::Reject => "refuses, boycotts",
            Self::Threaten => "threatens, warns",
            Self::Protest => "protests, strikes",
            Self::Sanction => "punishes, cuts ties",
            Self::Mobilize => "deploys forces",
            Self::Coerce => "arrests, bans, seizes",
            Self::Assault => "attacks, kills",
        }
    }

    /// The type of this name, in capitals.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|plover| plover.name() == name)
    }

    /// What the type means, in one line.
    pub fn definition(self) -> &'static str {
        match self {
            Self::Agree => "Says it will cooperate, promises, offers",
            Self::Consult => "Visits, hosts, meets, phones, negotiates, holds talks",
            Self::Support => "Endorses, praises, recognises, signs or ratifies, opens relations",
            Self::Concede => "Eases rules, lifts a curfew, declares a ceasefire",
            Self::Cooperate => "Trades, exercises jointly, extradites, shares intelligence",
            Self::Aid => "Gives money, arms, food, shelter or asylum",
            Self::Retreat => "Withdraws, frees prisoners, disarms, resigns, admits observers",
            Self::Request => "Asks, demands, seeks aid, change or a meeting",
            Self::Accuse => "Accuses, criticises, condemns, sues, investigates",
            Self::Reject => "Refuses, vetoes, boycotts",
            Self::Threaten => "Warns of force, sanctions or restriction",
            Self::Protest => "Demonstrates, strikes, riots, obstructs",
            Self::Sanction => "Embargoes, expels, halts aid, cuts relations",
            Self::Mobilize => "Deploys or raises forces or police, alerts",
            Self::Coerce => "Seizes, arrests, bans, censors, deports, attacks by computer",
            Self::Assault => "Beats, kidnaps, kills, bombs, attacks",
        }
    }

    /// The modes that the codebook knows for the type; empty where it has none.
    pub fn modes(self) -> &'static [&'static str] {
        match self {
            Self::Agree => &["meet", "settle", "mediate", "aid", "cooperate", "yield", "other"],
            Self::Consult => &["visit", "third-party", "multilateral", "phone"],
            Self::Support | Self::Concede => &[],
            Self::Cooperate => &["economic", "military", "judicial", "intelligence"],
            Self::Aid => &["economic", "military", "humanitarian", "asylum"],
            Self::Retreat => &["withdraw", "release", "return", "disarm", "ceasefire", "access", "resign"],
            Self::Request => &["assist", "change", "yield", "meet"],
            Self::Accuse => &["disapprove", "investigate", "allege"],
            Self::Reject => &["assist", "change", "yield", "meet"],
            Self::Threaten => &["restrict", "ban", "arrest", "relations", "expel", "territory", "violence"],
            Self::Protest => &["demo", "riot", "strike", "hunger", "boycott", "obstruct"],
            Self::Sanction => &["convict", "expel", "withdraw", "discontinue"],
            Self::Mobilize => &["troops", "weapons", "police", "militia"],
            Self::Coerce => &[
                "seize",
                "restrict",
                "ban",
                "censor",
                "martial-law",
                "arrest",
                "deport",
                "withhold",
                "misinform",
                "cyber",
            ],
            Self::Assault => &[
                "beat",
                "torture",
                "execute",
                "sexual",
                "assassinate",
                "primitive",
                "firearms",
                "explosives",
                "suicide-attack",
                "heavy-weapons",
                "crowd-control",
                "unconventional",
            ],
        }
    }

    /// Verbal or material, cooperation or conflict.
    pub fn quad_class(self) -> QuadClass {
        match self {
            Self::Agree | Self::Consult | Self::Support | Self::Concede => QuadClass::VerbalCooperation,
            Self::Cooperate | Self::Aid | Self::Retreat => QuadClass::MaterialCooperation,
            Self::Request | Self::Accuse | Self::Reject | Self::Threaten => QuadClass::VerbalConflict,
            Self::Protest | Self::Sanction | Self::Mobilize | Self::Coerce | Self::Assault => {
                QuadClass::MaterialConflict
            }
        }
    }
}

/// PLOVER's contexts, what an event is about, each with what it means (PLOVER codebook 2.x).
pub const CONTEXTS: &[(&str, &str)] = &[
    ("military", "Armed forces, weapons and their use"),
    ("intelligence", "Spying, secret services and what they share"),
    ("executive", "Heads of state and government, ministries"),
    ("legislative", "Parliaments and the laws they make"),
    ("election", "Elections, referendums and campaigns"),
    ("political_institutions", "Constitutions, parties and the order of the state"),
    ("economic", "Trade, money, markets and work"),
    ("legal", "Courts, trials, the police and the law"),
    ("corruption", "Bribes and the misuse of office"),
    ("human_rights", "Rights of people and their breach"),
    ("diplomatic", "Relations between states, embassies and envoys"),
    ("territory", "Borders and who holds a land"),
    ("reparations", "Amends for harm of the past"),
    ("resource", "Water, oil, gas, food and other goods of nature"),
    ("health", "Illness, hospitals and medicine"),
    ("disaster", "Storms, floods, earthquakes, accidents and relief"),
    ("environment", "Climate, pollution and nature"),
    ("migration", "Refugees, migrants and the displaced"),
    ("education", "Schools, universities and students"),
    ("science", "Research and technology"),
    ("cyber", "Computers, networks and attacks on them"),
    ("historical", "An event of the past that is only remembered"),
    ("hypothetical", "An event that may come or might have been"),
    ("crime", "Crime that is neither political nor of war"),
    ("illegal_drugs", "Drugs, their trade and the fight against it"),
    ("terrorism", "Acts meant to spread fear for a cause, and those who do them"),
    ("ethnic", "Peoples and the relations between them"),
    ("religious", "Faiths and the relations between them"),
    ("gender", "Sexes and the relations between them"),
    ("pro_democracy", "For more democracy"),
    ("pro_autocracy", "For less democracy"),
];

/// The classes of named events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "`name` says what each is")]
pub enum NamedClass {
    Election,
    War,
    Summit,
    Games,
    Disaster,
    Epidemic,
    Ceremony,
    Agreement,
    Other,
}

impl NamedClass {
    /// All classes, in the order of menus.
    pub const ALL: [Self; 9] = [
        Self::Election,
        Self::War,
        Self::Summit,
        Self::Games,
        Self::Disaster,
        Self::Epidemic,
        Self::Ceremony,
        Self::Agreement,
        Self::Other,
    ];

    /// In plain words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Election => "election",
            Self::War => "war or battle",
            Self::Summit => "summit or conference",
            Self::Games => "games or sport",
            Self::Disaster => "disaster",
            Self::Epidemic => "epidemic",
            Self::Ceremony => "ceremony or holiday",
            Self::Agreement => "agreement",
            Self::Other => "other",
        }
    }

    /// The class of this name, or of the one that it had in files of earlier versions.
    pub fn from_name(name: &str) -> Option<Self> {
        const EARLIER: &str = "holiday or ceremony";
        let earlier = (name == EARLIER).then_some(Self::Ceremony);
        Self::ALL.into_iter().find(|class| class.name() == name).or(earlier)
    }

    /// What the class holds, in one line.
    pub fn definition(self) -> &'static str {
        match self {
            Self::Election => "An election, a referendum or a primary",
            Self::War => "A war, a battle, an invasion or an uprising that has a name",
            Self::Summit => "A summit, a conference or a congress",
            Self::Games => "Games, a cup, a league's season or a race",
            Self::Disaster => "A storm, an earthquake, a famine, a crash or an accident",
            Self::Epidemic => "An epidemic or a pandemic",
            Self::Ceremony => "A holiday, a festival, a ceremony or an anniversary",
            Self::Agreement => "A treaty, an accord or a deal",
            Self::Other => "Another event with a name of its own",
        }
    }
}

/// The classes of happenings that none of PLOVER's types holds (`docs/events.md`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "`definition` says what each is")]
pub enum NewsClass {
    Accident,
    Disaster,
    Crime,
    Death,
    Birth,
    Health,
    Sport,
    Business,
    Court,
    Law,
    Science,
    Culture,
    Appointment,
    Other,
}

impl NewsClass {
    /// All classes, in the order of menus.
    pub const ALL: [Self; 14] = [
        Self::Accident,
        Self::Disaster,
        Self::Crime,
        Self::Death,
        Self::Birth,
        Self::Health,
        Self::Sport,
        Self::Business,
        Self::Court,
        Self::Law,
        Self::Science,
        Self::Culture,
        Self::Appointment,
        Self::Other,
    ];

    /// In plain words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Accident => "accident",
            Self::Disaster => "disaster",
            Self::Crime => "crime",
            Self::Death => "death",
            Self::Birth => "birth",
            Self::Health => "health",
            Self::Sport => "sport",
            Self::Business => "business",
            Self::Court => "court",
            Self::Law => "law",
            Self::Science => "science",
            Self::Culture => "culture",
            Self::Appointment => "appointment",
            Self::Other => "other",
        }
    }

    /// The class of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.name() == name)
    }

    /// What the class holds, in one line.
    pub fn definition(self) -> &'static str {
        match self {
            Self::Accident => "A crash, a fire, a collapse: harm that nobody meant",
            Self::Disaster => "A storm, a flood, a quake, a drought",
            Self::Crime => "A killing, a theft, a fraud by private people",
            Self::Death => "A death that is neither crime nor accident",
            Self::Birth => "A birth",
            Self::Health => "Cases, outbreaks, treatment, vaccination",
            Self::Sport => "A match, a win, a transfer",
            Self::Business => "Sales, prices, investments, products, jobs",
            Self::Court => "A hearing, a trial, a plea, a summons",
            Self::Law => "A rule, a bill, a policy, a vote on one",
            Self::Science => "A discovery, a study, a launch",
            Self::Culture => "A show, a book, a festival, an award",
            Self::Appointment => "An appointment, an election to an office, a move of staff",
            Self::Other => "Anything else that happens",
        }
    }
}

/// What sort of event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum EventType {
    /// It has a name of its own: the 2022 Winter Olympics.
    Named(NamedClass),
    /// Something that somebody does or that takes place; none where nobody has said of which type it is.
    Happening(Option<Plover>),
    /// A happening that no PLOVER type holds: a storm, a match, a trial.
    News(NewsClass),
}

impl EventType {
    /// `NAMED`, a PLOVER type, or none for other happenings.
    pub fn code(self) -> Option<&'static str> {
        match self {
            Self::Named(_) => Some("NAMED"),
            Self::Happening(plover) => plover.map(Plover::name),
            Self::News(_) => None,
        }
    }

    /// The class of a named event or of news.
    pub fn class(self) -> Option<&'static str> {
        match self {
            Self::Named(class) => Some(class.name()),
            Self::Happening(_) => None,
            Self::News(class) => Some(class.name()),
        }
    }

    /// The type with this [`EventType::code`] and [`EventType::class`]; none where the code is unknown. A named event of
    /// an unknown class is another, other happenings of one are untyped.
    pub fn from_parts(code: Option<&str>, class: Option<&str>) -> Option<Self> {
        match code {
            Some("NAMED") => Some(Self::Named(class.and_then(NamedClass::from_name).unwrap_or(NamedClass::Other))),
            Some(code) => Plover::from_name(code).map(|plover| Self::Happening(Some(plover))),
            None => Some(class.and_then(NewsClass::from_name).map_or(Self::Happening(None), Self::News)),
        }
    }
}
