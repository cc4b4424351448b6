import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makePki, type Pki } from '../../../test/support/certificates.ts';
import { base64 } from '../../../test/support/kubeconfig.ts';
import { type RemoteService, startRemoteService } from '../../../test/support/remote-service.ts';
import { kubeconfigSecret } from '../../fleet/cluster.ts';

let service: RemoteService;
let pki: Pki;
let folder: string;
beforeAll(async () => {
  service = await startRemoteService();
  pki = await makePki();
  folder = join(service.base, 'kube');
  await mkdir(folder);
  await writeFile(join(folder, 'ca.crt'), pki.authority.cert);
  await writeFile(join(folder, 'me.crt'), pki.client.cert);
  await writeFile(join(folder, 'me.key'), pki.client.key);
  await writeFile(join(folder, 'token'), 'a.token\n');
  const cluster = { server: 'https://10.0.0.1:6443', 'certificate-authority': 'ca.crt' };
  const users = {
    files: { 'client-certificate': 'me.crt', 'client-key': 'me.key' },
    token: { tokenFile: 'token' },
    plugin: { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: 'aws', args: ['eks', 'get-token'] } },
    powerful: { token: 'x', as: 'system:admin' },
  };
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'files',
    clusters: [
      { name: 'lab', cluster },
      { name: 'open', cluster: { server: 'https://10.0.0.2:6443', 'insecure-skip-tls-verify': true } },
    ],
    users: Object.entries(users).map(([name, user]) => ({ name, user })),
    contexts: [
      ...Object.keys(users).map((name) => ({ name, context: { cluster: 'lab', user: name, namespace: 'shop' } })),
      { name: 'open', context: { cluster: 'open', user: 'token' } },
    ],
  };
  await writeFile(join(folder, 'config'), JSON.stringify(config));
});
afterAll(() => service.close());

const add = (name: string, ...more: readonly string[]) =>
  service.cli(['clusters', 'add', name, '--kubeconfig', join(folder, 'config'), ...more]);
const stored = async (name: string) => {
  const { out } = await service.cli(['clusters', 'show', name, '--json']);
  const secret = await service.ports.secrets.get(kubeconfigSecret(JSON.parse(out).id));
  return secret.ok ? JSON.parse(secret.value) : undefined;
};

describe('clusters add', () => {
  it('sends one context and nothing else, with the contents of its files', async () => {
    const ran = await add('by-files', '--time-zone', 'Europe/Zurich', '--tag', 'stage:test');
    expect(ran).toMatchObject({ exit: 0, err: '' });
    expect(ran.out).toMatch(/time zone +Europe\/Zurich/);
    const { clusters, users, contexts } = await stored('by-files');
    expect(clusters).toEqual([
      { name: 'lab', cluster: { server: 'https://10.0.0.1:6443', 'certificate-authority-data': base64(pki.authority.cert) } },
    ]);
    expect(users).toEqual([
      { name: 'files', user: { 'client-certificate-data': base64(pki.client.cert), 'client-key-data': base64(pki.client.key) } },
    ]);
    expect(contexts).toEqual([{ name: 'files', context: { cluster: 'lab', user: 'files' } }]);
  });

  it('takes the token that a file holds', async () => {
    expect((await add('by-token', '--context', 'token')).exit).toBe(0);
    expect((await stored('by-token')).users).toEqual([{ name: 'token', user: { token: 'a.token' } }]);
  });

  it('says how to make an account when the credential comes from a program', async () => {
    const ran = await add('eks', '--context', 'plugin');
    expect(ran).toMatchObject({ exit: 2, out: '' });
    expect(ran.err).toContain('gatehouse permissions | kubectl --context plugin apply -f -');
  });

  it.each([
    ['powerful', 'acts as somebody else'],
    ['open', 'insecure-skip-tls-verify'],
    ['nowhere', 'has no context nowhere; choose one with --context: files'],
  ])('sends nothing of the context %s, which no service takes', async (context, say) => {
    expect(await add('refused', '--context', context)).toMatchObject({ exit: 2, err: expect.stringContaining(say) });
    expect((await service.cli(['clusters', 'list'])).out).not.toContain('refused');
  });

  it('says which file cannot be read', async () => {
    await chmod(join(folder, 'me.key'), 0o600);
    await writeFile(
      join(folder, 'broken'),
      JSON.stringify({
        'current-context': 'a',
        contexts: [{ name: 'a', context: { cluster: 'c', user: 'u' } }],
        clusters: [{ name: 'c', cluster: { server: 'https://x', 'certificate-authority': 'gone.crt' } }],
        users: [{ name: 'u', user: { token: 'x' } }],
      }),
    );
    const ran = await service.cli(['clusters', 'add', 'x', '--kubeconfig', join(folder, 'broken')]);
    expect(ran.err).toMatch(/The certificate-authority of cluster c .*gone\.crt does not exist/);
  });
});

