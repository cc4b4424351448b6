import { failed, type Result, succeed } from '../../../core/failure.ts';
import type { Located } from './locate.ts';
import type { KubeconfigCluster, KubeconfigUser } from './schema.ts';

/** The part of a kubeconfig that one context points to. */
export interface Selected {
  readonly contextName: string;
  readonly clusterName: string;
  readonly cluster: KubeconfigCluster;
  readonly userName: string;
  readonly user: KubeconfigUser;
}

/** Follows a context (the current one unless another is named) to its cluster and user. */
export const select = ({ config, files }: Located, wanted: string | undefined): Result<Selected> => {
  const where = files.join(', ');
  const contexts = config.contexts ?? [];
  const contextName = wanted || config['current-context'] || undefined;
  if (contextName === undefined)
    return failed('kubeconfig-invalid', `The kubeconfig ${where} has no current-context; ${choose(contexts)}.`);
  const found = contexts.find(({ name }) => name === contextName);
  if (!found) return failed('kubeconfig-invalid', `The kubeconfig ${where} has no context ${contextName}; ${choose(contexts)}.`);
  const clusterName = found.context?.cluster ?? '';
  const cluster = config.clusters?.find(({ name }) => name === clusterName)?.cluster;
  if (!cluster) return failed('kubeconfig-invalid', `The context ${contextName} in ${where} points to ${missing('cluster', clusterName)}.`);
  const userName = found.context?.user ?? '';
  const entry = config.users?.find(({ name }) => name === userName);
  if (!entry && userName !== '')
    return failed('kubeconfig-invalid', `The context ${contextName} in ${where} points to ${missing('user', userName)}.`);
  return succeed({ contextName, clusterName, cluster, userName, user: entry?.user ?? {} });
};

const missing = (kind: string, name: string): string =>
  name === ''
    ? `no ${kind}; set one with "kubectl config set-context"`
    : `the ${kind} ${name}, which is not there; add it or choose another context`;

const choose = (contexts: readonly { readonly name: string }[]): string => {
  if (contexts.length === 0) return 'there are no contexts in it at all, so name another with --kubeconfig';
  const names = contexts.map(({ name }) => name).toSorted();
  const shown = names.slice(0, 20).join(', ');
  return `choose one with --context: ${shown}${names.length > 20 ? ` and ${names.length - 20} more` : ''}`;
};
