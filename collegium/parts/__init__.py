"""The parts of an organisation; each has acts, rules, state and pages."""
