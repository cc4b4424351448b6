import { createHash } from 'node:crypto';
import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cluster } from '../../lib/fleet/cluster.ts';
import type { ScanRecord } from '../../lib/fleet/scan.ts';
import type { Schedule } from '../../lib/fleet/schedule.ts';
import type { Comparison } from '../../lib/reports/comparison.ts';
import type { Report } from '../../lib/reports/report.ts';
import { bedVersion, gatehouse, kubeconfigOf, kubectl, temporaryFolder, until } from './bed.ts';
import { callApi, type Serving, serve } from './server.ts';

// One story on a real cluster: register → a schedule falls due → scan → sealed reports → verify → second scan → comparison → cancel → the process is killed → remove.

let data: string;
let serving: Serving;
let token: string;
let cluster: Cluster;
const api = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
  callApi(serving.url, token, method, path, body, headers);
const clusterPath = () => `/v1/projects/default/clusters/${cluster.id}`;
const scanOf = async (id: string): Promise<ScanRecord> => (await api('GET', `${clusterPath()}/scans/${id}`)).body;
const scans = async (): Promise<readonly ScanRecord[]> =>
  ((await api('GET', `${clusterPath()}/scans`)).body as { items: ScanRecord[] }).items;
const ended = async (id: string): Promise<ScanRecord> => {
  await until(`the end of ${id}`, async () => !['queued', 'running'].includes((await scanOf(id)).state));
  return scanOf(id);
};
const run = async (options: object = {}): Promise<string> => {
  const { status, body } = await api('POST', `${clusterPath()}/scans`, { kinds: ['configuration'], options });
  expect(status).toBe(202);
  return (body as { items: ScanRecord[] }).items[0]?.id ?? '';
};
const isNamespaceThere = async (): Promise<boolean> =>
  (await kubectl('plain', 'get', 'namespaces', '-o', 'name')).includes('gatehouse-node-facts');
const arePodsThere = async (): Promise<boolean> =>
  (await kubectl('plain', '-n', 'gatehouse-node-facts', 'get', 'pods', '-o', 'name')) !== '';

beforeAll(async () => {
  data = join(await temporaryFolder(), 'data');
  serving = await serve(data);
  token = serving.token ?? '';
});
afterAll(async () => {
  await serving.end('SIGTERM');
  await kubectl('plain', 'uncordon', 'worker1');
  await kubectl('plain', 'delete', 'clusterrolebinding', 'service-story', '--ignore-not-found');
});

