"""What every request passes through: guards, cookies, forms, answers."""
