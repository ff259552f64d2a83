"""The secretariat: joins the parts into a house, and keeps the one door to the record."""
