"""What the user sees and does; knows nothing about trade."""
