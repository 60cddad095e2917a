"""How we are served: from the socket to the services, and back as pages, JSON or streams."""
