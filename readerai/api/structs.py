"""Calls answer with msgspec Structs, and the API's description is made from the same types."""

from __future__ import annotations

from typing import Annotated, Any, Final

import msgspec
from drf_spectacular.extensions import OpenApiSerializerExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent
from drf_spectacular.utils import Direction
from msgspec import Meta, Struct

_REF: Final = "#/components/schemas/"

Slug = Annotated[str, Meta(pattern="^[-a-zA-Z0-9_]+$")]
Url = Annotated[str, Meta(extra_json_schema={"format": "uri"})]
Natural = Annotated[int, Meta(ge=0)]
Positive = Annotated[int, Meta(ge=1)]


class Body(Struct, frozen=True, rename="camel"):
    """The base of what a call answers with; on the wire its fields are ``camelCase``."""


class StructSchema(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]
    """Tells drf-spectacular what a Struct is, wherever it takes a serializer."""

    target_class = Struct
    match_subclasses = True

    def get_name(self, auto_schema: AutoSchema, direction: Direction) -> str:
        return component_name(self.target.__name__)

    def get_identity(self, auto_schema: AutoSchema, direction: Direction) -> str:
        return component_name(self.target.__name__)

    def map_serializer(self, auto_schema: AutoSchema, direction: Direction) -> dict[str, Any]:
        """The schema of the Struct; those of the Structs inside it become components, too."""
        components = struct_components(self.target)
        own = components.pop(component_name(self.target.__name__))
        for name, schema in components.items():
            component = ResolvedComponent(  # type: ignore[no-untyped-call]
                name, ResolvedComponent.SCHEMA, schema, object=name
            )
            auto_schema.registry.register_on_missing(component)
        return own


def component_name(struct_name: str) -> str:
    """``BookBody`` is described as ``Book``, as ``BookSerializer`` would be."""
    return struct_name.removesuffix("Body")


def struct_components(struct: type[Struct]) -> dict[str, dict[str, Any]]:
    """``struct`` and every Struct inside it as OpenAPI 3.0 schemas, by component name."""
    _, components = msgspec.json.schema_components([struct], ref_template=f"{_REF}{{name}}")
    return {component_name(name): _openapi(schema) for name, schema in components.items()}


def _openapi(schema: dict[str, Any]) -> dict[str, Any]:
    """JSON Schema 2020-12, which msgspec writes, in the words of OpenAPI 3.0.3: null is no type
    there (https://spec.openapis.org/oas/v3.0.3#properties), and nothing stands beside a ``$ref``.
    """
    said = {name: value for name, value in schema.items() if name not in {"title", "anyOf"}}
    if "$ref" in said:
        return {"$ref": _REF + component_name(said["$ref"].removeprefix(_REF))}
    for name in ("items", "additionalProperties"):
        if isinstance(said.get(name), dict):
            said[name] = _openapi(said[name])
    if "properties" in said:
        said["properties"] = {name: _openapi(each) for name, each in said["properties"].items()}
    if said.get("type") == "number":
        said["format"] = "double"
    if all(isinstance(value, str) for value in said.get("enum", [0])):
        said["type"] = "string"
    return said | _alternatives(schema.get("anyOf", []))


def _alternatives(choices: list[dict[str, Any]]) -> dict[str, Any]:
    some = [_openapi(choice) for choice in choices if choice.get("type") != "null"]
    nullable = {"nullable": True} if len(some) < len(choices) else {}
    if len(some) == 1 and "$ref" not in some[0]:
        return some[0] | nullable
    return ({"allOf" if len(some) == 1 else "anyOf": some} if some else {}) | nullable
