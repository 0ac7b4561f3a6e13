import { Operations } from './operations.ts';
import { type LogLevel, ServiceLog } from './service-log.ts';

/** The operations of this process: its log, its metrics, and an end that is logged where nobody caught a mistake. */
export function startOperations(level: LogLevel): Operations {
  const log = new ServiceLog(level);
  const operations = new Operations(log);
  operations.metrics.measureProcess();
  // Node would print it with its message, which can quote a user's data.
  process.on('uncaughtException', (error) => {
    log.fatal(error);
    process.exit(1);
  });
  return operations;
}
