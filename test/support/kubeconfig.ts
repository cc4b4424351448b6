import type { Pki } from './certificates.ts';

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

/** The text of a kubeconfig (JSON is YAML) with one cluster `lab`, one user `me` and one context. Fields given replace or, when undefined, remove the usual ones. */
export const kubeconfigText = (
  pki: Pki,
  server: string,
  change: { readonly cluster?: object; readonly user?: object; readonly config?: object } = {},
): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'me@lab',
    contexts: [{ name: 'me@lab', context: { cluster: 'lab', user: 'me' } }],
    clusters: [{ name: 'lab', cluster: { server, 'certificate-authority-data': base64(pki.authority.cert), ...change.cluster } }],
    users: [
      {
        name: 'me',
        user: change.user ?? { 'client-certificate-data': base64(pki.client.cert), 'client-key-data': base64(pki.client.key) },
      },
    ],
    ...change.config,
  });

export { base64 };
