"""What all harnesses share. Each image gets a copy beside the modules of its own folder; standard library only."""
