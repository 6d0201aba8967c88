"""The contact persons' side: who may do what, the tasks of a case, and the screens that show it."""
