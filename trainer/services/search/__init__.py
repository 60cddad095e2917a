"""Finding problems by what people call them: words matched at their beginnings and by their stems, best match first."""

from trainer.services.search.index import bring_up_to_date, make_anew, matching, put, rank
from trainer.services.search.terms import Asked, closest_topics

__all__ = ["Asked", "bring_up_to_date", "closest_topics", "make_anew", "matching", "put", "rank"]
