// A program that cannot start, say because a dependency is missing.
throw new Error('the engine is not installed');
