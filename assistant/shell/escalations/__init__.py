"""Questions to the company over REST and WebSocket: asked by agents, answered by people on duty."""
