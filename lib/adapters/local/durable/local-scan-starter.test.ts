import { expect, it, onTestFinished } from 'vitest';
import { newPath, openEngine } from '../../../../test/support/durable-engine.ts';
import { createLocalScanStarter } from './local-scan-starter.ts';

const scan = { projectId: 'default', clusterId: 'cls-0123456789ab', scanId: '20261127T233000Z-cfg-0123456789abcdef' };

it('starts the run named after the scan once, with names only, and refuses another scan of that name', async () => {
  const given: unknown[] = [];
  const { engine, database, ended } = openEngine(newPath(), { scan: async (event) => given.push(event) });
  onTestFinished(async () => {
    await engine.close();
    database.close();
  });
  const starter = createLocalScanStarter(engine);
  engine.resume();
  expect(await starter.start(scan)).toEqual({ ok: true, value: undefined });
  await ended(scan.scanId);
  expect(await starter.start({ ...scan }), 'again').toEqual({ ok: true, value: undefined });
  expect(await starter.start({ ...scan, clusterId: 'cls-ba9876543210' })).toMatchObject({ ok: false, failure: { code: 'conflict' } });
  expect(given).toEqual([scan]);
});
