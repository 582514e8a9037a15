"""The bodies that session calls are made with, read and judged field by field."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from library.language.text import split_paragraphs

# Field names are the wire contract's.
# ruff: noqa: N815


class SpeechTextSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=600)
    language = serializers.RegexField(
        r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}$", required=False, max_length=35
    )

    def validate_text(self, text: str) -> str:
        if not split_paragraphs(text):
            raise serializers.ValidationError("There is nothing in it to be said.")
        return text


class StartSerializer(serializers.Serializer[Any]):
    studentId = serializers.CharField(max_length=50)
    bookId = serializers.CharField(max_length=80)
    startTime = serializers.DateTimeField(required=False, allow_null=True)
    startPosition = serializers.IntegerField(
        required=False, allow_null=True, min_value=0, max_value=2**31 - 1
    )


class TicketForSerializer(serializers.Serializer[Any]):
    sessionId = serializers.CharField(required=False, max_length=50)
    classId = serializers.CharField(required=False, max_length=60)