describe('a cluster', () => {
  it('goes by its name, whatever its case, and by its id', async () => {
    const byName = await service.cli(['clusters', 'show', 'BY-FILES', '--json']);
    const { id } = JSON.parse(byName.out);
    expect(JSON.parse((await service.cli(['clusters', 'show', id, '--json'])).out).name).toBe('by-files');
  });

  it('that is not there is told from those that are', async () => {
    const ran = await service.cli(['clusters', 'show', 'by-file']);
    expect(ran).toMatchObject({ exit: 2, err: 'gatehouse: There is no cluster "by-file"; there is "by-files", "by-token".\n' });
    expect((await service.cli(['clusters', 'list', '--project', 'shop'])).err).toContain('There is no project "shop"; there is "');
  });

  it('is changed, and removed when it is named twice', async () => {
    expect(await service.cli(['clusters', 'update', 'by-token', '--name', 'second', '--description', 'x'])).toMatchObject({ exit: 0 });
    expect(await service.cli(['clusters', 'remove', 'second', '--yes-remove', 'by-files'])).toMatchObject({
      exit: 2,
      err: expect.stringContaining('--yes-remove second'),
    });
    expect(await service.cli(['clusters', 'remove', 'second', '--yes-remove', 'second'])).toMatchObject({
      exit: 0,
      out: 'The cluster second is removed; its evidence stays.\n',
    });
    expect((await service.cli(['clusters', 'list'])).out).not.toContain('second');
    // its history is still found by its name
    expect(await service.cli(['scans', 'list', 'second'])).toMatchObject({ exit: 0, out: 'There are no such scans of this cluster.\n' });
  });

  it('has schedules, with times of this zone', async () => {
    const set = await service.cli(['schedules', 'set', 'by-files', 'configuration', '--cron', '30 2 1 * *', '--jitter', '30']);
    expect(set).toMatchObject({ exit: 0, err: '' });
    expect((await service.cli(['schedules', 'list', 'by-files'])).out).toMatch(
      /configuration +30 2 1 \* \* +Europe\/Zurich +no +\d{4}-\d\d-01 0[23]:\d\d/,
    );
    const preview = await service.cli(['schedules', 'preview', 'by-files', 'configuration', '--preset', 'weekly', '--json']);
    expect(JSON.parse(preview.out).slots).toHaveLength(5);
    expect(await service.cli(['schedules', 'set', 'by-files', 'configuration', '--cron', 'x'])).toMatchObject({ exit: 2, out: '' });
    expect((await service.cli(['schedules', 'remove', 'by-files', 'configuration'])).exit).toBe(0);
    expect((await service.cli(['schedules', 'list', 'by-files'])).out).toBe('There are no schedules for this cluster.\n');
  });
});

describe('people', () => {
  it('are named with roles and put into teams, all by name', async () => {
    const { cli } = service;
    expect((await cli(['projects', 'create', 'Shop', '--reports-days', '500'])).exit).toBe(0);
    expect(JSON.parse((await cli(['projects', 'show', 'shop', '--json'])).out).retention).toEqual({ runsDays: 500, reportsDays: 500 });
    expect((await cli(['projects', 'update', 'shop', '--runs-days', '30'])).out).toMatch(/retention · reports days +500/);
    expect((await cli(['users', 'create', 'Ada', '--issuer', 'https://id.example.com', '--subject', '12'])).exit).toBe(0);
    const made = await cli([
      'teams',
      'create',
      'platform',
      '--member',
      'ada',
      '--project-role',
      'shop=project-admin,cluster-viewer',
      '--json',
    ]);
    expect(made).toMatchObject({ exit: 0, err: '' });
    const team = JSON.parse(made.out);
    expect(team.members).toHaveLength(1);
    expect(team.assignments.projects).toEqual([{ projectId: expect.stringMatching(/^prj-/), roles: ['project-admin', 'cluster-viewer'] }]);
    const emptied = await cli(['teams', 'update', 'platform', '--no-members', '--no-roles', '--json']);
    expect(JSON.parse(emptied.out)).toMatchObject({ members: [], assignments: { tenantRoles: [], projects: [] } });
    expect(await cli(['users', 'update', 'ada', '--project-role', 'shop'])).toMatchObject({
      exit: 2,
      err: expect.stringContaining('--project-role PROJECT=ROLE'),
    });
    expect((await cli(['users', 'delete', 'ada'])).exit).toBe(0);
  });

  it('make tokens that are shown once, use them, and revoke them', async () => {
    expect(await service.cli(['tokens', 'create', 'all'])).toMatchObject({ exit: 2, err: expect.stringContaining('--role') });
    const made = await service.cli(['tokens', 'create', 'nightly', '--role', 'tenant-admin', '--json']);
    const { token } = JSON.parse(made.out);
    const asToken = { env: { ...service.env, GATEHOUSE_TOKEN: token } };
    expect((await service.cli(['whoami'], asToken)).out).toContain('nightly');
    expect((await service.cli(['tokens', 'revoke', 'nightly'])).exit).toBe(0);
    expect(await service.cli(['whoami'], asToken)).toMatchObject({ exit: 2, err: expect.stringContaining('was revoked') });
    expect((await service.cli(['audit', 'list', '--action', 'tokens.revoke'])).out).toContain('done');
  });

  it('read long lists page by page', async () => {
    const first = await service.cli(['roles', 'list', '--limit', '2']);
    const cursor = /--cursor (\S+)/.exec(first.err)?.[1] ?? '';
    const second = await service.cli(['roles', 'list', '--limit', '2', '--cursor', cursor, '--json']);
    const all = await service.cli(['roles', 'list', '--all', '--json']);
    expect(JSON.parse(second.out).items).toEqual(JSON.parse(all.out).items.slice(2, 4));
  });
});
