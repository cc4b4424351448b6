import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import type { ClusterConnector } from '../../lib/ports/cluster-connector.ts';
import { codeOf, must, sayOf } from '../support/answers.ts';
import { makeCertificate, makePki, type Pki } from '../support/certificates.ts';
import { answerJson, type Handler, startServer, type TestServer } from '../support/https-server.ts';
import { base64, kubeconfigText } from '../support/kubeconfig.ts';

export interface ClusterConnectorUnderTest {
  /** Lets clusters be in 10.0.0.0/8 and on 127.0.0.1, and nowhere else. */
  readonly connector: ClusterConnector;
  close?(): Promise<void> | void;
}

const Version = z.object({ gitVersion: z.string() });
const never = new AbortController().signal;
const token = 'sesame-0123456789';

/** What every ClusterConnector holds, over a real API server on loopback. */
export const describeClusterConnector = (name: string, make: () => Promise<ClusterConnectorUnderTest>): void => {
  describe(`cluster connector: ${name}`, () => {
    let under: ClusterConnectorUnderTest;
    let connector: ClusterConnector;
    let pki: Pki;
    beforeAll(async () => {
      under = await make();
      connector = under.connector;
      pki = await makePki();
    });
    afterAll(() => under?.close?.());
    const serve = async (handler: Handler = (_, response) => answerJson(response, { gitVersion: 'v1.36.3' })): Promise<TestServer> => {
      const server = await startServer(handler, { certificate: pki.server });
      onTestFinished(() => server.close());
      return server;
    };
    const connect = async (url: string, signal = never) => {
      const connected = must(await connector.connect(kubeconfigText(pki, url), signal));
      onTestFinished(() => connected.close());
      return connected;
    };

    it('says what a kubeconfig is of, and sends nothing to the cluster', async () => {
      const server = await serve();
      expect(must(await connector.examine(kubeconfigText(pki, server.url)))).toMatchObject({
        server: server.url,
        clusterName: 'lab',
        credential: 'client certificate',
      });
      const until = '2031-05-06T07:08:09.000Z';
      const { cert, key } = await makeCertificate({ name: 'me', by: pki.authority, until });
      const user = { 'client-certificate-data': base64(cert), 'client-key-data': base64(key) };
      expect(must(await connector.examine(kubeconfigText(pki, server.url, { user })))).toMatchObject({ credentialExpires: until });
      expect(must(await connector.examine(kubeconfigText(pki, 'https://10.1.2.3:6443', { user: { token } })))).toEqual({
        server: 'https://10.1.2.3:6443',
        clusterName: 'lab',
        credential: 'token',
      });
      expect(server.connections).toBe(0);
    });

    const refused: readonly (readonly [string, string, Parameters<typeof kubeconfigText>[2]])[] = [
      ['a program', '', { user: { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: 'sh', args: [token] } } }],
      ['an auth-provider', '', { user: { 'auth-provider': { name: 'gcp' } } }],
      ['a token in a file', '', { user: { tokenFile: '/etc/passwd' } }],
      ['a certificate in a file', '', { user: { 'client-certificate': '/etc/passwd', 'client-key': '/etc/passwd' } }],
      ['authorities in a file', '', { cluster: { 'certificate-authority': '/etc/passwd', 'certificate-authority-data': undefined } }],
      ['no verification', '', { cluster: { 'insecure-skip-tls-verify': true, 'certificate-authority-data': undefined } }],
      ['a proxy', '', { cluster: { 'proxy-url': 'http://10.0.0.9:3128' } }],
      ['somebody else to be', '', { user: { token, as: 'admin' } }],
      ['no credential', '', { user: {} }],
      ['plain HTTP', 'http://127.0.0.1:6443', {}],
      ['an address outside', 'https://192.168.1.1:6443', {}],
      ['another loopback address', 'https://127.0.0.2:6443', {}],
      ['the metadata service', 'https://169.254.169.254', {}],
      ['an address that is written in another way', 'https://2130706434:6443', {}],
    ];
    it.each(refused)('refuses %s, before anything is sent, with what to do, and without the credential', async (_, url, change) => {
      const server = await serve();
      const text = kubeconfigText(pki, url || server.url, change);
      for (const answer of [await connector.examine(text), await connector.connect(text, never)]) {
        expect(codeOf(answer)).toBe('kubeconfig-invalid');
        expect(sayOf(answer)).toMatch(/[;,:] .+\.$/);
        expect(sayOf(answer)).not.toContain(token);
      }
      expect(server.connections).toBe(0);
    });

    it.each([
      ['nothing', ''],
      ['no YAML', '{'],
      ['a list', '[]'],
      ['a megabyte', 'x'.repeat(1_048_577)],
    ])('refuses what is no kubeconfig: %s', async (_, text) => {
      expect(codeOf(await connector.examine(text))).toBe('kubeconfig-invalid');
      expect(codeOf(await connector.connect(text, never))).toBe('kubeconfig-invalid');
    });

    it('refuses a credential that has expired', async () => {
      const { cert, key } = await makeCertificate({ name: 'me', by: pki.authority, until: '2020-01-01T00:00:00.000Z' });
      const user = { 'client-certificate-data': base64(cert), 'client-key-data': base64(key) };
      expect(codeOf(await connector.examine(kubeconfigText(pki, 'https://10.0.0.1:6443', { user })))).toBe('credential-refused');
    });

    it('makes ports that send nothing before they are asked, and then what they are asked, with the credential', async () => {
      const server = await serve();
      const { access } = await connect(server.url);
      expect(server.connections).toBe(0);
      expect(must(await access.get('/version', Version))).toEqual({ gitVersion: 'v1.36.3' });
      expect(server.received).toMatchObject([{ method: 'GET', url: '/version', client: 'kubernetes-admin' }]);
    });

    it('makes ports that reach no address outside, whoever asks them to', async () => {
      const server = await serve();
      const { kubelets, tls } = await connect(server.url);
      const node = { node: 'w-1', addresses: ['192.168.1.1'], port: server.port };
      expect(codeOf(await kubelets.get(node, '/configz', z.object({})))).toBe('cluster-untrusted');
      expect(codeOf(await tls.probe({ host: '127.0.0.2', port: server.port }, []))).toBe('cluster-untrusted');
      expect(must(await tls.probe({ host: '127.0.0.1', port: server.port }, []))).toBeDefined();
    });

    it('believes no server with a certificate of somebody else', async () => {
      const stranger = await makePki();
      const server = await startServer((_, response) => answerJson(response, {}), { certificate: stranger.server });
      onTestFinished(() => server.close());
      const { access } = await connect(server.url);
      expect(codeOf(await access.get('/version', Version))).toBe('cluster-untrusted');
      expect(server.received).toEqual([]);
    });

    it('ends every request with its signal', async () => {
      const server = await serve(() => undefined);
      const stop = new AbortController();
      const { access } = await connect(server.url, stop.signal);
      const asked = access.get('/version', Version);
      stop.abort();
      expect(codeOf(await asked)).toBe('cancelled');
    });
  });
};
