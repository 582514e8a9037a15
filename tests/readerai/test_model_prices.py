"""What a model costs."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from readerai.model_prices import model_price

NAME = "READERAI_TUTOR_PRICE"


@pytest.fixture(autouse=True)
def _unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(NAME, raising=False)


@pytest.mark.parametrize(
    ("model", "is_free", "price"),
    [
        ("claude-haiku-4-5", False, (1.0, 5.0)),
        ("claude-haiku-4-5-20251001", True, (1.0, 5.0)),
        ("claude-opus-4-5", False, (5.0, 25.0)),
        ("claude-opus-4-1", False, (15.0, 75.0)),
        ("llama", True, (0.0, 0.0)),
    ],
)
def test_the_list_knows_models_by_how_they_begin(
    model: str, is_free: bool, price: tuple[float, float]
) -> None:
    assert model_price(NAME, model=model, is_free=is_free) == price


def test_a_model_that_costs_nobody_knows_what_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match=NAME):
        model_price(NAME, model="claude-next", is_free=False)


def test_what_is_set_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "0.5, 2")
    assert model_price(NAME, model="claude-next", is_free=False) == (0.5, 2.0)


@pytest.mark.parametrize("raw", ["1", "1,2,3", "a,b", "-1,2", "nan,1", "inf,1", ","])
def test_nonsense_stops_the_start(monkeypatch: pytest.MonkeyPatch, raw: str) -> None:
    monkeypatch.setenv(NAME, raw)
    with pytest.raises(ImproperlyConfigured, match=NAME):
        model_price(NAME, model="claude-haiku-4-5", is_free=False)
