"""Made-up news prose: stories, comments, teasers, captions, for pages whose right text is known word by word."""
import html

GIVEN = ('Anneli Bodil Cato Dagny Emre Farida Gisela Hamid Ines Jorun Kofi Lieke Marek Nadja Odile Piet Quirin Rosa Sunniva '
         'Tariq Ulla Vesna Wim Xenia Yusuf Zora').split()
FAMILY = ('Almqvist Berisha Castellan Dufresne Eriksen Fontaine Grzelak Haugland Ivarsson Jelinek Kasapi Lindqvist Moravec '
          'Nyberg Okafor Pellegrin Quist Rautio Sandoval Tverdal Ulvestad Vandamme Wessel Ximenes Yilmaz Zupan').split()
TOWN = ('Harrowby Lenkova Mirebrook Ostvik Pellaton Quarndale Rosmere Sandhaven Tallis Underlund Velmora Wexcombe Yarrowfield '
        'Zellen Brackwater Cindermouth Dunfallow Elsterby').split()
COUNTRY = 'Norway Portugal Ghana Chile Vietnam Latvia Jordan Peru Kenya Croatia Iceland Uruguay Nepal Tunisia'.split()
THING = ('ferry|bridge|reservoir|tram line|grain store|lighthouse|hospital wing|seed bank|school roof|harbour wall|mill|'
         'cable car|fish market|archive|power station|swimming pool|quarry|airfield').split('|')
BODY = ('council|ministry|port authority|regional court|water board|trade union|heritage office|parliament committee|'
        'audit office|harbour trust').split('|')
VERB = 'closed|reopened|inspected|sold|repaired|flooded|leased|surveyed|dismantled|widened'.split('|')
DAY = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split()
MONTH = 'January February March April May June July August September October November December'.split()

SENTENCES = [
    'The {thing} in {town} was {verb} on {day} after the {body} had argued over it for {n} months.',
    '{who} of the {body} said that the cost had risen to {n} million crowns since the first plan was drawn.',
    '"We counted every bolt and every plank, and {n} of them were missing," {sur} said in {town}.',
    'Engineers from {country} had warned of the damage in {month}, but their letter lay unopened in a drawer.',
    'The {body} will meet again next month, and until then nobody may enter the {thing} without a permit.',
    'About {n} people live within sight of the {thing}, most of them pensioners and fishermen.',
    '{who}, who ran the {thing} for {n} years, called the decision a mistake that others would pay for.',
    'A similar {thing} was {verb} in {country} two years ago, and the repair took longer than anyone had planned.',
    'On {day} morning the road to {town} was still blocked by lorries, {sur} told reporters.',
    'The report, {n} pages long, names no one, yet everybody in {town} knows whom it means.',
    'According to the {body}, the {thing} carried {n} tonnes more than it was built for.',
    '"{country} lent us the pumps and asked for nothing," {sur} said, "which is more than I can say of the {body}."',
    'Only {n} of the documents that the {body} had asked for were handed over in time.',
    'Shops in {town} stayed shut, and the evening train to the coast ran without stopping.',
    'The prosecutor has opened a case against two officials, who deny that they knew of the cracks.',
    '{who} has lived beside the {thing} since childhood and keeps a diary of its failures.',
    'Rain fell on {town} for {n} hours, and by noon the cellars of the lower streets were full.',
    'Opposition members asked why the {body} had waited until {month} before it told the public.',
    'In a letter seen by this newspaper the {body} admits that the numbers were wrong by a factor of {n}.',
    'Insurers in {country} put the loss at {n} million, a third of which nobody has agreed to pay.',
    'The {thing} dates from a time when {town} had twice as many inhabitants as today.',
    '{sur} and three colleagues drove to {town} the same night to see the {thing} for themselves.',
    'Without the {thing}, children from the villages need {n} minutes more to reach their school.',
    'No one was hurt, the fire brigade said, although {n} cows had to be led out through the water.',
]
COMMENTS = [
    'I have said for years that somebody should look into {sur}, and here we are again, what a surprise for {country}.',
    'Great piece. My cousin in {country} had the same trouble with her {thing} and got no answer for {n} weeks.',
    'Typical. They {verb} everything in {town} and send us the bill, while {who} sits at home and laughs about it.',
    'You forgot to mention {country}, where {sur} tried precisely this and lost {n} million doing it, read a book.',
    'Does anybody know whether the {thing} at {town} is open on {day}? We would come by with {n} friends.',
    'Moderators, why was my remark about {who} deleted? I only quoted what the papers in {country} wrote.',
]
TEASERS = ['{who} leaves {town} orchestra after quarrel', 'Ten dishes from {country} to cook this weekend',
           'Storm cuts power to {n} homes near {town}', '{country} names {who} as envoy', 'Why {town} loves its old {thing}',
           'Singer {who} held in {country} after party', 'Quiz: how well do you know {country}?']
