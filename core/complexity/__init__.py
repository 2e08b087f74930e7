"""The mathematics of economic complexity: networks of economies and the sectors they are specialised in."""
