// A program that hangs while it loads.
setInterval(() => undefined, 1000);
