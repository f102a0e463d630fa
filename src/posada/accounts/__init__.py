"""Sites, the people who work in them, their roles, what each role may do, and signing in."""
