import { failed, type Result, succeed } from '../../../core/failure.ts';
import type { Connection, Environment } from '../connection.ts';
import { credentialsOf } from './credentials.ts';
import { impersonationOf } from './impersonation.ts';
import { locateKubeconfig } from './locate.ts';
import { checkAuthority, readPem } from './pem.ts';
import { type Selected, select } from './select.ts';

export interface LoadOptions {
  /** `--kubeconfig`. */
  readonly kubeconfig?: string | undefined;
  /** `--context`. */
  readonly context?: string | undefined;
  readonly env: Environment;
  readonly home?: string | undefined;
  /** Folder with the pod's ServiceAccount, for a test. */
  readonly serviceAccountFolder?: string | undefined;
}

/** Finds out how to connect, as kubectl on this machine would: everything the user's own kubeconfig may say is honoured. Nothing is sent yet. */
export const loadConnection = async (options: LoadOptions): Promise<Result<Connection>> => {
  const located = await locateKubeconfig({ file: options.kubeconfig, env: options.env, home: options.home });
  if (!located.ok) return located;
  if (located.value === undefined) {
    const { inClusterConnection } = await import('./in-cluster.ts');
    return inClusterConnection(options.env, options.serviceAccountFolder);
  }
  const selected = select(located.value, options.context);
  return selected.ok ? connectionOf(selected.value, options.env) : selected;
};

/** A connection from the selected part of a kubeconfig. What a service must refuse (plugins, files) is to be refused before this. */
export const connectionOf = async (selected: Selected, env: Environment): Promise<Result<Connection>> => {
  const { cluster, clusterName, user, userName } = selected;
  const server = serverOf(selected);
  if (!server.ok) return server;
  const ca = await readPem({
    data: cluster['certificate-authority-data'],
    file: cluster['certificate-authority'],
    field: 'certificate-authority',
    of: `cluster ${clusterName}`,
  });
  if (!ca.ok) return ca;
  const skipVerification = cluster['insecure-skip-tls-verify'] ?? false;
  if (ca.value !== undefined) {
    const checked = checkAuthority(ca.value, `cluster ${clusterName}`);
    if (!checked.ok) return checked;
    if (skipVerification)
      return failed(
        'kubeconfig-invalid',
        `The cluster ${clusterName} has both a certificate-authority and insecure-skip-tls-verify; remove one of them.`,
      );
  }
  const proxy = proxyOf(selected);
  if (!proxy.ok) return proxy;
  const impersonation = impersonationOf(user, userName);
  if (!impersonation.ok) return impersonation;
  const credentials = await credentialsOf(selected, ca.value, env);
  if (!credentials.ok) return credentials;
  if (server.value.protocol === 'http:' && credentials.value.kind !== 'anonymous access' && !isLoopback(server.value.hostname)) {
    return failed(
      'kubeconfig-invalid',
      `The server of cluster ${clusterName} is reached without TLS, so the ${credentials.value.kind} is not sent there; use https://.`,
    );
  }
  return succeed({
    server: server.value,
    clusterName,
    contextName: selected.contextName,
    userName,
    trust: {
      ...(ca.value !== undefined && { ca: ca.value }),
      skipVerification,
      ...(cluster['tls-server-name'] && { serverName: cluster['tls-server-name'] }),
    },
    credentials: credentials.value,
    impersonation: impersonation.value,
    ...(proxy.value && { proxy: proxy.value }),
    env,
  });
};

const isLoopback = (host: string): boolean => host === 'localhost' || host === '[::1]' || host.startsWith('127.');

const serverOf = ({ cluster, clusterName }: Selected): Result<URL> => {
  if (!cluster.server) return failed('kubeconfig-invalid', `The cluster ${clusterName} has no server; add it, e.g. https://10.0.0.1:6443.`);
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(cluster.server) ? cluster.server : `https://${cluster.server}`);
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '' && url.password === ''
    ? succeed(url)
    : failed(
        'kubeconfig-invalid',
        `The server of cluster ${clusterName} is no https:// address without user name; correct it, e.g. https://10.0.0.1:6443.`,
      );
};

const proxyOf = ({ cluster, clusterName }: Selected): Result<URL | undefined> => {
  if (!cluster['proxy-url']) return succeed(undefined);
  const url = URL.parse(cluster['proxy-url']);
  return url !== null && ['http:', 'https:', 'socks5:'].includes(url.protocol)
    ? succeed(url)
    : failed('kubeconfig-invalid', `The proxy-url of cluster ${clusterName} is no http://, https:// or socks5:// address; correct it.`);
};
