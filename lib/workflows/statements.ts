import { type ConfigurationFacts, type KubeletFact, missingRights, type Unread } from '../core/facts/index.ts';
import type { ChosenFramework } from '../frameworks/index.ts';

const plural = (number: number, one: string, many = `${one}s`): string => `${number} ${number === 1 ? one : many}`;

const benchmarkStatement = ({ framework, inRange, range }: ChosenFramework, version: string): readonly string[] =>
  inRange
    ? []
    : [
        `CIS Kubernetes Benchmark ${framework.version} is made for Kubernetes ${range}; this cluster runs ${version}, so the benchmark may miss or misjudge what changed since.`,
      ];

const nodeStatements = (facts: ConfigurationFacts): readonly string[] => {
  if (!facts.nodes.read) return [];
  const away = facts.nodes.value.filter(({ ready }) => !ready).map(({ name }) => name);
  return away.length > 0 ? [`${plural(away.length, 'node was', 'nodes were')} not ready during the scan: ${away.join(', ')}.`] : [];
};

const kubeletStatements = (kubelets: readonly KubeletFact[]): readonly string[] => {
  const from = (source: KubeletFact['source']) => kubelets.filter((kubelet) => kubelet.source === source);
  const reasons = (some: readonly KubeletFact[]) => [...new Set(some.flatMap(({ reason }) => reason ?? []))].slice(0, 3).join(' ');
  const [wanted, silent] = [from('config-map'), from('none')];
  return [
    ...(wanted.length > 0
      ? [
          `Settings of ${plural(wanted.length, 'kubelet')} come from the ConfigMap kubelet-config, which is what kubeadm wants, not what runs; it can show a failure but never a pass. ${reasons(wanted)}`.trim(),
        ]
      : []),
    ...(silent.length > 0 ? [`Settings of ${plural(silent.length, 'kubelet')} could not be read. ${reasons(silent)}`.trim()] : []),
  ];
};

/** The reason of a slice, unless it is a missing right: those have one statement together. */
const otherwiseUnread = ({ missing, reason }: Unread): readonly string[] => (missing ? [] : [reason]);

const nodeFileStatements = ({ nodeFiles }: ConfigurationFacts): readonly string[] => {
  if (!nodeFiles.read) return otherwiseUnread(nodeFiles);
  const silent = nodeFiles.value.filter((one) => !one.read);
  return silent.length > 0
    ? [`Files could not be looked at on ${plural(silent.length, 'node')}: ${silent.map(({ node }) => node).join(', ')}.`]
    : [];
};

/** Slices whose absence has a statement of its own, or needs none: other sources say the same, or the right to list Secrets is better not granted. */
const spoken: readonly string[] = ['nodeFiles', 'kubelets', 'apiServerFlagz', 'tokenSecrets'];

const unreadSlices = (facts: ConfigurationFacts): readonly Unread[] =>
  Object.entries(facts).flatMap(([name, slice]) => (!spoken.includes(name) && 'read' in slice && !slice.read ? [slice as Unread] : []));

/** Rights that are named on page one; the findings that miss them name them all. */
const mostRights = 8;

const rightsStatement = (facts: ConfigurationFacts): readonly string[] => {
  const unread = [...unreadSlices(facts), facts.kubelets, facts.nodeFiles].filter((slice) => !slice.read);
  const missing = [...new Set(unread.flatMap((slice) => slice.missing ?? []))];
  if (missing.length === 0) return [];
  const more = missing.length - mostRights;
  const named = more > 1 ? [...missing.slice(0, mostRights), `and ${more} more`] : missing;
  return [`${missingRights(named)} \`gatehouse doctor\` says what each of them decides.`];
};

/** Why whole slices were not read, other than for a missing right; one sentence each. */
const otherReasons = (facts: ConfigurationFacts): readonly string[] => unreadSlices(facts).flatMap(otherwiseUnread);

/** The first sentence that says why slices were not read: missing rights, else what else went wrong. */
export const whyUnread = (facts: ConfigurationFacts): string | undefined => rightsStatement(facts)[0] ?? otherReasons(facts)[0];

/** What a reader must know before trusting the numbers; page one shows it, and every format carries it. */
export const statementsFor = (chosen: ChosenFramework, facts: ConfigurationFacts): readonly string[] => [
  ...new Set([
    ...benchmarkStatement(chosen, facts.cluster.kubernetesVersion),
    ...nodeStatements(facts),
    ...rightsStatement(facts),
    ...(facts.kubelets.read ? kubeletStatements(facts.kubelets.value) : otherwiseUnread(facts.kubelets)),
    ...nodeFileStatements(facts),
    ...otherReasons(facts),
  ]),
];
