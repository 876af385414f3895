"""What stands beside the debate: the assessment, the mandate, the sites on their map, the reports."""
