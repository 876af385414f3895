"""The council's room in the browser: pages, people, and what stands beside the debate."""
