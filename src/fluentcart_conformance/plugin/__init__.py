"""The parts of the pytest plugin: scenario context, events, fixtures' making."""
