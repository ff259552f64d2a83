"""The pages: one folder for each part, with its views, forms, addresses and templates."""
