"""The contact persons' side: the queue's filter, the page of a case, the overview, and the screens of their bot."""
