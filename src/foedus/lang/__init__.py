"""Treaty pages: from literate Markdown to the intermediate representation, and back into good form."""
