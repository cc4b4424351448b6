import { clusterSubject, defineCheck, manual } from '../check.ts';
import { few, upTo } from '../shared/words.ts';

/** What brings Secrets in from outside, by the API group it serves. */
const stores: readonly (readonly [name: string, groups: readonly string[]])[] = [
  ['External Secrets Operator', ['external-secrets.io']],
  ['Secrets Store CSI Driver', ['secrets-store.csi.x-k8s.io']],
  ['Vault Secrets Operator', ['secrets.hashicorp.com']],
  ['Bank-Vaults', ['vault.banzaicloud.com']],
  ['1Password Operator', ['onepassword.com']],
  ['Infisical Operator', ['secrets.infisical.com']],
  ['Doppler Operator', ['secrets.doppler.com']],
  ['Azure Key Vault to Kubernetes', ['spv.no']],
];
/** And by the webhook that puts them into pods. */
const injectors: readonly (readonly [name: string, configuration: RegExp])[] = [
  ['Vault Agent Injector', /vault-agent-injector/],
  ['Bank-Vaults', /vault-secrets-webhook/],
  ['Conjur Secrets Injector', /conjur/],
];

export const externalStore = defineCheck({
  id: 'secrets/external-store',
  title: 'Secrets come from an external store',
  severity: 'low',
  reads: ['apiGroups'],
  mayRead: ['admission'],
  why: 'A secret store outside the cluster logs who read what, replaces secrets by itself and keeps them out of etcd and its backups.',
  repair:
    'Consider a store such as Vault or that of your cloud, with the External Secrets Operator or the Secrets Store CSI Driver to bring secrets in.',
  lookAt: 'Look at where the Secrets of the cluster come from, and decide whether an external store is needed for them.',
  evaluate: ({ cluster, apiGroups, admission }) => {
    const served = stores.flatMap(([name, groups]) =>
      groups
        .filter((group) => apiGroups.includes(group))
        .map((group) => ({ name, evidence: { source: '/apis', looked: `API group ${group}`, found: name } })),
    );
    const webhooks = admission.read ? admission.value.webhooks : [];
    const injecting = injectors.flatMap(([name, pattern]) =>
      webhooks
        .filter(({ configuration }) => pattern.test(configuration))
        .map(({ kind, configuration }) => ({ name, evidence: { source: `${kind} ${configuration}`, looked: 'name', found: name } })),
    );
    const found = [...served, ...injecting];
    const names = few([...new Set(found.map(({ name }) => name))]);
    return [
      manual(
        clusterSubject(cluster),
        `${names ? `${names} can bring Secrets in from an external store` : 'Nothing that is known to bring Secrets in from an external store shows in the cluster'}; a person must decide whether that fits.`,
        ...upTo(found.map(({ evidence }) => evidence)),
        ...(found.length === 0 ? [{ source: '/apis', looked: 'API groups of known secret operators', found: 'none' }] : []),
        ...(admission.read ? [] : [{ source: 'webhook configurations', looked: 'known secret injectors', found: admission.reason }]),
      ),
    ];
  },
});
