import { loadHighsEngine } from './engines/highs.ts';
import { javascriptLpSolverEngine } from './engines/javascript-lp-solver.ts';
import { answerRequest } from './planning/answer-request.ts';
import type { Engines } from './planning/handling.ts';
import { serveRequests } from './processes/serve-requests.ts';

/** The program of a planning process: loads the engines once, then turns bytes into bytes. */
const engines: Engines = {
  highs: await loadHighsEngine(),
  'javascript-lp-solver': javascriptLpSolverEngine(),
};
serveRequests((request, context) => answerRequest(request, context, engines));
