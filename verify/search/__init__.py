"""One box over everything that the reader may see: claims, articles, sources, evidence, comments, other verdicts."""