CAPTIONS = ['The {thing} at {town} as seen from the northern bank last {month}.', '{who} in front of the {thing} in {town}.',
            'Workers carry sandbags to the {thing} in {town} on {day}.']
SUBHEADS = ['A long dispute', 'What the report says', 'Who pays', 'Voices from the town', 'The years before', 'What comes next']
TITLES = ['{Body} shuts {thing} in {town}', '{town} waits for its {thing}', 'Dispute over {thing} reaches {country}',
          'Cracks in the {thing}: {town} asks why', '{who} to rebuild {thing} in {town}', 'How {town} lost its {thing}']


class Prose:
    """All of it from one source of chance; names of the story and names of others do not overlap."""

    def __init__(self, chance):
        self.chance = chance
        names = [f'{given} {family}' for given in GIVEN for family in FAMILY]
        chance.shuffle(names)
        families = FAMILY[:]
        chance.shuffle(families)
        self.ours = [name for name in names if name.split()[1] in families[:13]]
        self.others = [name for name in names if name.split()[1] in families[13:]]
        self.thing, self.town, self.body = chance.choice(THING), chance.choice(TOWN), chance.choice(BODY)
        self.used = set()
        self.author = self.ours.pop()
        self.date = (chance.randint(2004, 2025), chance.randint(1, 12), chance.randint(1, 28))
        self.title = self.fill(chance.choice(TITLES), self.ours)

    def fill(self, pattern, names):
        pick = self.chance.choice
        who = pick(names)
        own = names is self.ours
        return pattern.format(
            who=who, sur=pick(names).split()[1], thing=self.thing if own else pick(THING), town=self.town if own else pick(TOWN),
            body=self.body, Body=self.body.capitalize(), verb=pick(VERB), day=pick(DAY), month=pick(MONTH), country=pick(COUNTRY),
            n=self.chance.randint(3, 97))

    def once(self, patterns, names):
        """A sentence that does not stand on the page yet."""
        for _ in range(50):
            text = self.fill(self.chance.choice(patterns), names)
            if text not in self.used:
                break
        self.used.add(text)
        return text

    def paragraph(self, low=2, high=4):
        return ' '.join(self.once(SENTENCES, self.ours) for _ in range(self.chance.randint(low, high)))

    def paragraphs(self, low=5, high=10):
        return [self.paragraph() for _ in range(self.chance.randint(low, high))]

    def other_paragraphs(self, low=3, high=6):
        """Of a story that is not the page's own."""
        return [' '.join(self.once(SENTENCES, self.others) for _ in range(3)) for _ in range(self.chance.randint(low, high))]

    def comment(self):
        return ' '.join(self.once(COMMENTS, self.others) for _ in range(self.chance.randint(1, 3)))

    def teaser(self):
        return self.once(TEASERS, self.others)

    def caption(self):
        return self.once(CAPTIONS, self.others)

    def other(self):
        return self.chance.choice(self.others)

    def iso(self):
        return '%d-%02d-%02d' % self.date

    def long_date(self):
        year, month, day = self.date
        return f'{MONTH[month - 1]} {day}, {year}'


def esc(text):
    return html.escape(text, quote=False)
