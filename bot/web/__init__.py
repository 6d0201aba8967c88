"""The applicants' chat and the contact persons' queue, as pages."""
