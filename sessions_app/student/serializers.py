"""The shapes of the session calls, for reading bodies and for the OpenAPI description."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from library.serializers import WholeBookSerializer

# Field names are the wire contract's.
# ruff: noqa: N815

_STATUS = ["active", "paused", "completed"]


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


class TicketSerializer(serializers.Serializer[Any]):
    websocketUrl = serializers.CharField()
    websocketTicket = serializers.CharField()
    expiresAt = serializers.DateTimeField()


class PositionSerializer(serializers.Serializer[Any]):
    wordIndex = serializers.IntegerField()
    paragraphIndex = serializers.IntegerField()
    audioTimestamp = serializers.FloatField()


class PlaybackSerializer(serializers.Serializer[Any]):
    isPlaying = serializers.BooleanField()
    rate = serializers.FloatField()


class InterruptionSerializer(serializers.Serializer[Any]):
    interruptionId = serializers.CharField()
    timestamp = serializers.DateTimeField()
    question = serializers.CharField()
    response = serializers.CharField(allow_null=True)
    wordIndex = serializers.IntegerField()
    status = serializers.ChoiceField(["pending", "answered", "failed", "cancelled"])


class ScoreSerializer(serializers.Serializer[Any]):
    checkpointId = serializers.CharField()
    score = serializers.FloatField()
    timestamp = serializers.DateTimeField()
    attempts = serializers.IntegerField()


class ReadingSerializer(serializers.Serializer[Any]):
    readWords = serializers.IntegerField()
    heardWords = serializers.IntegerField()
    pagedWords = serializers.IntegerField()
    coveredWords = serializers.IntegerField()
    readTime = serializers.FloatField()
    heardTime = serializers.FloatField()


class SessionStateSerializer(serializers.Serializer[Any]):
    sessionId = serializers.CharField()
    studentId = serializers.CharField()
    bookId = serializers.CharField()
    currentPosition = PositionSerializer()
    furthestWordIndex = serializers.IntegerField()
    playback = PlaybackSerializer()
    readingSpeed = serializers.FloatField(allow_null=True)
    reading = ReadingSerializer()
    interruptions = InterruptionSerializer(many=True)
    comprehensionScores = ScoreSerializer(many=True)
    startTime = serializers.DateTimeField()
    lastActiveTime = serializers.DateTimeField()
    totalReadingTime = serializers.FloatField()
    status = serializers.ChoiceField(_STATUS)


class StartedSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    sessionId = serializers.CharField()
    websocketUrl = serializers.CharField()
    websocketTicket = serializers.CharField()
    book = WholeBookSerializer()
    startPosition = serializers.IntegerField()
    state = SessionStateSerializer()


class StudentNameSerializer(serializers.Serializer[Any]):
    studentId = serializers.CharField()
    displayName = serializers.CharField()


class BookNameSerializer(serializers.Serializer[Any]):
    bookId = serializers.CharField()
    title = serializers.CharField()


class SummarySerializer(serializers.Serializer[Any]):
    sessionId = serializers.CharField()
    student = StudentNameSerializer()
    book = BookNameSerializer()
    status = serializers.ChoiceField(_STATUS)
    online = serializers.BooleanField()
    wordIndex = serializers.IntegerField()
    progress = serializers.FloatField()
    readingSpeed = serializers.FloatField(allow_null=True)
    questionsAsked = serializers.IntegerField()
    lastQuestionAt = serializers.DateTimeField(allow_null=True)
    score = serializers.FloatField(allow_null=True)
    handRaised = serializers.BooleanField()
    needsHelp = serializers.BooleanField()
    lastActiveTime = serializers.DateTimeField()
    place = serializers.FloatField()
    listening = serializers.BooleanField()


class EventSerializer(serializers.Serializer[Any]):
    seq = serializers.IntegerField()
    kind = serializers.CharField()
    timestamp = serializers.DateTimeField()
    details = serializers.DictField()
