import express, { type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import { groupBy } from '../models/group-by.ts';
import { OPENAPI_PATH, openApiDocument } from './http/openapi-document.ts';
import { pages } from './http/pages.ts';
import { problemHandler, sendProblem } from './http/problem-details.ts';
import type { Services } from './http/route.ts';
import { routes } from './http/routes.ts';
import { watchRequests } from './http/watch-requests.ts';
import { RequestTime } from './request-time.ts';

/** The app: routes over what they work with. */
export function createApp(services: Services): Express {
  const app = express();
  app.disable('etag');
  app.use(watchRequests(services.operations));
  app.use(
    helmet({
      contentSecurityPolicy: { directives: contentSecurityPolicy },
      // That a name is served over TLS alone is for whoever terminates it to promise.
      strictTransportSecurity: false,
    }),
  );
  app.use(CONFIDENTIAL, (_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  app.use((_request, _response, next) => {
    RequestTime.begin(next);
  });

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
  app.use(problemHandler(services.operations));
  return app;
}

/** What is kept by nobody on the way, unless a route says otherwise. */
const CONFIDENTIAL = ['/v1', '/healthz', '/livez', '/readyz', '/metrics'];

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