describe('the service on one machine, with a real cluster', () => {
  it('registers a cluster by its kubeconfig, and never gives that back', async () => {
    const kubeconfig = await readFile(await kubeconfigOf('plain'), 'utf8');
    const { status, body } = await api('POST', '/v1/projects/default/clusters', { name: 'plain', timeZone: 'UTC', kubeconfig });
    expect(status).toBe(201);
    cluster = body;
    expect(cluster).toMatchObject({ name: 'plain', health: { state: 'healthy', nodes: 2, kubernetesVersion: bedVersion, cordoned: [] } });
    const again = await api('POST', '/v1/projects/default/clusters', { name: 'other', kubeconfig });
    expect(again).toMatchObject({ status: 409, body: { detail: expect.stringContaining('"plain"') } });
    const key = /client-key-data: (\S+)/.exec(kubeconfig)?.[1] ?? 'none';
    expect(JSON.stringify((await api('GET', clusterPath())).body)).not.toContain(key.slice(0, 40));
  });

  it('scans by itself when a schedule falls due', async () => {
    const slot = new Date(Math.ceil((Date.now() + 5000) / 60_000) * 60_000);
    const cron = `${slot.getUTCMinutes()} ${slot.getUTCHours()} * * *`;
    const { body } = await api('PUT', `${clusterPath()}/schedules/configuration`, { cron });
    expect(body).toMatchObject({ cron, nextSlot: slot.toISOString() });
    await until('the scheduled scan', async () => (await scans()).length > 0, 120);
    const scan = await ended((await scans())[0]?.id ?? '');
    expect(scan).toMatchObject({
      state: 'completed',
      trigger: { type: 'schedule', slot: slot.toISOString() },
      kubernetesVersion: bedVersion,
    });
    const schedule: Schedule = (await api('GET', `${clusterPath()}/schedules/configuration`)).body;
    expect(schedule.lastSlot).toBe(slot.toISOString());
    expect(Date.parse(schedule.nextSlot ?? '') - slot.getTime()).toBe(24 * 3600 * 1000);
    expect(await scans()).toHaveLength(1);
  });

  it('hands out every file by a link, and all of them tell the same', async () => {
    const [scan] = await scans();
    for (const { name, sha256 } of scan?.artefacts ?? []) {
      const link = (await api('GET', `${clusterPath()}/scans/${scan?.id}/files/${name}`)).body as { url: string; sha256: string };
      const file = Buffer.from(await (await fetch(link.url)).arrayBuffer());
      expect(createHash('sha256').update(file).digest('hex'), name).toBe(sha256);
      if (name === 'report.pdf') expect(file.subarray(0, 5).toString()).toBe('%PDF-');
      if (name === 'report.json') expect(JSON.parse(file.toString()).counts).toEqual(scan?.counts);
      if (name === 'report.csv')
        expect(file.toString().split('\r\n')).toHaveLength(
          2 + Object.values(scan?.counts ?? {}).reduce<number>((sum, count) => sum + (count ?? 0), 0),
        );
    }
    const tampered = new URL(((await api('GET', `${clusterPath()}/scans/${scan?.id}/files/report.pdf`)).body as { url: string }).url);
    tampered.searchParams.set('expires', String(Math.floor(Date.now() / 1000) + 10 ** 6));
    expect((await fetch(tampered)).status).toBe(403);
  });

  it('leaves evidence that an auditor verifies offline, and notices what was touched', async () => {
    const folder = await temporaryFolder();
    await cp(join(data, 'evidence', 'objects'), join(folder, 'evidence'), { recursive: true });
    const key = join(folder, 'key.pem');
    await writeFile(key, ((await api('GET', '/v1/evidence-key')).body as { pem: string }).pem);
    expect((await gatehouse(['verify', join(folder, 'evidence'), '--key', key])).exit).toBe(0);
    const [scan] = await scans();
    const csv = join(folder, 'evidence', scan?.artefacts.find(({ name }) => name === 'report.csv')?.key ?? '');
    await writeFile(csv, (await readFile(csv, 'utf8')).replace('fail', 'pass'), { mode: 0o600 }).catch(async () => undefined);
    const touched = await gatehouse(['verify', join(folder, 'evidence'), '--key', key]);
    expect(touched.exit).toBe(1);
    expect(touched.stdout).toContain('report.csv was changed');
  });

  it('says what is new since the scan before', async () => {
    await kubectl(
      'plain',
      'create',
      'clusterrolebinding',
      'service-story',
      '--clusterrole=cluster-admin',
      '--serviceaccount=default:story',
    );
    const [base] = await scans();
    const head = await ended(await run());
    expect(head.changes).toMatchObject({ baseScanId: base?.id, resolved: 0 });
    const path = `${clusterPath()}/comparison?base=${base?.id}&head=${head.id}`;
    const comparison: Comparison = (await api('GET', path)).body;
    const fresh = comparison.new.map(({ check, subject }) => `${check} ${subject.name}`);
    expect(fresh).toContain('rbac/cluster-admin story');
    const found = (await api('GET', `${clusterPath()}/scans/${head.id}/findings?changed=new&check=rbac/cluster-admin`)).body as {
      total: number;
    };
    expect(found.total).toBe(1);
  });

  it('skips a scan that starts pods while a node is in maintenance, and says which', async () => {
    await kubectl('plain', 'cordon', 'worker1');
    expect(await ended(await run({ nodeFacts: true }))).toMatchObject({ state: 'skipped', reason: expect.stringContaining('worker1') });
    expect(await ended(await run())).toMatchObject({ state: 'completed' });
    await kubectl('plain', 'uncordon', 'worker1');
  });

  it('looks over the network only where the project lets it, from both vantages', async () => {
    const look = async (options: object) => {
      const { body } = await api('POST', `${clusterPath()}/scans`, { kinds: ['penetration'], options });
      return ended((body as { items: ScanRecord[] }).items[0]?.id ?? '');
    };
    expect(await look({})).toMatchObject({ state: 'skipped', reason: expect.stringContaining('names no networks') });
    const project = await fetch(`${serving.url}/v1/projects/default`, { headers: { authorization: `Bearer ${token}` } });
    const worker = (await kubectl('plain', 'get', 'node', 'worker1', '-o', 'jsonpath={.status.addresses[0].address}')).trim();
    const networks = { probeNetworks: [worker] };
    const headers = { 'if-match': project.headers.get('etag') ?? '' };
    expect((await api('PATCH', '/v1/projects/default', networks, headers)).status).toBe(200);
    const seen = await look({ vantages: ['external', 'internal'] });
    expect(seen).toMatchObject({ state: 'completed', manifest: { sequence: expect.any(Number) } });
    const link = (await api('GET', `${clusterPath()}/scans/${seen.id}/files/report.json`)).body as { url: string };
    const { network } = (await (await fetch(link.url)).json()) as Report;
    expect(network?.vantages.map(({ vantage }) => vantage)).toEqual(['external', 'internal']);
    const contacted = (vantage: string) => [
      ...new Set(network?.exchanges.filter((one) => one.vantage === vantage).map(({ endpoint }) => endpoint.replace(/:\d+$/, ''))),
    ];
    // the other node, and everything else, is outside the networks of the project; what only pods reach is looked at from the pod
    expect(contacted('external')).toEqual([worker]);
    const other = (await kubectl('plain', 'get', 'node', 'cp1', '-o', 'jsonpath={.status.addresses[0].address}')).trim();
    expect(contacted('internal')).toContain(worker);
    expect(contacted('internal')).not.toContain(other);
    expect(network?.refused.map(({ why }) => why).join()).toContain('outside the networks');
  });

  it('ends a scan that is cancelled, and removes what it had started', async () => {
    const id = await run({ nodeFacts: true });
    await until('its pods', arePodsThere, 60);
    expect((await api('POST', `${clusterPath()}/scans/${id}/cancellation`)).status).toBe(202);
    expect((await ended(id)).state).toBe('cancelled');
    // no report, and sealed all the same: nobody can hide that it ran
    await until('its seal', async () => (await scanOf(id)).manifest !== undefined, 60);
    expect((await scanOf(id)).artefacts.map(({ name }) => name)).toEqual(['manifest.sig.json']);
    await until('the end of its pods', async () => !(await isNamespaceThere()), 60);
  });

  it('goes on where it was after its process was killed in the middle of a scan', async () => {
    const before = (await scans()).length;
    const id = await run({ nodeFacts: true });
    await until('its pods', arePodsThere, 60);
    await serving.end('SIGKILL');
    serving = await serve(data);
    expect(serving.token).toBeUndefined();
    expect(await ended(id)).toMatchObject({ state: 'completed', coverage: { unknown: 0 } });
    expect(await scans()).toHaveLength(before + 1);
    expect(await isNamespaceThere()).toBe(false);
  });

  it('removes a cluster only when its name is typed, and keeps its evidence', async () => {
    const { etag = '' } = Object.fromEntries((await api('GET', clusterPath())).headers);
    expect((await api('DELETE', `${clusterPath()}?name=plane`, undefined, { 'if-match': etag })).status).toBe(400);
    expect((await api('DELETE', `${clusterPath()}?name=plain`, undefined, { 'if-match': etag })).status).toBe(204);
    expect(((await api('GET', `${clusterPath()}/schedules`)).body as { items: unknown[] }).items).toEqual([]);
    expect((await api('POST', `${clusterPath()}/scans`, { kinds: ['configuration'] })).status).toBe(409);
    expect((await scans()).some(({ state }) => state === 'completed')).toBe(true);
    const secrets = await readdir(join(data, 'secrets'), { recursive: true });
    expect(secrets.filter((name) => name.includes('kubeconfig'))).toEqual([]);
  });

  it('writes down who did what', async () => {
    const { items } = (await api('GET', '/v1/projects/default/audit')).body as { items: { action: string; outcome: string }[] };
    const done = items.map(({ action, outcome }) => `${action} ${outcome}`);
    expect(done).toEqual(
      expect.arrayContaining(['clusters.create done', 'clusters.create refused', 'scans.cancel done', 'clusters.delete done']),
    );
  });

  it('stops when it is asked to', async () => {
    expect(await serving.end('SIGTERM')).toBe(0);
    serving = await serve(data);
    expect(serving.log()).toContain('SERVER_LISTENING');
  });
});
