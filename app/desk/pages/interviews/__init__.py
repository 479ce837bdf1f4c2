"""My rounds, the kits that go out, the forms that come back."""
