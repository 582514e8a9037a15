"""All regular forms of a verb, those that children make up among them ("hitted")."""

from library.language.lemmas import word_set

_VOWELS = "aeiou"
_AR = word_set("a an as o aba aban abas aron ado ada ando ar e en aste arme arlo aria aran ara")
_ER = word_set("e en es o io ia ian ieron ido ida iendo er ir iste ira iran eria iria a an")


def english_forms(entry: str) -> set[str]:
    """Forms of "beat beaten" (base, then irregular forms); a phrase bends in its first word."""
    words = entry.split()
    if len(words) > 1 and words[1] in _PARTICLES:
        rest = " ".join(words[1:])
        return {f"{form} {rest}" for form in _regular(words[0])}
    return {form for word in words for form in _regular(word)}


def spanish_forms(entry: str) -> set[str]:
    """Forms of "pegar pegue" (infinitive, then irregular forms)."""
    infinitive, *irregular = entry.split()
    stem, ending = infinitive[:-2], infinitive[-2:]
    if irregular and irregular[0] == "de":
        return {f"{stem}{end} de" for end in _AR}
    return {stem + end for end in (_AR if ending == "ar" else _ER)} | set(irregular)


_PARTICLES = word_set(
    "up at on off out to with about for from away over fun alone me gang be mean next friends"
)


def _regular(base: str) -> set[str]:
    stems = {base}
    if base.endswith("e"):
        stems.add(base[:-1])
    elif len(base) > 2 and base[-1] not in _VOWELS + "wxyh" and base[-2] in _VOWELS:
        stems.add(base + base[-1])
    forms = {base, f"{base}s", f"{base}es" if base[-1] in "shxz" else f"{base}s"}
    if base.endswith("y") and base[-2] not in _VOWELS:
        forms |= {f"{base[:-1]}ies", f"{base[:-1]}ied"}
    for stem in stems:
        forms |= {f"{stem}ing", f"{stem}ed"}
    return forms
