import type { AdmissionFact, AdmissionRuleFact, NamespaceFact, Slice } from '../../core/facts/index.ts';
import type { Evidence } from '../../core/finding.ts';
import { selects } from '../../core/label-selector.ts';
import { settingsOf } from './flags.ts';
import { type ControlPlane, readableInstances } from './instances.ts';
import { few } from './words.ts';

/** Levels of the Pod Security Standards, from lax to strict. */
const levels = ['privileged', 'baseline', 'restricted'] as const;
export type Level = (typeof levels)[number];
const isLevel = (text: string | undefined): text is Level => levels.some((level) => level === text);
export const isAtLeastLevel = (level: Level, wanted: Level): boolean => levels.indexOf(level) >= levels.indexOf(wanted);

const prefix = 'pod-security.kubernetes.io/';

/** Whether one of the rules asks about pods that are being created. */
export const seesPods = (rules: readonly AdmissionRuleFact[]): boolean =>
  rules.some(
    ({ apiGroups, resources, operations }) =>
      apiGroups.some((group) => group === '' || group === '*') &&
      operations.some((operation) => operation === 'CREATE' || operation === '*') &&
      resources.some((resource) => ['pods', 'pods/*', '*', '*/*'].includes(resource)),
  );

/** What the API servers say of a list flag, one by one with the evidence, or why none could be asked. */
export const apiServerFlag = (
  seen: ControlPlane,
  flag: string,
): Slice<readonly { readonly values: readonly string[]; readonly evidence: readonly Evidence[] }[]> => {
  const servers = readableInstances('kube-apiserver', seen);
  if (servers.length === 0)
    return { read: false, reason: seen.components.read ? 'No mirror pod of kube-apiserver shows its flags.' : seen.components.reason };
  return {
    read: true,
    value: servers.map((server) => {
      const settings = settingsOf(server);
      return { values: settings.list(flag), evidence: settings.evidence };
    }),
  };
};

/** Ends a repair by a label: what keeps pods out also keeps those out that run now and are started again one day. */
export const tryFirst = 'Before labelling, `kubectl label --dry-run=server --overwrite` names the pods that run now and would be kept out.';

export type PodAdmissionSlices = ControlPlane & { readonly admission: Slice<AdmissionFact> };

/** What stands between a pod and one namespace. */
export interface PodAdmission {
  /** The Pod Security level that is surely enforced. */
  readonly level: Level;
  /** Minor version of the standards that the namespace pins; the newest when absent. */
  readonly pinnedMinor?: number;
  /** Admission policies of the API server, with a binding that denies, that look at pods here. */
  readonly policies: readonly string[];
  /** Webhooks that are asked about pods here: policy engines, perhaps. */
  readonly webhooks: readonly string[];
  /** Where else a level may come from that could not be seen, as the rest of a sentence. */
  readonly doubt?: { readonly outcome: 'manual' | 'unknown'; readonly because: string };
  readonly evidence: readonly Evidence[];
}

/** What the admission configuration file of the API server may say of namespaces without a label. */
const defaultsOf = (slices: PodAdmissionSlices): Pick<PodAdmission, 'doubt' | 'evidence'> => {
  const file = apiServerFlag(slices, 'admission-control-config-file');
  if (!file.read) return { doubt: { outcome: 'unknown', because: file.reason }, evidence: [] };
  const evidence = file.value.flatMap((server) => server.evidence);
  const names = [...new Set(file.value.flatMap(({ values }) => values))];
  if (names.length === 0) return { evidence };
  return {
    doubt: { outcome: 'manual', because: `the defaults in ${few(names)} of the API server may, which a person must look at` },
    evidence,
  };
};

/** Everything that may keep a pod out of a namespace. Only the `enforce` label counts: `audit` and `warn` let pods in, and a value that is no level is nothing to rely on. */
export const admissionOf = ({ name, labels }: NamespaceFact, slices: PodAdmissionSlices): PodAdmission => {
  const source = `Namespace ${name}`;
  const enforce = labels[`${prefix}enforce`];
  const pinned = labels[`${prefix}enforce-version`];
  const off = apiServerFlag(slices, 'disable-admission-plugins');
  const offAt = off.read ? off.value.filter(({ values }) => values.includes('PodSecurity')) : [];
  const here = slices.admission.read ? slices.admission.value : { webhooks: [], policies: [] };
  const webhooks = here.webhooks.filter(
    ({ kind, rules, namespaceSelector }) =>
      kind === 'ValidatingWebhookConfiguration' && seesPods(rules) && selects(namespaceSelector, labels),
  );
  const policies = here.policies.filter(
    ({ rules, namespaceSelector, denyBindings }) =>
      seesPods(rules) && selects(namespaceSelector, labels) && denyBindings.some((binding) => selects(binding.namespaceSelector, labels)),
  );
  // a label overrides the defaults, and a plugin that is off has none
  const defaults = enforce === undefined && offAt.length === 0 ? defaultsOf(slices) : { evidence: [] };
  const doubt = slices.admission.read ? defaults.doubt : ({ outcome: 'unknown', because: slices.admission.reason } as const);
  const minor = /^v1\.(\d+)$/.exec(pinned ?? '')?.[1];
  return {
    level: offAt.length === 0 && isLevel(enforce) ? enforce : 'privileged',
    ...(minor === undefined ? {} : { pinnedMinor: Number(minor) }),
    policies: policies.map((policy) => `ValidatingAdmissionPolicy ${policy.name}`),
    webhooks: webhooks.map((webhook) => `webhook ${webhook.name}`),
    ...(doubt ? { doubt } : {}),
    evidence: [
      {
        source,
        looked: `label ${prefix}enforce`,
        found:
          enforce === undefined
            ? 'not set'
            : `${enforce}${isLevel(enforce) ? '' : ', which is no level'}${pinned ? `, version ${pinned}` : ''}`,
      },
      ...['audit', 'warn'].flatMap((mode) => {
        const found = labels[`${prefix}${mode}`];
        return found === undefined ? [] : [{ source, looked: `label ${prefix}${mode}`, found: `${found}, which lets pods in` }];
      }),
      ...offAt.flatMap(({ evidence }) => evidence),
      ...defaults.evidence,
      ...webhooks.map((webhook) => ({
        source: `${webhook.kind} ${webhook.configuration}`,
        looked: `webhook ${webhook.name} for pods of ${name}`,
        found: `asks ${webhook.target}, failurePolicy ${webhook.failurePolicy}`,
      })),
      ...policies.map((policy) => ({
        source: `ValidatingAdmissionPolicy ${policy.name}`,
        looked: `pods of ${name}`,
        found: `denies by ${few(policy.denyBindings.map((binding) => binding.name))}, failurePolicy ${policy.failurePolicy}`,
      })),
    ],
  };
};
