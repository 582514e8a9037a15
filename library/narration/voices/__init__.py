"""The speech engines: natural ones, eSpeak, and what else the machine has."""
