import express from 'express';

/** The yardstick of everything that is read: a bare app with an empty route, in a process of its own. */
const app = express();
app.get('/', (_request, response) => {
  response.end();
});
const server = app.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as { port: number }).port}\n`);
});
