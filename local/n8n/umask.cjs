// Loaded into n8n before its own code: what n8n and its task runner write is for its owner alone, as its database is not by itself.
process.umask(0o077);
