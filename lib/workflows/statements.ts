import type { ConfigurationFacts, KubeletFact } from '../core/facts/index.ts';
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

const nodeFileStatements = ({ nodeFiles }: ConfigurationFacts): readonly string[] => {
  if (!nodeFiles.read) return [nodeFiles.reason];
  const silent = nodeFiles.value.filter((one) => !one.read);
  return silent.length > 0
    ? [`Files could not be looked at on ${plural(silent.length, 'node')}: ${silent.map(({ node }) => node).join(', ')}.`]
    : [];
};

/** Slices whose absence has a statement of its own. */
const spoken: readonly string[] = ['nodeFiles', 'kubelets', 'apiServerFlagz'];

const missingRights = (facts: ConfigurationFacts): readonly string[] => {
  const reasons = Object.entries(facts).flatMap(([name, slice]) =>
    !spoken.includes(name) && 'read' in slice && !slice.read ? [slice.reason as string] : [],
  );
  return [...new Set(reasons)];
};

/** What a reader must know before trusting the numbers; page one shows it, and every format carries it. */
export const statementsFor = (chosen: ChosenFramework, facts: ConfigurationFacts): readonly string[] => [
  ...benchmarkStatement(chosen, facts.cluster.kubernetesVersion),
  ...nodeStatements(facts),
  ...(facts.kubelets.read ? kubeletStatements(facts.kubelets.value) : [facts.kubelets.reason]),
  ...nodeFileStatements(facts),
  ...missingRights(facts),
];
