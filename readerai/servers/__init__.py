"""What only daphne or only uvicorn needs. Each shim says why it is there."""
