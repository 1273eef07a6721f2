"""From one stream of events to a verdict: the record, states, findings, deviations, comparison."""
