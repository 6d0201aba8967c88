"""What every request meets: guards, cookies, forms, answers."""
