"""English words whose forms follow no rule: each line a headword and then its other forms."""

from library.language.entries import PartOfSpeech

_VERBS = """
arise arose arisen
awake awoke awoken
be am is are was were been being
bear bore borne
beat beaten
become became
befall befell befallen
begin began begun
bend bent
bid bade bidden
bind bound
bite bit bitten
bleed bled
blow blew blown
break broke broken
breed bred
bring brought
build built
burn burnt
buy bought
catch caught
choose chose chosen
cling clung
come came
creep crept
deal dealt
die dying
dig dug
dive dove
do does did done
draw drew drawn
dream dreamt
drink drank drunk
drive drove driven
dwell dwelt
eat ate eaten
fall fell fallen
feed fed
feel felt
fight fought
find found
flee fled
fling flung
fly flies flew flown
forbid forbade forbidden
foresee foresaw foreseen
forget forgot forgotten
forgive forgave forgiven
forsake forsook forsaken
freeze froze frozen
get got gotten
give gave given
go goes went gone
grind ground
grow grew grown
hang hung
have has had
hear heard
hide hid hidden
hold held
keep kept
kneel knelt
know knew known
lay laid
lead led
lean leant
leap leapt
learn learnt
leave left
lend lent
lie lay lain lying
light lit
lose lost
make made
mean meant
meet met
mistake mistook mistaken
mow mown
overcome overcame
overhear overheard
overtake overtook overtaken
pay paid
prove proven
ride rode ridden
ring rang rung
rise rose risen
run ran
say said
see saw seen
seek sought
sell sold
send sent
sew sewn
shake shook shaken
shine shone
shoot shot
show shown
shrink shrank shrunk
sing sang sung
sink sank sunk
sit sat
sleep slept
slide slid
sling slung
smell smelt
sow sown
speak spoke spoken
speed sped
spell spelt
spend spent
spill spilt
spin spun
spit spat
spoil spoilt
spring sprang sprung
stand stood
steal stole stolen
stick stuck
sting stung
stink stank stunk
stride strode stridden
strike struck stricken
string strung
strive strove striven
swear swore sworn
sweep swept
swell swollen
swim swam swum
swing swung
take took taken
teach taught
tear tore torn
tell told
think thought
throw threw thrown
tie tying
tread trod trodden
undergo underwent undergone
understand understood
undo undid undone
wake woke woken
wear wore worn
weave wove woven
weep wept
win won
wind wound
withdraw withdrew withdrawn
wring wrung
write wrote written
"""

_NOUNS = """
calf calves
child children
dwarf dwarves
elf elves
foot feet
goose geese
half halves
hoof hooves
knife knives
leaf leaves
life lives
loaf loaves
louse lice
man men
mouse mice
ox oxen
person people
scarf scarves
self selves
shelf shelves
thief thieves
tooth teeth
wharf wharves
wife wives
wolf wolves
woman women
die dice
penny pence
"""

_ADJECTIVES = """
bad worse worst
far farther farthest further furthest
good better best
little less least
many more most
old elder eldest
"""


def _forms(table: str, part_of_speech: PartOfSpeech) -> list[tuple[str, str, PartOfSpeech]]:
    rows = [line.split() for line in table.split("\n") if line]
    return [(form, row[0], part_of_speech) for row in rows for form in row[1:]]


def _by_form() -> dict[str, tuple[tuple[str, PartOfSpeech], ...]]:
    found: dict[str, tuple[tuple[str, PartOfSpeech], ...]] = {}
    for form, base, part in (
        *_forms(_VERBS, "verb"),
        *_forms(_NOUNS, "noun"),
        *_forms(_ADJECTIVES, "adjective"),
    ):
        found[form] = (*found.get(form, ()), (base, part))
    return found


#: form -> its headwords, each with its part of speech: "left" -> (("leave", "verb"),)
IRREGULAR = _by_form()
