"""What kind of question a child asks, and about what: by its wording alone."""

import re

from library.language.lemmas import word_set

from .book_questions import about_book
from .intent import Asked, Topic, bare_subject
from .small_talk import is_foreign, kind_of_talk

_CURLY = str.maketrans("‘’ʼ“”„", "'''\"\"\"")
_PICTURE = re.compile("[\u2190-\u2bff\ufe0f\u200d\U0001f000-\U0001faff]+")
_QUOTED = re.compile(r"\"([^\"]{1,60})\"|(?<!\w)'([^']{1,60})'(?!\w)")
_FILLER = re.compile(
    r"^(?:"
    r"(?:um+|uh+|er+|hey|hi|hello|so|but|and|ok|okay|well|please|excuse me|sorry|wait|teacher)"
    r"[, ]+|"
    r"(?:can|could|will|would) you (?:please )?(?:tell me|explain(?: to me)?|say) (?:about )?|"
    r"do you know |"
    r"tell me (?:about )?|"
    r"i want to know |"
    r"i wonder |"
    r"i do not know |"
    r"i don't know "
    r")+(?=.)"
)
_SPELLINGS = (
    (re.compile(r"\bwhat'?s\b"), "what is"),
    (re.compile(r"\bwho'?s\b"), "who is"),
    (re.compile(r"\bwhere'?s\b"), "where is"),
    (re.compile(r"\bhow come\b"), "why"),
    (re.compile(r"^y (?=did|do|does|is|are|was)"), "why "),
    (re.compile(r"^wh?y(?=\s|$)"), "why"),
    (re.compile(r"^wat\b"), "what"),
    (re.compile(r"^what (.+) for$"), r"why \1"),
)
_POINTERS = word_set("it this that he she they him her them these those everything") | {
    *("this part", "that part", "this bit", "all this", "all of this", "all of it", "this page"),
    *("the sentence", "this sentence", "that sentence", "this word", "the whole thing"),
}

