"""Earlier claims that a text repeats. Pure: no web framework, no database, no clock, no network."""

from verify.similarity.matcher import Answer, Match, Matcher
from verify.similarity.reading import Claim, Question, question
from verify.similarity.relation import Kind, Relation, relation

__all__ = ["Answer", "Claim", "Kind", "Match", "Matcher", "Question", "Relation", "question", "relation"]
