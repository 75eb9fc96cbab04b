CREATE INDEX CONCURRENTLY votes_voter_idx ON votes (voter);
