import { type Evidence, type Judgement, type Subject, vantages as vantagesInOrder } from '../../core/finding.ts';
import { byOutcome, bySeverity, type Outcome, worstOutcome } from '../../core/outcome.ts';
import type { Inconsistency } from '../report.ts';

/** What one check says of one stable subject, all nodes together. */
export interface MergedJudgement extends Judgement {
  readonly inconsistent?: Inconsistency;
}

/** What makes a subject the same one next week: everything but names of nodes and addresses, which change with every repave. */
export const stableSubject = ({
  kind,
  namespace,
  name,
  container,
  package: found,
  port,
  role,
  node,
  nodes,
}: Subject): readonly (string | null)[] => {
  const isNode = kind === 'Node' && (node !== undefined || nodes !== undefined);
  return [
    kind,
    namespace ?? null,
    isNode ? null : name,
    container ?? null,
    role ?? null,
    ...(port === undefined ? [] : [port]),
    ...(found === undefined ? [] : ['package', found]),
  ];
};

const withNode = (evidence: readonly Evidence[], node: string | undefined): readonly Evidence[] =>
  node === undefined ? evidence : evidence.map((one) => (one.nodes ? one : { ...one, nodes: [node] }));

/** The source without the name of its node, so that what several nodes show alike looks alike. */
const sourceOfAny = ({ source, nodes = [] }: Evidence): string => nodes.reduce((text, node) => text.replaceAll(node, '<node>'), source);

/** Puts what several nodes show alike into one line that names them all. */
const gatherEvidence = (all: readonly Evidence[]): readonly Evidence[] => {
  const lines = new Map<
    string,
    { readonly first: Evidence; readonly nodes: Set<string>; readonly endpoints: Set<string>; source: string }
  >();
  for (const one of all) {
    const source = sourceOfAny(one);
    const key = JSON.stringify([source, one.looked, one.found, one.nodes !== undefined, one.endpoints !== undefined]);
    const known = lines.get(key);
    if (known) {
      for (const node of one.nodes ?? []) known.nodes.add(node);
      for (const endpoint of one.endpoints ?? []) known.endpoints.add(endpoint);
      if (known.source !== one.source) known.source = source;
    } else lines.set(key, { first: one, nodes: new Set(one.nodes), endpoints: new Set(one.endpoints), source: one.source });
  }
  return [...lines.values()].map(({ first, nodes, endpoints, source }) => ({
    ...first,
    ...(first.nodes ? { source, nodes: [...nodes] } : {}),
    ...(first.endpoints ? { endpoints: [...endpoints] } : {}),
  }));
};

const mostCommon = (outcomes: readonly Outcome[]): Outcome => {
  const count = (outcome: Outcome) => outcomes.filter((one) => one === outcome).length;
  return [...new Set(outcomes)].toSorted((a, b) => count(b) - count(a) || byOutcome(a, b))[0] as Outcome;
};

const disagreement = (group: readonly Judgement[]): Inconsistency | undefined => {
  const outcomes = group.map(({ outcome }) => outcome);
  if (new Set(outcomes).size < 2) return undefined;
  const common = mostCommon(outcomes);
  return {
    mostCommon: common,
    deviating: group
      .filter(({ outcome }) => outcome !== common)
      .map(({ subject, outcome }) => ({ node: subject.node ?? subject.name, outcome })),
  };
};

const mergeGroup = (group: readonly Judgement[]): MergedJudgement => {
  const [first] = group as readonly [Judgement, ...Judgement[]];
  const nodes = [
    ...new Set(group.flatMap(({ subject }) => subject.nodes ?? (subject.node === undefined ? [] : [subject.node]))),
  ].toSorted();
  const outcome = worstOutcome(group.map((one) => one.outcome)) as Outcome;
  const alike = group.filter((one) => one.outcome === outcome);
  const [worst] = alike as [Judgement];
  const messages = [...new Set(alike.map(({ message }) => message))];
  const severity = alike.flatMap((one) => one.severity ?? []).toSorted(bySeverity)[0];
  const vantages = vantagesInOrder.filter((vantage) => alike.some((one) => one.vantages?.includes(vantage)));
  const endpoints = [...new Set(alike.flatMap(({ subject }) => subject.endpoints ?? []))];
  const { node: _node, nodes: _nodes, endpoints: _endpoints, ...stable } = first.subject;
  const inconsistent = disagreement(group);
  return {
    ...worst,
    outcome,
    message: messages.join(' '),
    evidence: gatherEvidence(group.flatMap(({ evidence, subject }) => withNode(evidence, subject.node))),
    subject: {
      ...stable,
      ...(first.subject.kind === 'Node' && nodes.length > 1 ? { name: first.subject.role ?? 'nodes' } : {}),
      ...(nodes.length === 1 && nodes[0] !== undefined ? { node: nodes[0] } : {}),
      ...(nodes.length > 0 ? { nodes } : {}),
      ...(endpoints.length > 0 ? { endpoints } : {}),
    },
    ...(severity ? { severity } : {}),
    ...(vantages.length > 0 ? { vantages } : {}),
    ...(inconsistent ? { inconsistent } : {}),
  };
};

/**
 * One judgement per stable subject: what several nodes of a role say of the same thing becomes one, with the worst outcome, every node in the
 * evidence, and the mark *inconsistent* where they disagree. So a fleet of a thousand equal workers is one line, and a repave changes nothing.
 */
export const mergeNodes = (judgements: readonly Judgement[]): readonly MergedJudgement[] => {
  const groups = new Map<string, Judgement[]>();
  for (const judgement of judgements) {
    const key = JSON.stringify(stableSubject(judgement.subject));
    const group = groups.get(key);
    if (group) group.push(judgement);
    else groups.set(key, [judgement]);
  }
  return [...groups.values()].map(mergeGroup);
};
