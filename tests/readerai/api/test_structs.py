"""Structs as the API's description has them."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from drf_spectacular.validation import validate_schema
from msgspec import UNSET, Struct, UnsetType, defstruct

from readerai.api.paging import page_of
from readerai.api.structs import Body, Natural, Positive, Slug, Url, struct_components


class InnerBody(Body, frozen=True):
    word_count: Positive


class OuterBody(Body, frozen=True):
    """What is around it."""

    inner: InnerBody
    may_be: InnerBody | None
    left_out: InnerBody | UnsetType = UNSET
    with_default: int = 3


INNER = {"$ref": "#/components/schemas/Inner"}


def described(field_type: Any) -> dict[str, Any]:
    """The schema of a field of this type."""
    struct = defstruct("Holder", [("field", field_type)])
    schema: dict[str, Any] = struct_components(struct)["Holder"]["properties"]["field"]
    return schema


@pytest.mark.parametrize(
    ("field_type", "schema"),
    [
        (str, {"type": "string"}),
        (bool, {"type": "boolean"}),
        (float, {"type": "number", "format": "double"}),
        (Natural, {"type": "integer", "minimum": 0}),
        (Slug, {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"}),
        (Url | None, {"type": "string", "format": "uri", "nullable": True}),
        (float | None, {"type": "number", "format": "double", "nullable": True}),
        (int | str, {"anyOf": [{"type": "integer"}, {"type": "string"}]}),
        (
            int | str | None,
            {"anyOf": [{"type": "integer"}, {"type": "string"}], "nullable": True},
        ),
        (Literal["b", "a"], {"type": "string", "enum": ["a", "b"]}),
        (Literal[1, 2], {"enum": [1, 2]}),
        (list[InnerBody], {"type": "array", "items": INNER}),
        (list[float | None], {"type": "array", "items": described(float | None)}),
        (dict[str, InnerBody], {"type": "object", "additionalProperties": INNER}),
        (dict[str, Any], {"type": "object"}),
        (Any, {}),
    ],
)
def test_type_is_described_in_the_words_of_openapi(field_type: Any, schema: dict[str, Any]) -> None:
    assert described(field_type) == schema


def test_struct_inside_a_struct_is_a_component_of_its_own() -> None:
    components = struct_components(OuterBody)
    assert set(components) == {"Outer", "Inner"}
    outer = components["Outer"]
    assert outer["description"] == "What is around it."
    assert outer["properties"] == {
        "inner": INNER,
        "mayBe": {"allOf": [INNER], "nullable": True},
        "leftOut": INNER,
        "withDefault": {"type": "integer", "default": 3},
    }
    assert outer["required"] == ["inner", "mayBe"]


@pytest.mark.parametrize("struct", [InnerBody, OuterBody, page_of(OuterBody)])
def test_description_is_valid_openapi(struct: type[Struct]) -> None:
    validate_schema(  # type: ignore[no-untyped-call]
        {
            "openapi": "3.0.3",
            "info": {"title": "", "version": ""},
            "paths": {},
            "components": {"schemas": struct_components(struct)},
        }
    )


def test_page_is_named_by_what_is_on_it() -> None:
    page = struct_components(page_of(OuterBody))["OuterPage"]
    assert page["properties"]["items"] == {
        "type": "array",
        "items": {"$ref": "#/components/schemas/Outer"},
    }
    assert page["required"] == ["items", "next"]
    assert page_of(OuterBody) is page_of(OuterBody)
