"""One writer per format; each derives its output from the record and the verdict alone."""
