"""Tags of the tour's templates."""
