"""Where a conversation meets the database: one turn of an applicant, one task of a contact person."""
