"""The data box: PostgreSQL and Redis, and a harness that runs queries or hands the servers out."""
