"""What other organisations found about claims: their published ClaimReview, kept apart from the desk's own verdicts."""
