"""What a packet made of an application is called in the workspace; needs no printer to be read."""

HIRING, OFFER = "hiring", "offer"
