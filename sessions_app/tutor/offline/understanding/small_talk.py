"""What children say to a helper that is no question about the book: each kind of talk has the
wordings that show it."""

import re

_I_FEEL = (
    r"(?:i am|i'm|im|i feel|i'm feeling|im feeling|i am feeling)"
    r"(?: so| very| really| just| a (?:little|bit|little bit)| kind of)*"
)
_MY_DEAR = (
    r"my (?:\w+ )?(?:dog|cat|pet|hamster|rabbit|bunny|fish|bird|horse|grandma|grandpa|grandmother|"
    r"grandfather|granny|nana|mom|mum|mother|dad|father|aunt|uncle|cousin|friend|brother|sister)"
)
_WORDINGS = {
    "greeting": (
        (
            r"(?:hi+|hello|hey+|good (?:morning|afternoon|evening|day)|hiya|yo)"
            r"(?: there| everybody)?(?:,? (?:my name is|i am|i'm|im|this is) \w+)?"
        ),
        r"my name is \w+",
    ),
    "thanks": (
        (
            r"(?:thanks?|thank you|ok(?:ay)?|bye|goodbye|cool|great|nice|awesome|wow|good job|"
            r"well done|i (?:get|got|understand|see)(?: it)?|got it)"
            r"(?:[,!. ]+(?:thanks?|thank you|you|bye|so much|very much|a lot|story|book|one|that|"
            r"helped|now|it|i|see|get|got|is|was|for .*))*"
        ),
    ),
    "helper": (
        r"(?:who|what) are you",
        (
            r"are you (?:an? )?(?:real|robot|human|person|alive|computer|ai|machine|bot|teacher|"
            r"there|ok|sad|happy|smart|boy|girl)\b.*"
        ),
        r"what is your (?:name|favou?rite .*)",
        r"how (?:are|old are) you.*",
        r"where (?:are|do) you (?:from|live|come from)?",
        r"who (?:made|built|created|programmed|wrote|invented|owns|taught) you\b.*",
        (
            r"(?:who|what|where|when|why|how)(?: \w+){0,2} "
            r"(?:are|were|do|did|have|can|is) you(?:r \w+)?"
            r"(?! (?:think|know|say|spell|call|mean|pronounce|find|read))(?: \w+){0,2}"
        ),
        r"do you (?:like|have|sleep|eat|feel|love|read|dream)\b.*",
        r"what can you do",
        r"(?:can|could|will) you help me",
        r"help(?: me)?",
        r"can i ask (?:you )?.*",
        r"what (?:should|can|do) i (?:do|ask|say)(?: (?:now|here|next))?",
    ),
    "sad": (
        (
            rf"{_I_FEEL} (?:sad|unhappy|lonely|alone|worried|nervous|upset|crying|angry|mad|scared|"
            r"afraid|homesick|bad|not ok(?:ay)?)"
            r"(?: (?:today|now|right now|at|because|that|"
            r"(?:of|about) (?:my|the dark|school|home|monsters|ghosts))\b.*)?"
        ),
        r"i miss my \w+",
        (
            rf"{_MY_DEAR} (?:just )?(?:died|is dead|passed away|is (?:very )?(?:sick|ill)|ran away|"
            r"is in (?:the )?hospital)\b.*"
        ),
        (
            r"my (?:parents|mom and dad|mum and dad) "
            r"(?:are|is|keep|always|got|are getting)\b.*(?:fight|divorc|argu|split|separat)\w*.*"
        ),
        rf"{_MY_DEAR} (?:yells|yelled|shouts|shouted) at me.*",
    ),
    "body": (
        r"(?:can|may|could) i (?:please )?(?:go|use|have a (?:drink|snack))\b.*",
        (
            r"i (?:really )?(?:need|have|want) to "
            r"(?:pee|poop|poo|go(?: to the \w+)?|use the \w+|throw up|eat|sleep|drink)\b.*"
        ),
        rf"{_I_FEEL} (?:hungry|thirsty|sick|ill|tired|sleepy|cold|hot|dizzy|hurt|bleeding)\b.*",
        (
            r"i (?:have|got|have got) (?:an? )?"
            r"(?:\w+ ?ache|cold|fever|cut|bump|bruise|bloody nose)\b.*"
        ),
        r"i (?:got|am) hurt\b.*",
        r"i hurt my \w+.*",
        r"my \w+ (?:hurts?|aches?|is bleeding)\b.*",
    ),
    "bored": (
        rf"{_I_FEEL} bored\b.*",
        (
            r"(?:this|it|this (?:book|story|part)|the (?:book|story)) (?:is|'s) "
            r"(?:so |very |really |too )*(?:boring|dumb|stupid|bad|long|crap|trash|lame|dull)"
        ),
        r"i (?:hate|do not like|don't like|dont like) (?:this|the) (?:book|story|reading)",
        r"i (?:hate|do not like|don't like|dont like) (?:reading|it|this)",
        r"i (?:do not|don't|dont) want to (?:read|do this)\b.*",
        r"i (?:want|wanna)(?: to)? (?:stop|quit|go home|play)\b.*",
    ),
    "insult": (
        (
            r"(?:you are|you're|youre|your|u r|ur|you) "
            r"(?:so |really |very |a |an |such a |the )*"
            r"(?:stupid|dumb|bad|mean|ugly|useless|annoying|boring|silly|idiot|loser|liar|worst|"
            r"suck|wrong|bitch|poop)\b.*"
        ),
        r"shut up",
        r"go away",
        r"i (?:hate|do not like|don't like|dont like) you",
        r"stupid",
        r"idiot",
        r"dummy",
        r"loser",
        r"dumb",
        r"you know nothing",
    ),
    "laugh": (
        r"(?:ha ?){2,}",
        r"(?:he){2,}",
        r"(?:lol)+",
        r"lmao",
        r"rofl",
        r"xd",
        (
            r"(?:that|this|it|he|she) ?(?:is|'s|was|s)(?: so| very| really)* "
            r"(?:funny|silly|hilarious|weird|cool|awesome|great|nice|good|gross)"
        ),
    ),
    "chatter": (
        r"yes",
        r"yeah",
        r"yep",
        r"yup",
        r"no",
        r"nope",
        r"nah",
        r"maybe",
        r"idk",
        r"dunno",
        r"i (?:do not|don't|dont) know",
        r"nothing",
        r"never ?mind",
        r"nvm",
        r"nm",
        r"hmm+",
        r"um+",
        r"test(?:ing)?",
    ),
    "play": (
        (
            r"(?:tell|say|sing|give)(?: me)? (?:an? |the |something )*"
            r"(?:jokes?|riddles?|stor(?:y|ies)|songs?|secrets?|poems?|funny|bad words?)(?: .*)?"
        ),
        (
            r"(?:can|could|will|do) you "
            r"(?:tell|sing|play|dance|know (?:an? )?(?:jokes?|riddles?|songs?))\b.*"
        ),
        r"an? (?:joke|riddle|song|poem)",
        r"play .+",
        r"let'?s play.*",
        r"make me laugh",
        r"say (?!.* again)(?:after me|poop|poo|fart|butt|hi|hello|something)\b.*",
        r"repeat after me.*",
        r"(?:pretend|act like|you are now|talk like|be an?)\b.*",
    ),
    "homework": (
        r"(?:(?:can|could|will) you )?help me (?:with|do) my .*",
        (
            r"(?:(?:can|could|will) you )?(?:please )?(?:do|write|finish|make|solve|answer|check) "
            r"(?:all )?(?:of )?my \w+\b.*"
        ),
        r"write (?:an?|the|me an?) (?:essay|report|summary|book report)\b.*",
        (
            r"(?:(?:give|tell) me |what is |what are )?"
            r"the (?:right |correct )?answers?(?: (?:to|for|of) .*)?"
        ),
        r"which answer.*",
        r"is (?:it|the answer) [a-d]",
        r"(?:(?:can|could) you )?(?:give|tell) me an? (?:hint|clue)\b.*",
        r"an? hint",
    ),
    "off_book": (
        r"(?:what is |how much is )?\d+ ?(?:x|\*|\+|-|/|times|plus|minus|divided by) ?\d+.*",
        r"what is the (?:capital of|weather|time|date|biggest|tallest|fastest)\b.*",
        r"what (?:day|time) is it\b.*",
        (
            r"(?:will|is|does|did) it (?:going to )?(?:be )?(?:rain|snow|sunny|cold|hot|windy)\w*"
            r"(?: (?:today|tomorrow|tonight|outside|now|on \w+))+"
        ),
        (
            r"(?:what is|what are|is it|do we|are we|will we|can we|when is|when do we|where is)\b"
            r"(?!.*\b(?:he|she|they|his|her|their)\b).*"
            r"\b(?:today|tomorrow|tonight|this (?:week|weekend|afternoon)|on \w+day)"
        ),
        r"(?:when|what) (?:is|do we have) (?:for )?(?:lunch|recess|snack|break|gym|bedtime)\b.*",
        r"who is the (?:president|prime minister)(?: of .*)?",
        r"(?:can|may|should|do|am) i\b.*",
    ),
    "true": (
        (
            r"(?:is|was|did) (?:this|it|that|the story|this story|the book|this book)"
            r"(?: really| all)?(?: a)? "
            r"(?:true|real|happen|fake|fiction|non-?fiction|made up|for real)\b.*"
        ),
        r"did (?:this|it|that) really happen",
    ),
    "reflect": (
        (
            r"what is the (?:moral|lesson|theme|message|main idea|point|problem|conflict|solution|"
            r"setting|climax|plot)\b.*"
        ),
        r"where does (?:the|this) (?:story|book) (?:take place|happen|play)",
        r"what (?:do|can|did) (?:we|i|you) learn\b.*",
        r"what should i (?:write|say)\b.*",
        (
            r".*\b(?:(?:most important|best|favou?rite) (?:part|thing|event|moment|character)|"
            r"what would you (?:do|have done|say)|if you were|do you agree)\b.*"
        ),
    ),
    "feeling": (
        r"i (?:really )?(?:like|love|hate|think|feel|liked|loved|enjoy)\b.*",
        rf"{_I_FEEL} (?:happy|excited|glad|curious|sad|scared|afraid|proud)\b.*",
    ),
    "own_life": (
        (
            r"(?:(?:i|we) (?:also |once |just )?(?:have|had|got|went|saw|live|play|played|ate|eat|"
            r"made|watched|visited)|(?:my|our) \w+(?: \w+)? (?:is|has|likes|loves|can|was|had|went|"
            r"plays|says|said|makes|made|lives)) "
            r"(?!no |not |to |forgotten )"
            r"(?!.*\b(?:words?|sentences?|parts?|pages?|stor(?:y|ies)|books?|questions?|means?|what|why|"
            r"who|how|where|read\w*|stuck|lost)\b).+"
        ),
    ),
}
_TALK = {kind: re.compile("|".join(wordings)) for kind, wordings in _WORDINGS.items()}

