import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { must } from '../../../test/support/answers.ts';
import { makePki } from '../../../test/support/certificates.ts';
import { kubeconfigText } from '../../../test/support/kubeconfig.ts';
import { addSealedScan, type RemoteService, startRemoteService } from '../../../test/support/remote-service.ts';
import { runCli } from '../../../test/support/run-cli.ts';
import { succeed } from '../../core/failure.ts';
import type { ScanRecord } from '../../fleet/scan.ts';
import type { ScanRun } from '../../ports/scan-starter.ts';

const gatehouse = fileURLToPath(new URL('../../../bin/gatehouse.ts', import.meta.url));
let service: RemoteService;
let onStart: (run: ScanRun) => void = () => undefined;
let clusterId: string;
beforeAll(async () => {
  service = await startRemoteService({ started: (run) => onStart(run) });
  await writeFile(join(service.base, 'config'), kubeconfigText(await makePki(), 'https://10.0.0.1:6443'));
  const ran = await service.cli(['clusters', 'add', 'production', '--kubeconfig', join(service.base, 'config'), '--json']);
  clusterId = JSON.parse(ran.out).id;
});
afterAll(() => service.close());
beforeEach(() => {
  onStart = () => undefined;
});

const change = async ({ scanId }: ScanRun, fields: Partial<ScanRecord>) =>
  void must(await service.ports.records.scans.update({ clusterId, name: scanId }, (scan) => succeed({ ...scan, ...fields })));
/** Ends every scan that is started, in two steps. */
const ending = (fields: Partial<ScanRecord>) => {
  onStart = (run) => {
    const startedAt = new Date().toISOString();
    setTimeout(async () => {
      await change(run, { state: 'running', startedAt, progress: { done: 3, total: 10, doing: 'reading pods' } });
      setTimeout(() => change(run, { endedAt: startedAt, ...fields }), 500);
    }, 100);
  };
};
const coverage = (decided: number) => ({ total: 100, decided, manual: 100 - decided, unknown: 0, error: 0, statements: [] });
const run = (...more: readonly string[]) => service.cli(['scans', 'run', 'production', ...more]);

describe('scans run', () => {
  it('answers at once what it started', async () => {
    const ran = await run();
    expect(ran).toMatchObject({ exit: 0, err: '', out: expect.stringContaining('queued') });
    const cancelled = await service.cli(['scans', 'cancel', 'production']);
    expect(cancelled).toMatchObject({ exit: 0, out: expect.stringContaining('is asked to end') });
    const { scanId } = { scanId: /\S+-cfg-\S+/.exec(ran.out)?.[0] ?? '' };
    await change({ projectId: 'default', clusterId, scanId }, { state: 'cancelled' });
    expect(await service.cli(['scans', 'cancel', 'production'])).toMatchObject({
      exit: 2,
      err: expect.stringContaining('no scan that has not ended'),
    });
    expect((await service.cli(['scans', 'delete', 'production', scanId])).exit).toBe(0);
  });

  it.each([
    ['completed without failures', { state: 'completed', failed: { low: 3 }, coverage: coverage(70) }, [], 0],
    ['completed with failures', { state: 'completed', failed: { high: 1 }, coverage: coverage(70) }, [], 1],
    ['completed with failures that do not matter', { state: 'completed', failed: { high: 1 } }, ['--fail-on', 'critical'], 0],
    ['completed with failures, whatever they are', { state: 'completed', failed: { critical: 1 } }, ['--fail-on', 'never'], 0],
    ['decided too little', { state: 'completed', failed: { high: 1 }, coverage: coverage(20) }, [], 2],
    ['failed', { state: 'failed', reason: 'The cluster did not answer.' }, [], 2],
    ['been skipped', { state: 'skipped', reason: 'A node is cordoned.' }, [], 2],
  ] as const)('waits, and judges one that has %s', async (_what, fields, flags, exit) => {
    ending(fields as Partial<ScanRecord>);
    const ran = await run('--wait', ...flags);
    expect(ran.exit).toBe(exit);
    expect(ran.out).toContain(fields.state);
    expect(ran.err).toContain('[3/10] reading pods');
    if ('reason' in fields) expect(ran.err).toContain(fields.reason);
  });

  it('leaves the scan running at Ctrl-C, and says how to go on', async () => {
    const { env, token, url } = service;
    const child = spawn(process.execPath, [gatehouse, 'scans', 'run', 'production', '--wait', '--server', url], {
      env: { ...process.env, ...env, GATEHOUSE_TOKEN: token },
    });
    let err = '';
    child.stderr.on('data', (piece) => {
      err += piece;
      if (String(piece).includes('waiting to begin')) child.kill('SIGINT');
    });
    const [status] = await once(child, 'exit');
    expect(status).toBe(130);
    expect(err).toMatch(/the scan goes on at the service\. Look: gatehouse scans show cls-\S+ \S+-cfg-/);
    expect(err).not.toContain('removed first');
    expect((await service.cli(['scans', 'show', 'production'])).out).toMatch(/state +queued/);
  });
});

