"""Set-up and local running: the environment, the embedded servers, the demo, the tests."""
