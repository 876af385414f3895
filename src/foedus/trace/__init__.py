"""Which passages are copied from where: documents in, passages, lineage, independent groups out."""
