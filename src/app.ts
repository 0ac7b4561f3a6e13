import express, { type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import type { Config } from './config.ts';
import { answerWithStatus } from './http/answer-with-status.ts';
import { exportModel } from './http/export-model.ts';
import { openApiDocument } from './http/openapi-document.ts';
import { pages } from './http/pages.ts';
import { problemHandler, sendProblem } from './http/problem-details.ts';
import { readJsonBytes } from './http/read-json-bytes.ts';
import { sensitivityTable } from './http/sensitivity-table.ts';
import type { PlanningPool } from './processes/planning-pool.ts';

/** The app: routes over a pool of planning processes. `reportError` hears of mistakes of our own, never of bodies. */
export function createApp(
  pool: PlanningPool,
  config: Pick<Config, 'maxBodyBytes'>,
  reportError: (error: unknown) => void,
): Express {
  const app = express();
  app.disable('etag');
  app.use(helmet({ contentSecurityPolicy: { directives: contentSecurityPolicy } }));

  const health: RequestHandler = (_request, response) => {
    response.json({ status: 'ok' });
  };
  app.route('/healthz').get(health).all(only('GET'));
  app.route('/livez').get(health).all(only('GET'));
  const description = JSON.stringify(openApiDocument());
  app
    .route('/v1/openapi.json')
    .get((_request, response) => {
      response.type('application/json').end(description);
    })
    .all(only('GET'));
  const readBody = readJsonBytes(config.maxBodyBytes);
  app.route('/v1/solve').post(readBody, answerWithStatus(pool, 'solve')).all(only('POST'));
  app.route('/v1/explanations').post(readBody, answerWithStatus(pool, 'explain')).all(only('POST'));
  app.route('/v1/repairs').post(readBody, answerWithStatus(pool, 'repairs')).all(only('POST'));
  app.route('/v1/model').post(readBody, exportModel(pool)).all(only('POST'));
  app.route('/v1/sensitivity-table').post(readBody, sensitivityTable(pool)).all(only('POST'));
  app.use(pages());

  app.use((_request, response) => {
    sendProblem(response, 'not-found', 'There is nothing at this address. /docs lists what there is.');
  });
  app.use(problemHandler(reportError));
  return app;
}

/** The documentation page sets styles of its own; scripts come from files alone. */
const contentSecurityPolicy = {
  'default-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'style-src': ["'self'", "'unsafe-inline'"],
  // The service speaks plain HTTP behind whoever terminates TLS.
  'upgrade-insecure-requests': null,
};

function only(method: 'GET' | 'POST'): RequestHandler {
  return (_request, response) => {
    response.set('Allow', method === 'GET' ? 'GET, HEAD' : method);
    sendProblem(response, 'method-not-allowed', `Use ${method} here.`);
  };
}
