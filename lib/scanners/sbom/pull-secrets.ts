import { rightText } from '../../core/need.ts';
import type { ClusterAccess } from '../../ports/cluster-access.ts';
import type { PullHint } from './gather.ts';
import { PullAccount, PullSecret } from './schema.ts';

/** Reads pull secrets, each once. Their contents stay in memory, and go to the registry's client alone. */
export interface PullSecrets {
  /** The credentials that these pods would pull with: their own first, then those of their ServiceAccounts. */
  credentialsFor(hints: readonly PullHint[]): Promise<readonly string[]>;
  /** What could not be read, as sentences. */
  troubles(): readonly string[];
}

/** Without the option nothing is read, and images are pulled with the auth file alone. */
export const noPullSecrets: PullSecrets = { credentialsFor: async () => [], troubles: () => [] };

const textOf = (base64: string): string => Buffer.from(base64, 'base64').toString('utf8');

const once = <T>(work: (key: string) => Promise<T>): ((key: string) => Promise<T>) => {
  const begun = new Map<string, Promise<T>>();
  return (key) => {
    const known = begun.get(key) ?? work(key);
    begun.set(key, known);
    return known;
  };
};

export const readPullSecrets = (access: ClusterAccess): PullSecrets => {
  const troubles = new Set<string>();

  const get = once(async (key: string): Promise<readonly string[]> => {
    const [namespace = '', name = ''] = key.split('/');
    const answer = await access.get(`/api/v1/namespaces/${namespace}/secrets/${name}`, PullSecret);
    if (answer.ok) {
      const { '.dockerconfigjson': config, '.dockercfg': old } = answer.value.data ?? {};
      return [config, old].flatMap((one) => (one ? [textOf(one)] : []));
    }
    // a pod may name a Secret that is not there
    if (answer.failure.code === 'permission-missing')
      troubles.add(
        `Pull secrets were not read: the right to ${rightText({ apiGroup: '', resource: 'secrets', verb: 'get', namespace })} is missing.`,
      );
    else if (answer.failure.code !== 'not-found') troubles.add(`A pull secret was not read: ${answer.failure.say}`);
    return [];
  });

  const ofAccount = once(async (key: string): Promise<readonly string[]> => {
    const [namespace = '', name = ''] = key.split('/');
    const answer = await access.get(`/api/v1/namespaces/${namespace}/serviceaccounts/${name}`, PullAccount);
    if (answer.ok) return (answer.value.imagePullSecrets ?? []).flatMap((one) => one.name || []);
    if (answer.failure.code === 'permission-missing')
      troubles.add(
        `Pull secrets of ServiceAccounts were not read: the right to ${rightText({ apiGroup: '', resource: 'serviceaccounts', verb: 'get', namespace })} is missing.`,
      );
    return [];
  });

  return {
    async credentialsFor(hints) {
      const own = hints.flatMap(({ namespace, secrets }) => secrets.map((name) => `${namespace}/${name}`));
      const ofAccounts = await Promise.all(
        [...new Set(hints.map(({ namespace, serviceAccount }) => `${namespace}/${serviceAccount}`))].map(async (key) =>
          (await ofAccount(key)).map((name) => `${key.split('/')[0] ?? ''}/${name}`),
        ),
      );
      const all = [...new Set([...own, ...ofAccounts.flat()])];
      return [...new Set((await Promise.all(all.map(get))).flat())];
    },
    troubles: () => [...troubles],
  };
};
