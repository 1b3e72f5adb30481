"""The data keys: rotation while the service runs, and the end of them all."""
