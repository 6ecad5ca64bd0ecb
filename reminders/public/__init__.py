"""The pages behind the links in messages: for whoever has one, and about nothing else."""
