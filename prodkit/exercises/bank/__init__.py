"""The problem banks, one a subject. Each holds PROBLEMS and TOPICS (the exam topics it must cover)."""
