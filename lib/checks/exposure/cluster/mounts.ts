import type { ServiceAccountFact, WorkloadFact } from '../../../core/facts/index.ts';

/** Whether pods of a workload have a token: the pod's own word wins over the account's, unset means yes, and static pods never have one. */
export const tokenMounts = (accounts: readonly ServiceAccountFact[]): ((workload: WorkloadFact) => boolean) => {
  const word = new Map(accounts.map((account) => [`${account.namespace}/${account.name}`, account.automountServiceAccountToken]));
  return ({ isStatic, automountServiceAccountToken, namespace, serviceAccount }) =>
    !isStatic && (automountServiceAccountToken ?? word.get(`${namespace}/${serviceAccount}`) ?? true);
};
