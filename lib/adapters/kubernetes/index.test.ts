import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { makePki, type Pki } from '../../../test/support/certificates.ts';
import { answerJson, startServer } from '../../../test/support/https-server.ts';
import { kubeconfigText } from '../../../test/support/kubeconfig.ts';
import { connect } from './index.ts';

let pki: Pki;
let folder = '';
beforeAll(async () => {
  pki = await makePki();
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-connect-'));
});
afterAll(() => rm(folder, { recursive: true }));

const write = async (text: string): Promise<string> => {
  const path = join(folder, 'config');
  await writeFile(path, text);
  return path;
};

it('connects with a kubeconfig, and reads', async () => {
  const server = await startServer((_, response) => answerJson(response, { gitVersion: 'v1.36.3' }), { certificate: pki.server });
  const connected = await connect({ kubeconfig: await write(kubeconfigText(pki, server.url)), env: {}, version: '0.1.0' });
  if (!connected.ok) throw new Error(connected.failure.say);
  const { access, description, close } = connected.value;
  expect(server.received).toEqual([]);
  expect(await access.get('/version', z.object({ gitVersion: z.string() }))).toEqual({ ok: true, value: { gitVersion: 'v1.36.3' } });
  expect(access).toMatchObject({ server: server.url, clusterName: 'lab', usesToken: false, requests: 1 });
  expect(server.received[0]).toMatchObject({ client: 'kubernetes-admin', headers: { 'user-agent': 'gatehouse/0.1.0' } });
  expect(description).toEqual({ server: server.url, clusterName: 'lab', context: 'me@lab', user: 'me', credential: 'client certificate' });
  close();
  await server.close();
});

it('describes a connection without anything secret', async () => {
  const text = kubeconfigText(pki, 'https://10.0.0.1:6443/prefix/', {
    user: { token: 's3cret-token', as: 'jane' },
    cluster: { 'proxy-url': 'http://me:s3cret-password@proxy:3128' },
  });
  const connected = await connect({ kubeconfig: await write(text), env: {} });
  if (!connected.ok) throw new Error(connected.failure.say);
  expect(connected.value.access.usesToken).toBe(true);
  expect(connected.value.description).toEqual({
    server: 'https://10.0.0.1:6443/prefix',
    clusterName: 'lab',
    context: 'me@lab',
    user: 'me',
    credential: 'token',
    impersonates: 'jane',
    proxy: 'http://proxy:3128',
  });
  expect(JSON.stringify(connected.value)).not.toContain('s3cret');
  connected.value.close();
});

it('fails with what the plugin of the user complains about', async () => {
  const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: 'no-such-plugin', interactiveMode: 'Never' };
  expect(
    await connect({ kubeconfig: await write(kubeconfigText(pki, 'https://10.0.0.1:6443', { user: { exec } })), env: {} }),
  ).toMatchObject({
    ok: false,
    failure: { code: 'kubeconfig-invalid', say: expect.stringContaining('no-such-plugin of user me is not installed') },
  });
});

it('fails with what is wrong in the kubeconfig', async () => {
  expect(await connect({ kubeconfig: join(folder, 'nope'), env: {} })).toMatchObject({
    ok: false,
    failure: { code: 'kubeconfig-invalid' },
  });
});
