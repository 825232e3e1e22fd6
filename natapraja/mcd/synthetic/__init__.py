"""An invented Boyolali, statistically honest and marked as such: real places, no real person."""
