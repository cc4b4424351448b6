import type { ClusterIdentity, KubeletFact } from '../../core/facts/index.ts';
import type { Evidence, Judgement, Subject } from '../../core/finding.ts';
import { type Check, clusterSubject, defineCheck, unknown } from '../check.ts';
import type { Answer, Words } from './flag-check.ts';
import { type KubeletSettings, kubeletSettings } from './kubelet-settings.ts';

export const kubeletSubject = ({ node, role }: Pick<KubeletFact, 'node' | 'role'>): Subject => ({ kind: 'Node', name: node, role, node });

const sources = {
  configz: (node: string) => `/configz of the kubelet of ${node}`,
  'api-server-proxy': (node: string) => `/configz of the kubelet of ${node}, through the API server`,
  'config-map': () => 'ConfigMap kube-system/kubelet-config',
  none: (node: string) => `kubelet of ${node}`,
};

const shown = (one: unknown): string => {
  if (Array.isArray(one)) return one.join(', ') || '(empty)';
  return typeof one === 'string' ? one || '(empty)' : JSON.stringify(one);
};

/** One look at a field, as the source writes it: what is left out says so. */
const lookAt = ({ node, source, config }: KubeletFact, field: string, value: unknown): Evidence => {
  const written = field
    .split('.')
    .reduce<unknown>((inside, key) => (inside as Readonly<Record<string, unknown>> | undefined)?.[key], config);
  const isNothing = value === '' || (typeof value === 'object' && Object.keys(value ?? {}).length === 0);
  const means = isNothing || written === value || (written !== undefined && typeof value === 'object') ? '' : shown(value);
  const found = written === undefined ? `not set${means && `, so ${means}`}` : `${shown(written)}${means && `, which means ${means}`}`;
  return { source: sources[source](node), looked: field, found };
};

/** The serving certificate a kubelet showed, as evidence; none when it was not seen. */
const servingCertificate = ({ node, certificate }: KubeletFact): readonly Evidence[] =>
  certificate
    ? [
        {
          source: `TLS handshake with the kubelet of ${node}`,
          looked: 'issuer of the serving certificate',
          found: `${certificate.issuer.replaceAll(node, '<node>').replace(/\d{6,}/, '…')}${certificate.selfSigned ? ' (not an authority of the cluster)' : ''}`,
        },
      ]
    : [];

const judgeOne = (fact: KubeletFact, { fields, showsCertificate, judge }: Omit<KubeletDefinition, keyof Words>): Judgement => {
  const subject = kubeletSubject(fact);
  if (fact.source === 'none' || fact.config === undefined) {
    const reason = fact.reason ?? 'The kubelet could not be asked.';
    return unknown(subject, `Could not look: ${reason}`, {
      source: sources.none(fact.node),
      looked: Object.keys(fields).join(', '),
      found: reason,
    });
  }
  const settings = kubeletSettings(fact.config, fact.source);
  const evidence = [
    ...Object.entries(fields).map(([field, read]) => lookAt(fact, field, read(settings))),
    ...(showsCertificate ? servingCertificate(fact) : []),
  ];
  const { outcome, message, repair } = judge(settings, fact);
  if (fact.source === 'config-map' && outcome !== 'fail') {
    const reason = fact.reason ?? 'The kubelet could not be asked.';
    return unknown(subject, `The ConfigMap kubelet-config is fine, but only the kubelet knows what it runs with: ${reason}`, ...evidence);
  }
  return { subject, outcome, message, evidence, ...(repair === undefined ? {} : { repair }) };
};

export interface KubeletDefinition extends Words {
  /** The fields looked at, by their names in KubeletConfiguration. */
  readonly fields: Readonly<Record<string, (settings: KubeletSettings) => unknown>>;
  /** Whether the serving certificate that was seen is evidence too. */
  readonly showsCertificate?: boolean;
  /** Says what of the settings holds. The sentence names no node, so that equal nodes say the same. */
  judge(settings: KubeletSettings, fact: KubeletFact): Answer;
}

/** A judgement per kubelet, or one of the cluster when it has no nodes. */
export const judgeKubelets = (
  cluster: ClusterIdentity,
  kubelets: readonly KubeletFact[],
  judge: (fact: KubeletFact) => Judgement,
): readonly Judgement[] =>
  kubelets.length > 0
    ? kubelets.map(judge)
    : [
        unknown(clusterSubject(cluster), 'The cluster has no nodes, so there is no kubelet to look at.', {
          source: 'API',
          looked: 'nodes',
          found: 'none',
        }),
      ];

/** A check of every kubelet's settings, each by its best source. What kubeadm wants (the ConfigMap) can prove a failure, never that all is well. */
export const kubeletCheck = ({ fields, showsCertificate = false, judge, ...words }: KubeletDefinition): Check<'kubelets', never> =>
  defineCheck({
    ...words,
    reads: ['kubelets'],
    evaluate: ({ cluster, kubelets }) => judgeKubelets(cluster, kubelets, (fact) => judgeOne(fact, { fields, showsCertificate, judge })),
  });
