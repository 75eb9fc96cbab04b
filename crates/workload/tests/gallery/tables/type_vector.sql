-- Vectors with a number of dimensions.
-- needs: vector
-- expect: public.embeddings: any
create table embeddings (id integer primary key, embedding vector(3));
