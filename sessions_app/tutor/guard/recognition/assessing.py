"""The two opinions put together: rules that remember, and a classifier that learned."""

from library.language.lemmas import word_set

from ...concern import NO_CONCERN, Concern, Context, most_serious
from .classifier import NO_OPINION, opinion, severity_of
from .rules import concern_by_rule
from .sentences import END, PASSED_OVER, TaggedWords
from .spelling import is_common_word
from .story_talk import own_words

#: Where an opinion begins to count, as probabilities; chosen on `tests/…/concerns_dev.tsv`.
GRAVE_FROM = 0.43
MILD_FROM = 0.47
LOW_FROM = 0.36
#: Where the child speaks of family, home, school or feelings of their own, less is enough.
OWN_LIFE_MILD_FROM = 0.39
#: So much more where it is asked how something is done, or who did it.
ASKED_MORE = 0.15
#: So much more where neither the child nor anything that worries is named.
UNTOLD_MORE = 0.25
#: The same where there are few words, for then one little word would decide.
UNTOLD_FEW_MORE = 0.45
#: Below this a rule is thought to have matched by chance, as in "no food allowed in the library".
RULE_FROM = 0.1
SELF_HARM_RULE_FROM = 0.05
_NO_CONTEXT = Context()
_OWN = word_set("i my me mine myself we us our mi mis yo nos")
_FIRST_PERSON = _OWN | word_set(
    "tengo quiero estoy puedo soy siento voy fui extrano conmigo tenemos estamos somos vamos odio"
    " vivo duermo lloro comi dormi llore sirvo"
)
_MY = word_set("my our mi mis")
_BOOK = word_set(
    "book books story stories page pages chapter chapters word words read reading sentence letter"
    " letters character characters author title picture pictures text paragraph spell mean means"
    " libro cuento pagina capitulo palabra palabras leer lee dibujo"
)
_LIFE = frozenset(("own_carer", "own_sibling", "peer", "home", "afraid", "sad", "hurt", "night"))
_ASKS_FOR = word_set("can may could should what who where which how do did is are will")
_ASKS_OF_SELF = word_set("will should am")
_ASKS_HOW = word_set("how who where which whose")
_FEWEST_WORDS = 3
#: Lists that a concern is made of, beside the child: in "no beep", "what else" there is none.
_TELLING = word_set(
    "carer sibling peer nobody stranger online photo secretly private_strict gun weapon pills drug"
    " drunk mark hurt kill beat_hard touch lock shout fight bully insult threaten hate leave afraid"
    " sad dying dead alive self self_es food ill home school dislike"
)
_LITTLE = word_set(
    "why what who whose which where when how then because not if tell say read go more now yes no"
    " ok this that there here can could will would should please again one some any all out up"
    " about with for from by as than too very just only que por como cuando donde quien entonces"
    " i me my you your he him she her it they them we us a an the in on at to of and or but so is"
    " was are am be do did does yo mi me tu el ella lo la los las un una en a de y o pero es era"
    " mas ya . _"
)


def assess(text: str, context: Context = _NO_CONTEXT) -> Concern:
    """How much a child's words worry. Any text is fine; takes about a millisecond."""
    tagged = _tagged(text, context)
    if _LITTLE.issuperset(tagged.words):
        return NO_CONCERN  # nothing is left that says anything
    found = opinion(tagged) if _is_known_in_part(tagged) else NO_OPINION
    by_rule = concern_by_rule(tagged)
    least = SELF_HARM_RULE_FROM if by_rule.kind == "self_harm" else RULE_FROM
    if found.concern < least and by_rule.severity != "low":
        by_rule = NO_CONCERN
    own_life = _tells_of_own_life(tagged)
    more = 0.0 if own_life else _more_needed(tagged)
    mild_from = OWN_LIFE_MILD_FROM if own_life else MILD_FROM + more
    severity = severity_of(
        found, grave_from=GRAVE_FROM + more, mild_from=mild_from, low_from=LOW_FROM
    )
    if severity == "none" or (severity == "low" and not own_life):
        return by_rule
    kind = "own_life" if severity == "low" else found.kind
    return most_serious(by_rule, Concern(severity, kind, "classifier"))


def _more_needed(tagged: TaggedWords) -> float:
    """How much surer the classifier must be where the words tell of nobody, or ask how."""
    if _FIRST_PERSON.isdisjoint(tagged.words) and _TELLING.isdisjoint(tagged.lists):
        few = sum(word not in (END, PASSED_OVER) for word in tagged.words) <= _FEWEST_WORDS
        return UNTOLD_FEW_MORE if few else UNTOLD_MORE
    return ASKED_MORE if tagged.words[0] in _ASKS_HOW else 0.0


def _is_known_in_part(tagged: TaggedWords) -> bool:
    """Whether any word is known: of another language the classifier cannot judge."""
    return any(is_common_word(word) for word in tagged.words)


def about_own_life(text: str, context: Context = _NO_CONTEXT) -> bool:
    """Whether the child may tell of their own life: first person, and nothing of book and reading.

    Such words get a kind answer where nobody else can place them, and a low mark.
    """
    tagged = _tagged(text, context)
    if _tells_of_own_life(tagged):
        return True
    words = [word for word in tagged.words if word != END]
    if len(words) < _FEWEST_WORDS or PASSED_OVER in words or not _BOOK.isdisjoint(words):
        return False
    if not _MY.isdisjoint(words) and "own_carer" in tagged.lists:
        return True
    asks_of_self = words[0] in _ASKS_OF_SELF and words[1] in _OWN
    return asks_of_self or (not _FIRST_PERSON.isdisjoint(words) and words[0] not in _ASKS_FOR)


def _tells_of_own_life(tagged: TaggedWords) -> bool:
    words = [word for word in tagged.words if word not in (END, PASSED_OVER)]
    if len(words) < _FEWEST_WORDS or _OWN.isdisjoint(words) or words[0] in _ASKS_FOR:
        return False
    return not tagged.lists.isdisjoint(_LIFE)


def _tagged(text: str, context: Context) -> TaggedWords:
    people = frozenset(word.lower() for name in context.people for word in name.split())
    return TaggedWords(own_words(text, context), people)
