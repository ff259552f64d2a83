"""Questions, proposals, signatures and objections."""
