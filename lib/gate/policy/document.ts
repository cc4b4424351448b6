import type { GateFacts } from '../../core/gate/index.ts';
import type { Evaluation, EvaluationCheck } from '../evaluation.ts';
import type { DocumentSchema } from '../rules/engine.ts';
import type { GatePolicy } from './policy.ts';
import type { ScanSeen } from './scan-seen.ts';
import { decidedPercent, failedBySeverity } from './scan-seen.ts';

// What rules read. docs/policies.md prints this table, so a field that is added here is documented.

const types = {
  Cluster: { id: 'string', name: 'string', tags: 'map<string, string>' },
  Taint: { key: 'string', value: 'string', effect: 'string' },
  Node: {
    name: 'string',
    role: 'string',
    pool: 'string',
    kubelet: 'string',
    kubeProxy: 'string',
    runtime: 'string',
    os: 'string',
    kernel: 'string',
    ready: 'bool',
    cordoned: 'bool',
    createdAt: 'timestamp',
    labels: 'map<string, string>',
    taints: 'list<Taint>',
    cpu: 'int',
    memory: 'int',
    pods: 'int',
  },
  Check: { outcome: 'string', required: 'bool', severity: 'string', message: 'string', resources: 'list<string>' },
  Scan: {
    id: 'string',
    finishedAt: 'timestamp',
    failed: 'map<string, int>',
    newlyFailed: 'map<string, int>',
    failing: 'list<string>',
    decided: 'int',
    benchmark: 'string',
  },
  Upgrade: {
    cluster: 'Cluster',
    current: 'string',
    target: 'string',
    nodes: 'list<Node>',
    checks: 'map<string, Check>',
    scans: 'map<string, Scan>',
    managedByClusterApi: 'bool',
  },
  Previous: { verdict: 'string', evaluatedAt: 'timestamp', current: 'string', target: 'string', checks: 'map<string, Check>' },
  Request: { by: 'string', source: 'map<string, string>' },
} as const;

const most = {
  'Upgrade.nodes': 5_000,
  'Upgrade.checks': 200,
  'Previous.checks': 200,
  'Upgrade.scans': 4,
  'Cluster.tags': 50,
  'Node.labels': 50,
  'Node.taints': 20,
  'Node.name': 64,
  'Node.role': 16,
  'Node.kubelet': 32,
  'Node.kubeProxy': 32,
  'Scan.failed': 5,
  'Scan.newlyFailed': 5,
  'Scan.failing': 1_000,
  'Check.resources': 100,
  'Check.outcome': 16,
} as const;

type Params = GatePolicy['spec']['params'];
const typeOfParam = (value: Params[string]): string =>
  typeof value === 'string' ? 'string' : typeof value === 'boolean' ? 'bool' : Number.isInteger(value) ? 'int' : 'double';

/** The schema that rules of a policy are compiled against: its params have the types of their values. */
export const schemaFor = (params: Params): DocumentSchema => ({
  types: { ...types, Params: Object.fromEntries(Object.entries(params).map(([name, value]) => [name, typeOfParam(value)])) },
  variables: { object: 'Upgrade', oldObject: 'Previous', params: 'Params', request: 'Request', now: 'timestamp' },
  most: {
    ...most,
    ...Object.fromEntries(
      Object.entries(params).flatMap(([name, value]) => (typeof value === 'string' ? [[`Params.${name}`, value.length]] : [])),
    ),
  },
});

/** What rules are computed over: plain JSON, so that it can be handed to another thread. */
export interface RuleDocument {
  readonly object: Readonly<Record<string, unknown>>;
  readonly oldObject: Readonly<Record<string, unknown>>;
  readonly request: { readonly by: string; readonly source: Readonly<Record<string, string>> };
  readonly now: string;
}

type JudgedCheck = Pick<EvaluationCheck, 'id' | 'outcome' | 'required' | 'severity' | 'message' | 'resources'>;
const checksOf = (checks: readonly JudgedCheck[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    checks.map(({ id, outcome, required, severity, message, resources }) => [
      id,
      {
        outcome,
        required,
        severity,
        message,
        resources: resources.slice(0, most['Check.resources']).map(({ namespace, name }) => (namespace ? `${namespace}/${name}` : name)),
      },
    ]),
  );

const nodesOf = (facts: GateFacts): readonly unknown[] | undefined =>
  facts.nodes.read
    ? facts.nodes.value.map(({ kubeletVersion, kubeProxyVersion, containerRuntime, osImage, kernelVersion, ...node }) => ({
        ...node,
        kubelet: kubeletVersion,
        kubeProxy: kubeProxyVersion,
        runtime: containerRuntime,
        os: osImage,
        kernel: kernelVersion,
        cpu: node.allocatableCpu,
        memory: node.allocatableMemory,
        pods: node.allocatablePods,
      }))
    : undefined;

const scanOf = ({ completed }: ScanSeen): Readonly<Record<string, unknown>> | undefined =>
  completed && {
    id: completed.scanId,
    finishedAt: completed.completedAt,
    failed: failedBySeverity(completed.failures),
    newlyFailed: completed.isCompared ? failedBySeverity(completed.failures.filter(({ isNew }) => isNew)) : undefined,
    failing: [...new Set(completed.failures.map(({ check }) => check))].slice(0, most['Scan.failing']),
    decided: decidedPercent(completed),
    benchmark: completed.benchmark?.version,
  };

const previousOf = (previous: Evaluation): Readonly<Record<string, unknown>> => {
  const { verdict, evaluatedAt, current, target, checks } = previous;
  return { verdict, evaluatedAt, current, target, checks: checksOf(checks) };
};

/** What the document is made of. */
export interface DocumentParts {
  readonly facts: GateFacts;
  readonly tags: Readonly<Record<string, string>>;
  readonly current: string;
  readonly target: string;
  /** Outcomes of checks and scans, before rules. */
  readonly checks: readonly JudgedCheck[];
  readonly scans: readonly ScanSeen[];
  readonly requestedBy: string;
  readonly source?: Readonly<Record<string, string>> | undefined;
  readonly previous?: Evaluation | undefined;
  readonly now: string;
}

/** A part that was not read is absent, so that a rule about it fails and none passes by silence. */
export const documentOf = (parts: DocumentParts): RuleDocument => {
  const { facts, tags, current, target, checks, scans, requestedBy, source = {}, previous, now } = parts;
  return {
    object: {
      cluster: { id: facts.cluster.id, name: facts.cluster.name, tags },
      current,
      target,
      nodes: nodesOf(facts),
      checks: checksOf(checks),
      scans: Object.fromEntries(scans.flatMap((scan) => (scan.completed ? [[scan.kind, scanOf(scan)]] : []))),
      managedByClusterApi: facts.clusterApi.read ? facts.clusterApi.value.isInstalled : undefined,
    },
    oldObject: previous ? previousOf(previous) : {},
    request: { by: requestedBy, source },
    now,
  };
};
