import { serveRequests } from '../../../src/processes/serve-requests.ts';

// A program that says it is ready and then finds that it is not.
serveRequests(() => ({ header: { outcome: 'answer' }, body: [] }));
setTimeout(() => process.exit(1), 10);
