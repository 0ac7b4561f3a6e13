import type { Engine, EngineAnswer } from '../../../src/engines/engine.ts';

/** The engine without its proofs: neither prices nor ranges nor rays. */
export function withoutPrices(engine: Engine): Engine {
  return {
    name: engine.name,
    version: engine.version,
    capabilities: { prices: false, ranges: false },
    solve: (program, options) => {
      const answer = engine.solve(program, options);
      if (answer.status === 'optimal') return { status: 'optimal', columnValue: answer.columnValue };
      return answer.status === 'infeasible' ? { status: 'infeasible' } : answer;
    },
  };
}

/** An engine that answers every program with what `answer` makes of the true answer. */
export function alteredEngine(engine: Engine, answer: (truth: EngineAnswer) => EngineAnswer): Engine {
  return { ...engine, solve: (program, options) => answer(engine.solve(program, options)) };
}
