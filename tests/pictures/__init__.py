"""Pictures, walked and written anew."""
