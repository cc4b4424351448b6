import type { Subject } from '../../core/finding.ts';
import type { Outcome } from '../../core/outcome.ts';
import { readTime } from '../../core/time.ts';
import type { Benchmark, ControlReference, Finding, ScanKind } from '../report.ts';

/** How formats for people call the outcomes. */
export const outcomeWords: Record<Outcome, string> = {
  fail: 'Failed',
  error: 'Check broke',
  unknown: 'Could not look',
  manual: 'A person must look',
  pass: 'Passed',
  'not-applicable': 'Not applicable',
};

const kindWords: Record<ScanKind, string> = {
  configuration: 'Configuration scan',
  penetration: 'Penetration scan',
  conformance: 'Conformance scan',
  sbom: 'SBOM scan',
};
export const kindText = (kind: ScanKind): string => kindWords[kind];

const frameworkWords: Readonly<Record<string, string>> = {
  'cis-kubernetes': 'CIS Kubernetes Benchmark',
  'gatehouse-sbom': 'images without known vulnerabilities',
  'gatehouse-penetration': 'Gatehouse penetration probes',
  'kubernetes-conformance': 'Kubernetes conformance suite',
};
/** Name of a framework as people know it; an unknown one keeps its id. */
export const frameworkText = (framework: string): string => frameworkWords[framework] ?? framework;

/** Whether a framework is meant for some versions of Kubernetes only, so that naming them says something. */
export const hasRange = ({ framework }: Pick<Benchmark, 'framework'>): boolean =>
  framework !== 'gatehouse-penetration' && framework !== 'gatehouse-sbom';

/** What a framework is meant for: `made for Kubernetes 1.34-1.35`. */
export const rangeText = (benchmark: Pick<Benchmark, 'framework' | 'range'>): string =>
  hasRange(benchmark) ? `made for Kubernetes ${benchmark.range}` : 'meant for every version of Kubernetes';

/** The same with a capital at the start. */
export const sentence = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

/** `1 finding`, `2 findings`. */
export const plural = (number: number, one: string, many = `${one}s`): string => `${thousands(number)} ${number === 1 ? one : many}`;

/** 12345 → `12,345`, the same in every locale. */
export const thousands = (number: number): string => String(number).replace(/\B(?=(\d{3})+(?!\d))/g, ',');

/** `2026-06-01T10:00:00.123Z` → `2026-06-01 10:00:00 UTC`; what is no such time stays as it is. */
export const timeText = (iso: string): string => iso.replace(/^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(\.\d+)?Z$/, '$1 $2 UTC');

/** `2026-06-01T10:00:00Z` → `2026-06-01`. */
export const dayText = (iso: string): string => iso.slice(0, 10);

/** Seconds between two ISO times, with milliseconds; 0 when one is none. */
export const secondsBetween = (start: string, end: string): number => {
  const [from, to] = [readTime(start), readTime(end)];
  return from === undefined || to === undefined ? 0 : Math.max(0, to - from) / 1000;
};

const roleText = (role: string, many: boolean): string => `${role} node${many ? 's' : ''}`;

/** The subject without its kind: `shop/front`, `/etc/kubernetes/admin.conf`, `worker nodes`. */
export const subjectName = ({ kind, namespace, name, role, nodes }: Subject): string => {
  if (kind === 'Node' && role !== undefined && name === role) return roleText(role, (nodes?.length ?? 0) !== 1);
  return namespace === undefined ? name : `${namespace}/${name}`;
};

/** Where the subject is, beside its name: `container main`, `on worker nodes`; empty when the name says it all. */
export const subjectPlace = (subject: Subject): string => {
  const { kind, container, package: found, port, role, node, nodes } = subject;
  const place =
    role === undefined || (kind === 'Node' && subject.name === role)
      ? ''
      : node !== undefined && kind !== 'Node'
        ? `on ${node} (${role})`
        : kind === 'Node'
          ? role
          : `on ${roleText(role, (nodes?.length ?? 0) !== 1)}`;
  const onNode = role === undefined && node !== undefined && kind !== 'Node' ? `on ${node}` : '';
  return [
    container === undefined ? '' : `container ${container}`,
    found === undefined ? '' : `package ${found}`,
    port === undefined ? '' : `port ${port}`,
    place,
    onNode,
  ]
    .filter((text) => text !== '')
    .join(', ');
};

/** The whole subject in one line, for formats that have one line: `Deployment shop/front, container main`. */
export const subjectLine = (subject: Subject): string =>
  [`${subject.kind === 'Node' && subject.name === subject.role ? '' : `${subject.kind} `}${subjectName(subject)}`, subjectPlace(subject)]
    .filter((text) => text !== '')
    .join(', ');

/** The subject without names of nodes, which a repave changes: for consumers that follow a line from scan to scan by its text. */
export const stableLine = ({ node: _node, nodes: _nodes, role, ...subject }: Subject): string => {
  if (role === undefined) return subjectLine(subject);
  if (subject.kind !== 'Node') return `${subjectLine(subject)}, on ${roleText(role, true)}`;
  return subject.port === undefined ? roleText(role, true) : `${roleText(role, true)}, port ${subject.port}`;
};

/** Control ids in the order of the benchmark. */
export const controlIds = (controls: readonly ControlReference[]): readonly string[] => controls.map(({ id }) => id);

/** Failures that count: not waived. */
export const isOpenFailure = ({ outcome, waiver }: Pick<Finding, 'outcome' | 'waiver'>): boolean => outcome === 'fail' && waiver === null;

/** Concluded from a version alone: a person must look whether a vendor mended it. */
export const isPotential = ({ certainty, outcome }: Pick<Finding, 'certainty' | 'outcome'>): boolean =>
  certainty === 'potential' && outcome === 'manual';

/** The evidence of a finding in one text: `looked: found (source, on w1, w2, at 10.0.0.4:10250); …`. */
export const evidenceText = ({ evidence }: Pick<Finding, 'evidence'>): string =>
  evidence
    .map(({ source, looked, found, nodes = [], endpoints = [] }) => {
      const where = [
        source,
        ...(nodes.length > 0 ? [`on ${nodes.join(', ')}`] : []),
        ...(endpoints.length > 0 ? [`at ${endpoints.join(', ')}`] : []),
      ];
      return `${looked}: ${found} (${where.join(', ')})`;
    })
    .join('; ');
