"""Reception: a person, their household, their consent; registered in a minute, never twice."""
