import { z } from 'zod';
import { failed, type Result, succeed } from '../../core/failure.ts';
import type { ClusterAccess } from '../../ports/cluster-access.ts';

/** The ServiceAccount whose token may be shown to a kubelet, because it can read `nodes/configz` and nothing else. */
export interface KubeletReader {
  readonly namespace: string;
  readonly name: string;
}

/** As `gatehouse permissions` prints it. */
export const defaultKubeletReader: KubeletReader = { namespace: 'gatehouse', name: 'gatehouse-kubelet-reader' };

/** The shortest life the API server grants, in seconds. */
const lifetime = 600;

const TokenRequest = z.object({ status: z.object({ token: z.string().min(1), expirationTimestamp: z.string() }) });

/** Gives a short-lived token of the reader; asked for once, and again when it is about to expire. */
export const kubeletTokens = (access: ClusterAccess, reader: KubeletReader): (() => Promise<Result<string>>) => {
  let asked: { readonly token: Promise<Result<string>>; readonly until: number } | undefined;
  const ask = async (): Promise<Result<string>> => {
    const path = `/api/v1/namespaces/${encodeURIComponent(reader.namespace)}/serviceaccounts/${encodeURIComponent(reader.name)}/token`;
    const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { expirationSeconds: lifetime } };
    const made = await access.create(path, body, TokenRequest);
    if (made.ok) return succeed(made.value.status.token);
    const account = `${reader.namespace}/${reader.name}`;
    if (made.failure.code === 'not-found') {
      return failed(
        'permission-missing',
        `The kubelets cannot be asked because there is no ServiceAccount ${account} whose token could be shown to them; "gatehouse permissions" prints it.`,
        'create serviceaccounts/token',
      );
    }
    if (made.failure.code === 'permission-missing') {
      return failed(
        'permission-missing',
        `The kubelets cannot be asked because the user may not create a token of ServiceAccount ${account}; "gatehouse permissions" prints the right that is missing.`,
        'create serviceaccounts/token',
      );
    }
    return made;
  };
  return () => {
    const now = performance.now();
    if (!asked || asked.until < now) asked = { token: ask(), until: now + (lifetime - 60) * 1_000 };
    return asked.token;
  };
};
