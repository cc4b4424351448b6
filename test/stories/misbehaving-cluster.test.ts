import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Report } from '../../lib/reports/report.ts';
import { answerJson, type Received, startServer, type TestServer } from '../support/https-server.ts';
import { runCli } from '../support/run-cli.ts';

let folder: string;
let server: TestServer | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-misbehaving-'));
});
afterEach(async () => {
  await server?.close();
  server = undefined;
  await rm(folder, { recursive: true, force: true });
});

type Reply = (request: Received, response: ServerResponse) => void;
const json =
  (body: unknown, status = 200): Reply =>
  (_request, response) =>
    answerJson(response, body, status);
const text =
  (body: string): Reply =>
  (_request, response) =>
    void response.end(body);
const forbidden = json({ kind: 'Status', message: 'pods is forbidden: User "u" cannot list resource "pods"' }, 403);
const empty = json({ metadata: {}, items: [] });

/** A kubeconfig for an API server that names itself, and answers everything else as told. */
const clusterThat = async (reply: Reply, version = 'v1.35.4'): Promise<string> => {
  server = await startServer((request, response) => {
    const [path] = request.url.split('?');
    if (path === '/version') return json({ gitVersion: version })(request, response);
    if (path === '/api/v1/namespaces/kube-system') return json({ metadata: { uid: 'an-id' } })(request, response);
    if (path?.endsWith('/selfsubjectreviews')) return json({ status: { userInfo: { username: 'u' } } }, 201)(request, response);
    return reply(request, response);
  });
  const kubeconfig = join(folder, 'kubeconfig');
  const parts = {
    clusters: [{ name: 'fake', cluster: { server: server.url } }],
    users: [{ name: 'u', user: {} }],
    contexts: [{ name: 'c', context: { cluster: 'fake', user: 'u' } }],
  };
  await writeFile(kubeconfig, JSON.stringify({ apiVersion: 'v1', kind: 'Config', ...parts, 'current-context': 'c' }));
  return kubeconfig;
};

const scan = (kubeconfig: string, ...more: readonly string[]) =>
  runCli(['scan', '--kubeconfig', kubeconfig, '--out', join(folder, 'out'), '--request-timeout', '2', ...more]);

describe('a cluster of which nothing can be seen', () => {
  it.each([
    ['all rights are missing', forbidden, /These rights are missing: list nodes, .*and \d+ more\. `gatehouse doctor` says/],
    ['it answers something else', text('<html>Please log in</html>'), /is not JSON; check that no proxy or login page stands in/],
    ['lists have another shape', json({ items: 'many' }), /is not shaped as expected at items/],
    ['the credential is refused half-way', json({ kind: 'Status' }, 401), /refused the anonymous access; log in again/],
  ])('leaves no report when %s', async (_what, reply, expected) => {
    const { exit, out, err } = await scan(await clusterThat(reply), '--quiet');
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(err).toMatch(/^gatehouse: Nothing could be looked at, so there is no report\. /);
    expect(err).toMatch(expected);
    expect(await readdir(folder)).toEqual(['kubeconfig']);
  });

  it('leaves the previous report where it is', async () => {
    const kubeconfig = await clusterThat(empty);
    await scan(kubeconfig, '--format', 'json');
    const before = await readFile(join(folder, 'out/report.json'), 'utf8');
    await server?.close();
    const { exit } = await scan(await clusterThat(forbidden), '--format', 'json');
    expect(exit).toBe(2);
    expect(await readdir(join(folder, 'out'))).toEqual(['report.json']);
    expect(await readFile(join(folder, 'out/report.json'), 'utf8')).toBe(before);
  });
});

describe('a cluster of which something can be seen', () => {
  it('is scanned all the same, and every missing right is named once on page one', async () => {
    const partly: Reply = (request, response) => (request.url.includes('rbac.authorization') ? forbidden : empty)(request, response);
    const { exit, err } = await scan(await clusterThat(partly), '--format', 'json', '--min-coverage', '0');
    expect(err).not.toContain('gatehouse:');
    expect(exit).toBe(0);
    const report = Report.parse(JSON.parse(await readFile(join(folder, 'out/report.json'), 'utf8')));
    const about = report.coverage.statements.filter((statement) => statement.includes('rights are missing'));
    expect(about).toHaveLength(1);
    expect(about[0]).toContain('list clusterroles.rbac.authorization.k8s.io');
    const control = report.controls.find(({ id }) => id === '5.1.1');
    expect(control?.outcome).toBe('unknown');
    expect(report.findings.find(({ check }) => check === 'rbac/cluster-admin')?.message).toContain(
      'list clusterrolebindings.rbac.authorization.k8s.io',
    );
  });

  it('ends with 2 when too little was decided, quiet or not', async () => {
    const { exit, out, err } = await scan(await clusterThat(empty), '--quiet', '--format', 'json');
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(err).toMatch(/^gatehouse: Only \d+ of 131 controls .* --min-coverage asks for 50 %/);
  });

  it.each(['v1.99.0', 'v1.36.1+vmware.2-vkr.1'])(
    'is judged by the newest benchmark when it runs %s, and the report says so',
    async (version) => {
      await scan(await clusterThat(empty, version), '--format', 'json');
      const { scan: run, coverage } = Report.parse(JSON.parse(await readFile(join(folder, 'out/report.json'), 'utf8')));
      expect(run.benchmark).toMatchObject({ version: '2.0.1', inRange: false });
      expect(coverage.statements[0]).toContain(`this cluster runs ${version}`);
    },
  );

  it.each([
    ['v1.19.16', /runs Kubernetes v1\.19\.16, and no benchmark here is made for versions before 1\.25/],
    ['banana', /calls its version "banana", which is no Kubernetes version/],
  ])('is not scanned when it runs %s', async (version, expected) => {
    const { exit, err } = await scan(await clusterThat(empty, version));
    expect(exit).toBe(2);
    expect(err).toMatch(expected);
    expect(await readdir(folder)).toEqual(['kubeconfig']);
  });

  it('writes nothing when the scan is interrupted', async () => {
    const controller = new AbortController();
    const interrupted: Reply = (request, response) => {
      controller.abort();
      empty(request, response);
    };
    const kubeconfig = await clusterThat(interrupted);
    const { exit, err } = await runCli(['scan', '--kubeconfig', kubeconfig, '--out', join(folder, 'out')], { signal: controller.signal });
    expect(exit).toBe(130);
    expect(err).toMatch(/was cancelled; no report was written\.\n$/);
    expect(await readdir(folder)).toEqual(['kubeconfig']);
  });
});
