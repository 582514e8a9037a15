"""ReaderAI's server beside a stock Channels consumer, on the same machine in the same run."""
