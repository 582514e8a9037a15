"""The shapes of the class calls, for the OpenAPI description."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

# Field names are the wire contract's.
# ruff: noqa: N815


class ClassStudentSerializer(serializers.Serializer[Any]):
    studentId = serializers.CharField()
    displayName = serializers.CharField()
    readingLevel = serializers.IntegerField()


class ClassSerializer(serializers.Serializer[Any]):
    classId = serializers.CharField()
    name = serializers.CharField()
    students = ClassStudentSerializer(many=True)