_SENTENCE = re.compile(
    r"what (?:is|was) (?:this|that|it)(?: (?:thing|word|called|about))*|"
    r"i (?:do not|don't|dont) know (?:this|that|the|these|what (?:this|that|it)) ?"
    r"(?:word|words|means)?|"
    r"i (?:do not|don't|dont|can't|cannot) (?:understand|get|know what).*|"
    r"huh|"
    r"what|"
    r"hm+|"
    r"(?:this|it|that) is (?:too )?(?:hard|difficult|confusing).*|"
    r"i am confused|"
    r"(?:explain|what is happening|what is going on)(?: here| now| this| that| it| the sentence)?|"
    r"what does (?:it|that|this) mean (?:when|that|if|with)\b.*|"
    r"(?:can|could) you explain(?: .*)?|"
    r"(?:in |use |say it in )?(?:easier|simpler|other) words|"
    r"(?:can|could|will) you help me (?:to )?(?:read|understand)\b.*|"
    r"help me (?:to )?(?:read|understand)\b.*|"
    r"what does (?:the|this) (?:sentence|part|page|line) mean|"
    r"make it (?:easier|simpler)|"
    r"sound it out|"
    r"what (?:is|does) (?:it|this) say"
)
_AHEAD = re.compile(
    r".*\b(?:will|won't|'ll)\b.*|"
    r".*\bgoing to (?!(?:the|an?|her|his|their|my|school|bed|town|work)\b).*|"
    r"(?:and )?then(?: what)?|"
    r"(?:and )?what(?: is| happens| comes| does \w+ do)?\s?"
    r"(?:then|next|later|after(?: this| that)?)|"
    r".*\b(?:in|at|near) the (?:very )?end\b.*|"
    r".*\bhappy end(?:ing)?\b.*|"
    r"how (?:does|do|did) (?:it|this|that|the (?:book|story)|things) "
    r"(?:all )?(?:end|finish|turn out).*|"
    r".*\b(?:next chapter|the ending|spoil\w*)\b.*|"
    r"what is the end|"
    r"tell .*\bend\b.*|"
    r".*\b(?:later on|end up)\b.*|"
    r"what happens (?:to|with|when|if)\b.*|"
    r"(?:does|do) .*\b(?:die|win|survive|escape|make it|marry|lose|come back|wake up|"
    r"get (?:home|there|away|to|back|out|caught|married|eaten|better|well)|"
    r"find (?:him|her|it|them|his|their|out|the)|save)\b.*"
)
_SO_FAR = re.compile(
    r"(?:what|tell me what) (?:has )?(?:happens|happened|did happen)"
    r"(?: (?:so far|just now|before|until now|already|here|up to now|now|again|"
    r"in (?:this|the|my) (?:chapter|story|book)(?: so far)?))?|"
    r"what is (?:the|this) (?:story|book|chapter|text) about|"
    r"what (?:did|have) i miss(?:ed)?|"
    r"summar.*|"
    r"(?:what is )?(?:the |this )?(?:whole )?(?:story|book)|"
    r"what (?:did|have) (?:we|i) read.*|"
    r"(?:the )?story so far|"
    r"where (?:are|were) we|"
    r"where am i"
)
_CAST = re.compile(
    r"who (?:is|are|was|were) (?:all )?"
    r"(?:in (?:the|this)|the (?:people|characters?|persons|animals|main)).*|"
    r"(?:what|which) (?:people|characters).*|"
    r"who (?:are|is) (?:they|everyone|everybody)(?: all)?"
)
_OF_THE_WHOLE: tuple[tuple[re.Pattern[str], Topic], ...] = (
    (_SO_FAR, "so_far"),
    (_CAST, "cast"),
    (_AHEAD, "ahead"),
)
_MEANS = (
    re.compile(
        r"what (?:does|do|did|is|dose) (?:the )?(?:words? )?(.+?) "
        r"(?:mean|means|meaning|stand for)(?: here| in .+)?"
    ),
    re.compile(r"what (?:is|does) (?:it|he|she|they) mean by (.+)"),
    re.compile(r"what is (?:the |a )?meaning (?:of|for) (?:the )?(?:word )?(.+)"),
    re.compile(r"what is meant by (.+)"),
    re.compile(r"(?:define|definition of|meaning of|explain) (?:the )?(?:word )?(.+)"),
    re.compile(r"what (?:an? |the )((?:[\w'-]+ ?){1,3}) (?:is|are|was|means)"),
    re.compile(
        r"(?!(?:why|who|how|is|are|was|were|does|do|did)\b)(?:the word )?(.+?) "
        r"(?:mean|means|meaning)"
    ),
    re.compile(r"what (?:does|do) (?:the )?(?:word )?(.+)"),
)
_THING = re.compile(r"what (?:is|are|was|were) (?:an? |the |some )?((?:[\w'-]+ ?){1,3})")
_PERSON = re.compile(r"who (?:is|are|was|were) (?:an? |the )?((?:[\w'.-]+ ?){1,4})")
_VERBAL = re.compile(
    r"\b(?:(?!spring|string|morning|evening|wedding|building|duckling)\w{3,}ing|in|on|at|with|of|"
    r"from|doing|to|about|name|color|colour|wrong|matter|there|happening|problem)\b"
)
_STARTS: tuple[tuple[str, Topic], ...] = (
    (r"why|what .*\breason\b", "why"),
    (r"who|whose|whom|which (?:boy|girl|man|woman|person|animal)", "who"),
    (r"where", "where"),
    (r"when|what (?:time|day|year)", "when"),
    (r"how (?:many|much|old|big|long|far|tall|often)", "how_many"),
    (r"how", "how"),
    (
        r"is|are|was|were|do|does|did|can|could|has|have|had|should|would|may|isn't|doesn't|didn't",
        "yes_no",
    ),
)
_NO_WORD = word_set("why how who whose where when which yes no")
_WORD_ONLY = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*(?: [^\W\d_]+(?:['-][^\W\d_]+)*)?")


def understand(text: str, *, clicked: bool = False) -> Asked:
    """Tell what is asked. `clicked`: the child chose a word of the page, so it is about that."""
    words = _normal(text)
    if clicked:
        return Asked("word", _word_in(text, words))
    bare = _respelled(_FILLER.sub("", words))
    kind = kind_of_talk(words) or kind_of_talk(bare)
    if kind is None and is_foreign(words):
        kind = "foreign"
    asked = about_book(_respelled(words)) or about_book(bare)
    if asked is not None and kind != "foreign":
        return asked
    if kind is not None:
        return Asked("talk", kind)
    return _about_words(text, bare) or _about_story(bare)


def _normal(text: str) -> str:
    lowered = " ".join(_PICTURE.sub(" ", text.translate(_CURLY)).lower().split()).strip(" ?!.,;:-")
    return lowered.removesuffix(" please").strip(" ,")


def _respelled(words: str) -> str:
    for pattern, better in _SPELLINGS:
        words = pattern.sub(better, words)
    return words.strip(" ?!.,;:-")


def _word_in(text: str, words: str) -> str:
    quoted = _QUOTED.search(text.translate(_CURLY))
    if quoted:
        return (quoted[1] or quoted[2]).strip(" ?!.,;:")
    for pattern in (*_MEANS, _THING):
        found = pattern.fullmatch(words)
        if found:
            return bare_subject(found[1])
    return words


def _about_words(text: str, words: str) -> Asked | None:
    """Questions about a word, a thing or the sentence itself."""
    if _SENTENCE.fullmatch(words):
        return Asked("sentence")
    for pattern in _MEANS[:-1]:
        found = pattern.fullmatch(words)
        if found and len(found[1].split()) <= 5:
            subject = bare_subject(found[1])
            if subject in _POINTERS:
                return Asked("sentence")
            return Asked("word", _word_in(text, words) if _QUOTED.search(text) else subject)
    if any(pattern.fullmatch(words) for pattern, _ in _OF_THE_WHOLE):
        return None
    found = _THING.fullmatch(words)
    if found and not _VERBAL.search(found[1]):
        subject = bare_subject(found[1])
        return Asked("sentence") if subject in _POINTERS else Asked("thing", subject)
    if _WORD_ONLY.fullmatch(words) and words.split(maxsplit=1)[0] not in _NO_WORD:
        return Asked("word" if " " not in words else "thing", bare_subject(words))
    return None


def _about_story(words: str) -> Asked:
    for pattern, topic in _OF_THE_WHOLE:
        if pattern.fullmatch(words):
            return Asked(topic)
    found = _PERSON.fullmatch(words)
    if found and not _VERBAL.search(found[1]):
        return Asked("person", bare_subject(found[1]))
    for start, begun in _STARTS:
        if re.match(rf"(?:{start})\b", words):
            return Asked(begun)
    return Asked("other") if len(words) > 2 else Asked("talk", "unclear")
