import express, { type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import { groupBy } from '../models/group-by.ts';
import { OPENAPI_PATH, openApiDocument } from './http/openapi-document.ts';
import { pages } from './http/pages.ts';
import { problemHandler, sendProblem } from './http/problem-details.ts';
import type { Services } from './http/route.ts';
import { routes } from './http/routes.ts';
import { RequestTime } from './request-time.ts';

/** The app: routes over what they work with. `reportError` hears of mistakes of our own, never of bodies. */
export function createApp(services: Services, reportError: (error: unknown) => void): Express {
  const app = express();
  app.disable('etag');
  app.use((_request, _response, next) => {
    RequestTime.begin(next);
  });
  app.use(helmet({ contentSecurityPolicy: { directives: contentSecurityPolicy } }));

  for (const [path, here] of groupBy(routes, (route) => route.path)) {
    const at = app.route(expressPath(path));
    for (const { method, handlers } of here) at[method](...handlers(services));
    at.all(only(here.map(({ method }) => method.toUpperCase())));
  }
  const description = JSON.stringify(openApiDocument());
  const describe: RequestHandler = (_request, response) => {
    response.type('application/json').end(description);
  };
  app
    .route(OPENAPI_PATH)
    .get(describe)
    .all(only(['GET']));
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

function expressPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}

function only(methods: readonly string[]): RequestHandler {
  return (_request, response) => {
    response.set(
      'Allow',
      methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', '),
    );
    sendProblem(response, 'method-not-allowed', `Use ${methods.join(' or ')} here.`);
  };
}
