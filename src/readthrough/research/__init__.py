"""Finding what stored articles say, and saying it in their own words. Pure; the desk brings the passages."""
