"""The bodies that session calls are made with, read and judged field by field."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

# Field names are the wire contract's.
# ruff: noqa: N815


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