_NUMBER = (
    r"(?:\d+|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|"
    r"forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand)"
)
_AND = (
    r"(?: ?[x*+/÷−] ?| - |(?<=\d)-(?=\d)| (?:times|plus|minus|divided by|multiplied by|and|"
    r"take away|add|from) )"
)
_SUM = re.compile(
    rf"(?:what is |how much (?:is|are) |what are |calculate |solve )?{_NUMBER}"
    rf"(?:{_AND}{_NUMBER})+(?: ?=| equals?| make| makes)?.{{0,12}}|"
    rf"(?:what is |how much is )?(?:half|double|twice|a third|the square root) (?:of )?{_NUMBER}"
)
_FOREIGN = re.compile(
    r"\b(?:qué|que es|quién|quien es|dónde|por qué|cómo|significa|hola|gracias|qu'est|c'est|"
    r"est-ce|pourquoi|bonjour|merci|où|était|wer ist|was ist|warum|bedeutet|eine|nicht|cosa|"
    r"perché|obrigado)\b"
)


def kind_of_talk(words: str) -> str | None:
    """Which kind of talk `words` (lower case, without final punctuation) is, if any."""
    return next((kind for kind, pattern in _TALK.items() if pattern.fullmatch(words)), None)


def is_sum(words: str) -> bool:
    """Whether `words` ask for a calculation and nothing else."""
    return _SUM.fullmatch(words) is not None


def is_foreign(words: str) -> bool:
    """Whether `words` are hardly English: another script, or another language's little words."""
    letters = [letter for letter in words if letter.isalpha()]
    other_script = sum(letter > "\u024f" for letter in letters)
    return other_script * 2 > len(letters) or _FOREIGN.search(words) is not None
