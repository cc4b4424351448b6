import { locateKubeconfig } from '../../adapters/kubernetes/kubeconfig/locate.ts';
import { readPem } from '../../adapters/kubernetes/kubeconfig/pem.ts';
import { readText } from '../../adapters/kubernetes/kubeconfig/read-file.ts';
import { type Selected, select } from '../../adapters/kubernetes/kubeconfig/select.ts';
import { readUntrusted } from '../../adapters/kubernetes/untrusted/read.ts';
import { checkRules } from '../../adapters/kubernetes/untrusted/rules.ts';
import { failed, type Result, succeed } from '../../core/failure.ts';
import type { Terminal } from '../terminal.ts';

export interface KubeconfigFlags {
  readonly kubeconfig?: string;
  readonly context?: string;
}

/** A program on this machine is of no use to a service: it needs a credential of its own. */
const noPlugin = (userName: string, contextName: string) =>
  failed(
    'kubeconfig-invalid',
    [
      `The user ${userName} gets its credential from a program on this machine, which a service cannot run. Make a ServiceAccount for it, with what a scan needs and nothing more:`,
      `  gatehouse permissions | kubectl --context ${contextName} apply -f -`,
      'then a token for it, put both into a kubeconfig, and name that with --kubeconfig.',
    ].join('\n'),
  );

const inBase64 = async (
  data: string | null | undefined,
  file: string | null | undefined,
  field: string,
  of: string,
): Promise<Result<string | undefined>> => {
  const pem = await readPem({ data, file, field, of });
  return pem.ok && pem.value !== undefined ? succeed(Buffer.from(pem.value, 'utf8').toString('base64')) : pem;
};

/** Cluster and user with the contents of their files instead of the names of the files. */
const inlined = async ({ cluster, clusterName, user, userName }: Selected): Promise<Result<{ cluster: object; user: object }>> => {
  const { 'certificate-authority': caFile, 'certificate-authority-data': caData, extensions: _, ...otherCluster } = cluster;
  const {
    'client-certificate': certFile,
    'client-certificate-data': certData,
    'client-key': keyFile,
    'client-key-data': keyData,
    tokenFile,
    ...otherUser
  } = user;
  const ca = await inBase64(caData, caFile, 'certificate-authority', `cluster ${clusterName}`);
  if (!ca.ok) return ca;
  const cert = await inBase64(certData, certFile, 'client-certificate', `user ${userName}`);
  if (!cert.ok) return cert;
  const key = await inBase64(keyData, keyFile, 'client-key', `user ${userName}`);
  if (!key.ok) return key;
  const token = tokenFile ? await readText(tokenFile, 'The token file') : succeed(user.token ?? undefined);
  if (!token.ok) return token;
  return succeed({
    cluster: { ...otherCluster, 'certificate-authority-data': ca.value },
    user: { ...otherUser, 'client-certificate-data': cert.value, 'client-key-data': key.value, token: token.value?.trim() },
  });
};

/** What JSON keeps: no empty fields. */
const withoutEmpty = (fields: object): object =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null));

/**
 * One context of the user's own kubeconfig, as a service takes it: nothing but this cluster and this user, with everything inline. What a service refuses is refused here,
 * before the credential leaves this machine.
 */
export const kubeconfigFor = async ({ kubeconfig, context }: KubeconfigFlags, { env }: Terminal): Promise<Result<string>> => {
  const located = await locateKubeconfig({ file: kubeconfig, env });
  if (!located.ok) return located;
  if (!located.value)
    return failed('kubeconfig-invalid', 'No kubeconfig was found: name one with --kubeconfig, set KUBECONFIG, or create ~/.kube/config.');
  const selected = select(located.value, context);
  if (!selected.ok) return selected;
  const { contextName, clusterName, userName, user } = selected.value;
  if (user.exec || user['auth-provider']) return noPlugin(userName, contextName);
  const parts = await inlined(selected.value);
  if (!parts.ok) return parts;
  const text = JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': contextName,
    contexts: [{ name: contextName, context: { cluster: clusterName, user: userName } }],
    clusters: [{ name: clusterName, cluster: withoutEmpty(parts.value.cluster) }],
    users: [{ name: userName, user: withoutEmpty(parts.value.user) }],
  });
  const read = readUntrusted(text);
  if (!read.ok) return read;
  const checked = checkRules(read.value);
  return checked.ok ? succeed(text) : checked;
};
