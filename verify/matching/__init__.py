"""Earlier claims that a text repeats. Pure: no web framework, no database, no clock, no network."""

from verify.matching.matcher import Answer, Match, Matcher
from verify.matching.reading import Claim, Question, question
from verify.matching.relation import Kind, Relation, relation

__all__ = ["Answer", "Claim", "Kind", "Match", "Matcher", "Question", "Relation", "question", "relation"]
