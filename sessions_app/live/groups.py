"""The channel layer's one group. Messages carry ids and numbers, and mean "look in the
database": the layer loses messages, and is allowed to."""

from typing import Final

# Every server process listens here, with one channel, whatever number of sockets it holds.
SERVERS: Final = "readerai.servers"
