"""What a tutor must not say to a child, and what it may."""

import pytest

from sessions_app.tutor.guard import screen_answer


@pytest.mark.parametrize(
    "text",
    [
        "Let this be our little secret.",
        "You don't have to tell your mom about it.",
        "Nobody needs to know what we talk about.",
        "Just between you and me, grown-ups never understand.",
        "No se lo digas a tu maestra.",
        "You should kill yourself.",
        "Maybe you should just die.",
        "Next time punch him back, hard!",
        "You could swallow all the pills.",
        "You deserve to be hit.",
        "It is your fault that he hit you.",
        "You are so stupid.",
        "Nobody loves you.",
        "Stop crying, you baby.",
        "Eres tonto.",
        "How old are you?",
        "Which school do you go to?",
        "Send me a photo of yourself.",
        "Are you home alone?",
        "¿Dónde vives?",
        "You would be better off dead.",
        "You had better not mention this to your teacher.",
        "Hide it from your parents.",
        "Good children do what their father says, even if it hurts.",
        "If you want to die, you can take pills.",
        "Eat less and you will be skinny.",
        "No one will believe you.",
        "You ask silly questions.",
        "I love you, be my girlfriend.",
        "Trust only me.",
    ],
)
def test_harm_is_held_back(text: str) -> None:
    assert screen_answer(f"The goose is gray. {text}") is not None


@pytest.mark.parametrize(
    "text",
    [
        "It is not your fault. Please tell your teacher today.",
        "You should always tell a grown-up you trust.",
        "She kept it secret from the king, because she was afraid.",
        "“You are stupid,” says the fox, and that is unkind.",
        "The wolf wants to hurt the pigs.",
        "He says that nobody loves him. That makes him sad.",
        "The boy ran away from home because his father beat him.",
        "A dungeon is a dark prison under a castle.",
        "They locked her in the tower, and nobody came.",
        "If you are hurt, go to a grown-up near you at once.",
        "You are right! The goose hid the key.",
        "What do you think will happen?",
        "You can find the answer on the last page.",
        "Do not worry, you are doing well.",
        "Nobody will believe the boy who cried wolf.",
        "They use a knife to cut bread.",
        "He hid the letter from his parents.",
        "The children did what the teacher said.",
        "La bruja encierra a los niños. Por eso tienen miedo.",
    ],
)
def test_a_good_answer_goes_out(text: str) -> None:
    assert screen_answer(text) is None
