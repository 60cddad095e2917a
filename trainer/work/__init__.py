"""What works in the background: judges that claim rows, the sweep, and services that are being tried out."""
