import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { type RequestHandler, Router } from 'express';

const HOME = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Apportion</title>
<link rel="stylesheet" href="/pages.css">
</head>
<body>
<main class="page">
<h1>Apportion</h1>
<p>Apportion decides where customer-support work lives. It takes workflows, sites, teams, capacity and rules, and gives
back the cheapest plan, proven, with the price of every limit.</p>
<p>The service is running. Everything is done through its API:</p>
<ul>
<li><a href="/docs">The documentation</a>, with every field and its unit</li>
<li><a href="/v1/openapi.json">The API description</a> (OpenAPI 3.1)</li>
<li><a href="/healthz">The state of the service</a></li>
</ul>
<p>A first plan, from a checkout of the project:</p>
<pre><code>node -p 'JSON.stringify({ scenario: require("./data/tiny/scenario.json") })' |
  curl -s http://127.0.0.1:3000/v1/solve \\
    -H 'content-type: application/json' --data-binary @-</code></pre>
</main>
</body>
</html>
`;

const DOCS = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Apportion API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
<link rel="stylesheet" href="/pages.css">
</head>
<body>
<nav class="page-top"><a href="/">Apportion</a></nav>
<div id="documentation"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`;

const DOCS_START = `SwaggerUIBundle({
  url: '/v1/openapi.json',
  dom_id: '#documentation',
  deepLinking: true,
  validatorUrl: null,
});
`;

// Scoped to the pages' own classes: the documentation brings its own style for everything else.
const STYLE = `body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: #1b2733; background: #fff; }
.page { max-width: 46rem; margin: 4rem auto; padding: 0 1.5rem; }
.page h1 { font-size: 2rem; margin: 0 0 1rem; }
.page a, .page-top a { color: #0b5cad; }
.page pre { padding: 1rem; overflow-x: auto; background: #f3f6f9; border-radius: 6px; font-size: 0.85rem; }
.page-top { padding: 0.75rem 1.5rem; border-bottom: 1px solid #d5dde5; }
`;

/** The pages for people: what this is, and the API's documentation. Everything comes from this machine. */
export function pages(): Router {
  const router = Router();
  router.get('/', text('html', HOME));
  router.get('/pages.css', text('css', STYLE));
  router.get('/docs', text('html', DOCS));
  router.get('/docs/start.js', text('js', DOCS_START));
  const assets = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  for (const file of ['swagger-ui.css', 'swagger-ui-bundle.js']) {
    router.get(`/docs/${file}`, (_request, response) => {
      response.sendFile(file, { root: assets, maxAge: '1h' });
    });
  }
  return router;
}

function text(type: string, content: string): RequestHandler {
  return (_request, response) => {
    response.type(type).send(content);
  };
}
