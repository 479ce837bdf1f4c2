"""What a calibration prints: minutes, ballots, and the files that go out of it."""
