"""Keeps every reader off the network. Import this before the readers."""

import atexit
import os
import shutil
import socket
import tempfile

CACHES = tempfile.mkdtemp(prefix="pullquote-readers-")
atexit.register(shutil.rmtree, CACHES, ignore_errors=True)

os.environ.update(
    HF_HOME=CACHES,
    HF_HUB_OFFLINE="1",
    HF_DATASETS_OFFLINE="1",
    HF_DATASETS_DISABLE_PROGRESS_BARS="1",
    HF_HUB_DISABLE_TELEMETRY="1",
    NLTK_DATA=CACHES,
    MPLCONFIGDIR=CACHES,
)

connect = socket.socket.connect


def only_to_this_machine(self, address):
    if self.family == getattr(socket, "AF_UNIX", None):
        return connect(self, address)
    raise OSError(f"a reader wants to connect to {address}")


socket.socket.connect = only_to_this_machine
