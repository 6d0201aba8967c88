"""What the city knows of a case that it starts."""

KNOWN: dict[str, str | list[str]] = {
    "area.words": "Ystadsgatan",
    "area.bounds": "Bergsgatan\nNobelvägen",
    "actors.new.name": "Brf Ystad\nGatans vänner",
    "actors.new.kind": "association",
    "challenges.text": "Ingen stannar här. (testtext)",
}
