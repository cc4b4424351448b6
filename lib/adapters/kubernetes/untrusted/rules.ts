import { failed, type Result, succeed } from '../../../core/failure.ts';
import type { Selected } from '../kubeconfig/select.ts';
import { minify } from './read.ts';
import type { UntrustedCluster, UntrustedKubeconfig, UntrustedUser } from './schema.ts';

interface Parts {
  readonly cluster: UntrustedCluster;
  readonly user: UntrustedUser;
}
/** Something that a stored kubeconfig must not say, and the rest of the sentence that begins with the cluster or the user. */
interface Rule<T> {
  readonly applies: (part: T) => boolean;
  readonly say: string;
}

const instead = 'store a kubeconfig with an inline token or client certificate';
const noFile = (field: string, inline: string) =>
  `names the file ${field}, and files are never read for it here; store the text itself as ${inline}.`;

const clusterRules: readonly Rule<UntrustedCluster>[] = [
  { applies: (cluster) => /^\s*http:/i.test(cluster.server ?? ''), say: 'is reached without TLS (http:); use https://.' },
  {
    applies: (cluster) => Boolean(cluster['certificate-authority']),
    say: noFile('certificate-authority', 'certificate-authority-data'),
  },
  {
    applies: (cluster) => Boolean(cluster['insecure-skip-tls-verify']),
    say: 'sets insecure-skip-tls-verify, and without verification anybody could answer for it; store its certificate-authority-data instead.',
  },
  {
    applies: (cluster) => Boolean(cluster['proxy-url']),
    say: 'sets proxy-url, and a proxy could lead anywhere; store an address that is reached without one.',
  },
  {
    applies: (cluster) => !cluster['certificate-authority-data'],
    say: 'has no certificate-authority-data; add it, so that only this cluster can answer.',
  },
];

const hasCertificate = (user: UntrustedUser): boolean => Boolean(user['client-certificate-data']) || Boolean(user['client-key-data']);

const userRules: readonly Rule<UntrustedUser>[] = [
  {
    applies: ({ exec }) => exec !== undefined && exec !== null,
    say: `gets its credential from a program (exec), which is never run here; ${instead}.`,
  },
  {
    applies: (user) => user['auth-provider'] !== undefined && user['auth-provider'] !== null,
    say: `gets its credential from an auth-provider, which is never asked here; ${instead}.`,
  },
  { applies: (user) => Boolean(user['client-certificate']), say: noFile('client-certificate', 'client-certificate-data') },
  { applies: (user) => Boolean(user['client-key']), say: noFile('client-key', 'client-key-data') },
  { applies: ({ tokenFile }) => Boolean(tokenFile), say: noFile('tokenFile', 'token') },
  {
    applies: ({ username, password }) => Boolean(username) || Boolean(password),
    say: `has a user name or password, which Kubernetes has not known since 1.19; ${instead}.`,
  },
  {
    // Who may act as others may do far more than a scan needs, and reports would name somebody else than the holder of the credential.
    applies: (user) => Boolean(user.as) || Boolean(user['as-uid']) || Boolean(user['as-groups']?.length) || Boolean(user['as-user-extra']),
    say: 'acts as somebody else (as, as-uid, as-groups, as-user-extra); store the credential of the account that scans.',
  },
  {
    applies: (user) => Boolean(user.token) && hasCertificate(user),
    say: 'has both a token and a client certificate; keep one of them.',
  },
  { applies: (user) => !user.token && !hasCertificate(user), say: `has no credential; ${instead}.` },
];

const invalid = (say: string) => failed('kubeconfig-invalid', say);

/** The one cluster and user of somebody else's kubeconfig, if it says nothing that is refused. */
export const checkRules = (config: UntrustedKubeconfig): Result<Selected> => {
  const { clusters, users, contexts } = config;
  const [cluster, user, context] = [clusters?.[0], users?.[0], contexts?.[0]];
  if (!cluster || !user || !context) return invalid(`The kubeconfig lacks a cluster, a user or a context; store what ${minify} prints.`);
  // Others would be stored for nothing, credentials and all.
  if ([clusters, users, contexts].some((list) => (list?.length ?? 0) > 1))
    return invalid(
      `The kubeconfig holds more than one cluster, user or context; store what ${minify} prints, which is the current one alone.`,
    );
  const current = config['current-context'] || context.name;
  if (current !== context.name || context.context?.cluster !== cluster.name || context.context.user !== user.name)
    return invalid(`The current-context, context, cluster and user of the kubeconfig do not belong together; store what ${minify} prints.`);
  const parts: Parts = { cluster: cluster.cluster ?? {}, user: user.user ?? {} };
  const broken =
    sentence(clusterRules, parts.cluster, `The cluster ${cluster.name}`) ?? sentence(userRules, parts.user, `The user ${user.name}`);
  if (broken !== undefined) return invalid(broken);
  const { exec: _, 'auth-provider': __, extensions: ___, ...plainUser } = parts.user;
  const { extensions: ____, ...plainCluster } = parts.cluster;
  return succeed({ contextName: context.name, clusterName: cluster.name, cluster: plainCluster, userName: user.name, user: plainUser });
};

const sentence = <T>(rules: readonly Rule<T>[], part: T, who: string): string | undefined => {
  const rule = rules.find(({ applies }) => applies(part));
  return rule && `${who} ${rule.say}`;
};
