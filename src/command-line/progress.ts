import type { Terminal } from './terminal.ts';

const QUIET_MS = 2000;
const REPEAT_MS = 5000;

const WORDS: Readonly<Record<string, string>> = {
  read: 'reading the scenario',
  formulate: 'formulating the program',
  solve: 'solving',
  certify: 'proving the plan',
  price: 'pricing every limit',
  explain: 'finding what would change the plan',
  'cross-check': 'solving again with the other engine',
  flip: 'making choices the other way',
  repair: 'looking for repairs',
  write: 'writing the answer',
};

/** Tells on the error stream what is going on, once it takes longer than two seconds. */
export function reportProgress(terminal: Terminal): { stage: (stage: string) => void; end: () => void } {
  const began = performance.now();
  let current = 'starting';
  const tell = () => {
    const seconds = ((performance.now() - began) / 1000).toFixed(0);
    terminal.printError(`… ${WORDS[current] ?? current} (${seconds} s)\n`);
  };
  let repeat: NodeJS.Timeout | undefined;
  const start = setTimeout(() => {
    tell();
    repeat = setInterval(tell, REPEAT_MS);
  }, QUIET_MS);
  return {
    stage: (stage) => {
      current = stage;
      if (repeat !== undefined) tell();
    },
    end: () => {
      clearTimeout(start);
      clearInterval(repeat);
    },
  };
}
