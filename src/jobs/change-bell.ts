/** Lets those who wait for a change of something know that there is one. */
export class ChangeBell {
  readonly #listeners = new Map<string, Set<() => void>>();

  ring(name: string): void {
    for (const listener of [...(this.#listeners.get(name) ?? [])]) listener();
  }

  /** Resolves at the next ring for a name, when the time is over, or when the signal is given. */
  heard(name: string, milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const listeners = this.#listeners.get(name) ?? new Set();
      this.#listeners.set(name, listeners);
      const end = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', end);
        listeners.delete(end);
        if (listeners.size === 0 && this.#listeners.get(name) === listeners) this.#listeners.delete(name);
        resolve();
      };
      const timer = setTimeout(end, milliseconds);
      listeners.add(end);
      if (signal?.aborted) end();
      else signal?.addEventListener('abort', end);
    });
  }
}
