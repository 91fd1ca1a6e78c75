"""Discord: the gateway for what is asked, REST for what is sent."""
