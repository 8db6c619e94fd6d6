"""What an agent is about to send, checked before it is sent: pure, over what the sources say."""
