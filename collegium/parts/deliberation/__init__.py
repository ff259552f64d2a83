"""Questions, proposals that anybody publishes and others sign, objections and their answers."""