describe('a completed scan', () => {
  const files = { 'report.pdf': '%PDF-1.7', 'report.csv': 'a,b\n', 'report.json': '{}', 'facts.json.gz': 'facts' };
  let scan: ScanRecord;
  beforeAll(async () => {
    scan = await addSealedScan(service, clusterId, files);
  });
  const download = (...more: readonly string[]) => service.cli(['scans', 'download', 'production', scan.id, ...more]);

  it('gives its reports, every byte proven', async () => {
    const out = join(service.base, 'reports');
    const ran = await download('--format', 'pdf,csv', '--out', out);
    expect(ran).toMatchObject({ exit: 0, err: '', out: `${join(out, 'report.pdf')}\n${join(out, 'report.csv')}\n` });
    expect(await readFile(join(out, 'report.csv'), 'utf8')).toBe('a,b\n');
    expect(await download('--format', 'sarif', '--out', out)).toMatchObject({
      exit: 2,
      err: expect.stringContaining('has no file report.sarif; it has report.pdf'),
    });
  });

  it('gives evidence that can be verified offline, and that shows when it was changed', async () => {
    const out = join(service.base, 'evidence');
    expect(await download('--evidence', '--out', out)).toMatchObject({ exit: 0, err: `Check it: gatehouse verify ${out}\n` });
    const key = join(service.base, 'key.pem');
    await writeFile(key, (await service.cli(['service', 'evidence-key'])).out);
    const verified = await runCli(['verify', out, '--key', key]);
    expect(verified).toMatchObject({ exit: 0, out: expect.stringContaining('Everything fits.') });
    await writeFile(join(out, 'projects/default/clusters', clusterId, 'scans/configuration', scan.id, 'report.csv'), 'a,c\n');
    expect(await runCli(['verify', out, '--key', key])).toMatchObject({ exit: 1, out: expect.stringContaining('was changed') });
  });

  it('writes nothing when other bytes arrive than were promised', async () => {
    const pdf = scan.artefacts.find(({ name }) => name === 'report.pdf');
    const wrong = scan.artefacts.map((one) => (one.name === 'report.pdf' ? { ...one, sha256: '0'.repeat(64) } : one));
    await change({ projectId: 'default', clusterId, scanId: scan.id }, { artefacts: wrong });
    const out = join(service.base, 'tampered');
    const ran = await download('--format', 'csv,pdf', '--out', out);
    expect(ran).toMatchObject({
      exit: 2,
      out: '',
      err: expect.stringMatching(/report\.pdf arrived with other bytes.*Nothing was written\./),
    });
    await expect(stat(out)).rejects.toThrow();
    expect(pdf?.sha256).not.toBe('0'.repeat(64));
    await change({ projectId: 'default', clusterId, scanId: scan.id }, { artefacts: scan.artefacts });
  });

  it('is found by `latest`, in a list, and with its failures', async () => {
    expect((await service.cli(['scans', 'list', 'production', '--state', 'completed', '--all'])).out).toContain('2 high');
    const ids = JSON.parse((await service.cli(['scans', 'list', 'production', '--state', 'completed', '--all', '--json'])).out).items;
    expect(ids.map(({ id }: ScanRecord) => id)).toContain(scan.id);
    expect(await service.cli(['scans', 'show', 'production', 'nonsense'])).toMatchObject({
      exit: 2,
      err: expect.stringContaining('"nonsense" is no scan id'),
    });
  });
});
