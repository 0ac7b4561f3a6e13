import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';

const MEBIBYTE = 1024 ** 2;

describe('the environment', () => {
  it('needs nothing: every setting has a default, or leaves the choice to the pool', () => {
    expect(readConfig({})).toEqual({
      host: '127.0.0.1',
      port: 3000,
      maxBodyBytes: 64 * MEBIBYTE,
      logLevel: 'info',
      dataFolder: join(process.cwd(), '.apportion'),
      isWorking: true,
    });
  });

  it('sets every setting', () => {
    const variables = {
      HOST: '::1',
      PORT: '0',
      MAX_BODY_MB: '1',
      LOG_LEVEL: 'warn',
      DATA_DIR: '/var/lib/apportion',
      DATABASE_URL: 'postgres://user:secret@db.example:5433/apportion?sslmode=verify-full',
      WORK_ON_PLANS: 'no',
      PLANNING_PROCESSES: '4',
      PLANNING_MEMORY_MB: '1024',
    };
    expect(readConfig(variables)).toEqual({
      host: '::1',
      port: 0,
      maxBodyBytes: MEBIBYTE,
      logLevel: 'warn',
      dataFolder: '/var/lib/apportion',
      databaseUrl: 'postgres://user:secret@db.example:5433/apportion?sslmode=verify-full',
      isWorking: false,
      planningProcesses: 4,
      planningMemoryBytes: 1024 * MEBIBYTE,
    });
  });

  it.each(['127.0.0.1', '127.1.2.3', '::1', 'localhost'])('takes the loopback address %s', (HOST) => {
    expect(readConfig({ HOST }).host).toBe(HOST);
  });

  it.each(['mysql://localhost/db', 'localhost:5432/db', 'postgres://localhost', 'postgres:///'])(
    'refuses %s as a database, without printing it',
    (DATABASE_URL) => {
      expect(() => readConfig({ DATABASE_URL })).toThrow(
        /DATABASE_URL is not like postgres:\/\/user:password@host:5432\/database$/,
      );
    },
  );

  it('leaves plans to workers only where they can reach them', () => {
    expect(() => readConfig({ WORK_ON_PLANS: 'no' })).toThrow(
      'WORK_ON_PLANS is no without DATABASE_URL: no worker could reach the plans',
    );
    expect(() => readConfig({ WORK_ON_PLANS: 'maybe' })).toThrow('WORK_ON_PLANS is neither yes nor no');
  });

  it('takes an empty variable for one that is not set, and knows nothing of others', () => {
    expect(readConfig({ PORT: '', HOST: '', PATH: '/bin', MAX_BODY: 'x' })).toEqual(readConfig({}));
  });

  it.each([
    ['HOST', ['0.0.0.0', '::', '127.0.0.1.example.org', '128.0.0.1', 'example.org', '127.1.1']],
    ['PORT', ['-1', '65536', '80.5', '0x50', '1e3', ' 80', '٣', '99999999999', 'http']],
    ['MAX_BODY_MB', ['0', '257', '-1', '1.5', 'ten']],
    ['PLANNING_PROCESSES', ['0', '65', '-1']],
    ['PLANNING_MEMORY_MB', ['255', '65537', '1GB']],
  ])('refuses a wrong %s by name', (name, values) => {
    for (const value of values) {
      expect(() => readConfig({ [name]: value })).toThrow(
        new RegExp(
          `^The environment is not valid:\\n  - ${name} is not (a whole number|between \\d+ and \\d+|a loopback address: .*)$`,
        ),
      );
    }
  });
});
