"""Documents in: one file a format, what a file holds told by its content first, then by the ending of its name."""

from foedus.trace.read.run import MOST_BYTES, documents

__all__ = ["MOST_BYTES", "documents"]
