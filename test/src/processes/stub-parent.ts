import { replyPid, stubPool, stubRequest } from './stub-pool.ts';

// A service that can be killed. It prints the id of a process that is idle or of one that never stops by itself.
const pool = stubPool();
const print = (pid: number | string): void => {
  process.stdout.write(`${pid}\n`);
};
const pid = replyPid(await pool.run(stubRequest('echo')));
switch (process.argv[2]) {
  case 'close':
    await pool.close();
    break;
  case 'idle':
    print(pid);
    break;
  case 'busy':
    await pool.run(stubRequest('block without a deadline'), { onProgress: print });
}
