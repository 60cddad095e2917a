"""What boxes share whose programs are run by another executable than the harness: not in the images of the others."""
