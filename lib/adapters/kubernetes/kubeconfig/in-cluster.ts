import { join } from 'node:path';
import { failed, type Result, succeed } from '../../../core/failure.ts';
import type { Connection, Environment } from '../connection.ts';
import { checkAuthority } from './pem.ts';
import { readText } from './read-file.ts';
import { tokenFile } from './token-file.ts';

/** Where Kubernetes mounts a pod's ServiceAccount. */
const mount = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Connects with the ServiceAccount of the pod we run in. `folder` is where it is mounted. */
export const inClusterConnection = async (env: Environment, folder = mount): Promise<Result<Connection>> => {
  const host = env.KUBERNETES_SERVICE_HOST;
  if (!host) {
    return failed('kubeconfig-invalid', 'No kubeconfig was found: name one with --kubeconfig, set KUBECONFIG, or create ~/.kube/config.');
  }
  const credentials = await tokenFile(join(folder, 'token'), 'ServiceAccount token of this pod');
  if (!credentials.ok) return credentials;
  const ca = await readText(join(folder, 'ca.crt'), 'The certificate authority of this pod');
  if (!ca.ok) return ca;
  const authority = checkAuthority(ca.value, 'this pod');
  if (!authority.ok) return authority;
  return succeed({
    server: new URL(`https://${host.includes(':') ? `[${host}]` : host}:${env.KUBERNETES_SERVICE_PORT ?? '443'}`),
    clusterName: 'in-cluster',
    contextName: 'in-cluster',
    userName: 'ServiceAccount of this pod',
    trust: { ca: authority.value, skipVerification: false },
    credentials: credentials.value,
    impersonation: {},
    env,
  });
};
