import type { Evidence, Judgement, Subject } from '../../core/finding.ts';
import { byOutcome, type Outcome, worstOutcome } from '../../core/outcome.ts';
import type { Inconsistency } from '../report.ts';

/** What one check says of one stable subject, all nodes together. */
export interface MergedJudgement extends Judgement {
  readonly inconsistent?: Inconsistency;
}

/** What makes a subject the same one next week: everything but node names, which change with every repave. */
export const stableSubject = ({ kind, namespace, name, container, role, node, nodes }: Subject): readonly (string | null)[] => {
  const isNode = kind === 'Node' && (node !== undefined || nodes !== undefined);
  return [kind, namespace ?? null, isNode ? null : name, container ?? null, role ?? null];
};

const withNode = (evidence: readonly Evidence[], node: string | undefined): readonly Evidence[] =>
  node === undefined ? evidence : evidence.map((one) => (one.nodes ? one : { ...one, nodes: [node] }));

/** The source without the name of its node, so that what several nodes show alike looks alike. */
const sourceOfAny = ({ source, nodes = [] }: Evidence): string => nodes.reduce((text, node) => text.replaceAll(node, '<node>'), source);

/** Puts what several nodes show alike into one line that names them all. */
const gatherEvidence = (all: readonly Evidence[]): readonly Evidence[] => {
  const lines = new Map<string, { readonly first: Evidence; readonly nodes: Set<string>; source: string }>();
  for (const one of all) {
    const source = sourceOfAny(one);
    const key = JSON.stringify([source, one.looked, one.found, one.nodes !== undefined]);
    const known = lines.get(key);
    if (known) {
      for (const node of one.nodes ?? []) known.nodes.add(node);
      if (known.source !== one.source) known.source = source;
    } else lines.set(key, { first: one, nodes: new Set(one.nodes), source: one.source });
  }
  return [...lines.values()].map(({ first, nodes, source }) => (first.nodes ? { ...first, source, nodes: [...nodes] } : first));
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
  const worst = group.find((one) => one.outcome === outcome) as Judgement;
  const messages = [...new Set(group.filter((one) => one.outcome === outcome).map(({ message }) => message))];
  const { node: _node, nodes: _nodes, ...stable } = first.subject;
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
    },
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
