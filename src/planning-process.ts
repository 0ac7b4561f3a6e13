import { loadHighsEngine } from './engines/highs.ts';
import { answerRequest } from './planning/answer-request.ts';
import { serveRequests } from './processes/serve-requests.ts';

/** The program of a planning process: loads the engine once, then turns bytes into bytes. */
const engine = await loadHighsEngine();
serveRequests((request, context) => answerRequest(request, context, engine));
