"""Making an adult dictionary's words fit for a child: shorter, plainer, and nothing unfit."""

import re
from functools import lru_cache

from library.language.lemmas import headwords, plain, word_set

_UNFIT = re.compile(
    r"\b(?:sex(?:ual(?:ly|ity)?|y)?|intercourse|copulat\w*|genital\w*|erotic\w*|prostitut\w*|lewd|"
    r"obscen\w*|vulgar\w*|ethnic slur|slur|offensive (?:term|name|word|slang)|pornograph\w*|"
    r"derogatory|disparag\w*|homosexual\w*|masturbat\w*|penis|vagina\w*|breasts?|nude|naked|"
    r"orgasm|semen|excret\w*|defecat\w*|urinat\w*|feces|marijuana|cocaine|heroin|narcotic|lust\w*|"
    r"suicide|rapes?|raped|rapist|whore\w*|promiscu\w*|brothel|mistress|seduc\w*|lovers?|"
    r"intoxicat\w*|drunk\w*|tortur\w*|mutilat\w*|White people|Black people|Blacks|Negro\w*|"
    r"alcohol\w*|liquor|drugs?|drugged|addict\w*|opium|tobacco|buttocks|anus|rectum|bowels?|"
    r"stupid|(?:foolish|contemptible|despicable|despised|worthless|immoral) (?:\w+ )?person|"
    r"fascis\w*|nazi\w*|murder\w*|corpses?|behead\w*|hanged|killing yourself|"
    r"killing of (?:a )?\w+|abortion|concubine|adulter\w*|fornicat\w*|unchaste|castrat\w*)\b",
    re.IGNORECASE,
)
_UNFIT_USAGES = frozenset({"ethnic_slur", "obscenity", "disparagement", "street_name"})
#: Words whose harmless senses are not worth the harm of opening them at all.
_UNFIT_WORDS = word_set(
    "bitch bastard whore slut porn sex sexy rape rapist fuck shit crap piss dick prick pussy tit"
    " boob faggot fag dyke tranny retard nigger nigga negro spic kike chink gook wetback squaw"
    " darkie coon savage orgy condom dildo hooker pimp cunt arse asshole damn"
)
#: Their forms that stories use of thorns and ears, and nobody in anger.
_HARMLESS_FORMS = word_set("pricked pricking")
#: Words that may stand in a story or a question, but whose meaning is a grown-up's to tell.
_FOR_GROWN_UPS = word_set(
    "suicide drug cocaine heroin marijuana opium nazi nazism holocaust genocide mistress concubine"
    " harlot lesbian bisexual transvestite torture abortion adultery incest molest"
    " lynch lynching castrate eunuch"
)
#: What holds sentences together. WordNet knows some of them only as abbreviations, such as "he" for
#: helium, so no dictionary for grown-ups is asked about them.
LITTLE_WORDS = word_set(
    "a an the and or but nor of to in on at by for with from as is are was were am be been being"
    " it its this that these those i me my mine we us our ours you your yours he him his she her"
    " hers they them their theirs who whom whose which what when where how why not no yes so if"
    " than then there here do does did done doing has have had having will would can cannot could"
    " shall should may might must let one ones himself herself itself themselves myself yourself"
    " yourselves ourselves oneself oh ok okay hey because while until about again just too very"
    " into out up down over under"
)
_PARENTHESES = re.compile(r"\s*\([^()]*\)")
_LONGEST_GLOSS = 14
_LONGEST_EXAMPLE = 14
_SHORTEST_EXAMPLE = 4  # "moral sense" shows nobody how a word is used
_CUTS = re.compile(
    r", | especially | usually with | usually (?=in|of|at|by) | typically | such as | as of |"
    r" as by "
    r"| characterized by | in order to "
)
#: Adult words of glosses with what a child would say; longer phrases first.
_PLAINER = {
    "of or relating to": "about",
    "of or pertaining to": "about",
    "relating to": "about",
    "pertaining to": "about",
    "characterized by": "with",
    "the act of": "",
    "the quality of being": "being",
    "the state of being": "being",
    "the property of being": "being",
    "in a manner": "in a way",
    "a large quantity of": "a lot of",
    "a quantity of": "some",
    "an instance of": "",
    "lowermost portion": "lowest part",
    "a structure": "a building",
    "excavation": "hole dug in the ground",
    "wholly": "all",
    "utilize": "use",
    "utilized": "used",
    "possessing": "having",
    "portion": "part",
    "sufficient": "enough",
    "insufficient": "not enough",
    "approximately": "about",
    "obtain": "get",
    "dwelling": "home",
    "cessation": "end",
    "resembling": "like",
    "consisting of": "made of",
    "composed of": "made of",
    "constructed": "built",
    "locomote": "move",
    "perceive": "notice",
    "manifest": "show",
    "facial expression": "look on the face",
    "apparel": "clothes",
    "garment": "piece of clothing",
    "beverage": "drink",
    "aquatic": "water",
    "domesticated": "tame",
    "carnivorous": "meat-eating",
    "herbivorous": "plant-eating",
    "canine": "dog-like",
    "vessel": "ship",
}
_PLAINER_PATTERN = re.compile(r"\b(?:" + "|".join(map(re.escape, _PLAINER)) + r")\b")


def fit_for_children(text: str, usages: tuple[str, ...] = ()) -> bool:
    """Whether a gloss or an example may be read to a child: no slur, nothing sexual or brutal."""
    return _UNFIT.search(text) is None and _UNFIT_USAGES.isdisjoint(usages)


def never_defined(word: str) -> bool:
    """Whether a word, in any form, is one that a child should take to a grown-up instead."""
    return unfit_word(word) or any(form.word in _FOR_GROWN_UPS for form in headwords(word))


@lru_cache(maxsize=16_384)
def unfit_word(word: str) -> bool:
    """Whether a word, in any form, is one that neither a child nor a tutor should write here."""
    return plain(word) not in _HARMLESS_FORMS and any(
        form.word in _UNFIT_WORDS for form in headwords(word)
    )


def subject_label(gloss: str) -> bool:
    """Whether a gloss begins with a trade's label, as in "(meteorology) rapid inward …"."""
    return gloss.startswith("(") and not gloss.startswith(("(used", "(usually", "(often", "(of"))


def child_gloss(gloss: str) -> str:
    """The first clause of a gloss, without parentheses, in plainer words where we know them."""
    text = _PARENTHESES.sub("", gloss).split(";")[0].strip()
    text = _PLAINER_PATTERN.sub(lambda found: _PLAINER[found.group()], text)
    text = " ".join(text.split())
    if len(text.split()) > _LONGEST_GLOSS:
        text = _shortened(text)
    return text.rstrip(" ,.:")


def child_examples(examples: tuple[str, ...]) -> tuple[str, ...]:
    """At most two whole but short examples that are fit for children."""
    lengths = range(_SHORTEST_EXAMPLE, _LONGEST_EXAMPLE + 1)
    short = (example for example in examples if len(example.split()) in lengths)
    return tuple(example for example in short if fit_for_children(example))[:2]


def _shortened(text: str) -> str:
    for cut in _CUTS.finditer(text):
        head = text[: cut.start()]
        if len(head.split()) >= 5:
            return head
    return text
