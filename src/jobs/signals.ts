/** What processes that share a store tell each other. A signal may get lost: whoever waits for one looks by himself now and then. */
export interface Signals {
  /** Tells all others. */
  send(name: string): void;
  /** Whether what others send arrives here now. */
  readonly isListening: boolean;
  /** Calls back for everything that others send. */
  onSignal(listener: (name: string) => void): void;
  close(): Promise<void>;
}
