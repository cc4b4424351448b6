import { type Evidence, type Subject, subjectText } from '../../../core/finding.ts';
import type { Severity } from '../../../core/outcome.ts';
import type { Finding, Scan } from '../../report.ts';
import { outcomeWords, subjectLine, subjectName, subjectPlace } from '../words.ts';
import { endpointLines, firstOf, mergeVantages } from './endpoints.ts';
import { type Paragraph, span } from './text.ts';
import { colours, outcomeColours, severityColours, styles } from './theme.ts';

/** Names of nodes in as few words as say the same: `all 40 nodes`, `all 40 nodes but w7`, or the names. */
export const nodesText = (nodes: readonly string[], all: readonly string[]): string => {
  const named = new Set(nodes);
  const others = all.filter((name) => !named.has(name));
  if (all.length > 3 && nodes.length === all.length && others.length === 0) return `all ${all.length} nodes`;
  if (all.length > 3 && others.length < nodes.length && nodes.length + others.length === all.length)
    return `all ${all.length} nodes but ${others.join(', ')}`;
  return nodes.join(', ');
};

/** Nodes a finding is about, as the scan knows their role: a role of which all nodes are meant needs no names. */
const subjectNodes = ({ node, nodes, role }: Subject, scan: Scan): string => {
  // a single node is named already
  if (!nodes || nodes.length === 0 || (node !== undefined && nodes.length === 1)) return '';
  const ofRole = scan.cluster.nodes.filter((node) => role === undefined || node.role === role).map(({ name }) => name);
  return nodesText(nodes, ofRole);
};

/** Addresses that a subject has room for. */
const mostAddresses = 12;

/** Where it listens. */
const endpointsOf = ({ endpoints = [] }: Subject): readonly Paragraph[] =>
  endpoints.length === 0 ? [] : [[span(firstOf(endpoints, mostAddresses), styles.cellCode)]];

/** The subject as a cell: its name, and under it where it is. */
export const subjectCell = (subject: Subject, scan: Scan): readonly Paragraph[] => {
  const named = subject.kind === 'Node' && subject.name === subject.role;
  const places = [subjectPlace(subject), subjectNodes(subject, scan)].filter((text) => text !== '' && text !== subjectName(subject));
  return [
    [...(named ? [] : [span(`${subject.kind} `, styles.cellSoft)]), span(subjectName(subject), styles.cellBold)],
    ...(places.length > 0 ? [[span(places.join(': '), styles.cellSoft)]] : []),
    ...endpointsOf(subject),
  ];
};

/** The subject in one paragraph, for compact tables. */
export const subjectLineOf = (subject: Subject, scan: Scan): Paragraph =>
  subjectCell(subject, scan).flatMap((part, index) => (index === 0 ? part : [span('  ', styles.cellSoft), ...part]));

/** Where it was read, unless that is the subject itself and goes without saying. */
const place = ({ source, nodes, endpoints = [] }: Evidence, subject: Subject): string => {
  const { container: _container, ...object } = subject;
  const all = subject.nodes ?? [];
  const saysItself = source === subjectText(object) || (subject.node !== undefined && source === `node ${subject.node}`);
  const read = saysItself ? [] : [source];
  // the only address of the subject goes without saying
  const at = endpoints.length > 0 && endpoints.join() !== (subject.endpoints ?? []).join() ? endpointLines(endpoints, mostAddresses) : [];
  return [...read, ...(nodes && nodes.length > 0 && all.length > 1 ? [nodesText(nodes, all)] : []), ...at].join('; ');
};

const evidenceLine = (one: Evidence, subject: Subject): Paragraph => {
  const where = place(one, subject);
  return [
    // a file is its own name
    ...(one.looked === subject.name ? [] : [span(`${one.looked}: `, styles.cellCodeSoft)]),
    span(one.found, styles.cellCode),
    ...(where === '' ? [] : [span(` · ${where}`, styles.cellSoft)]),
  ];
};

/** Every look of a finding, or the first so many: what was looked at, what was found, where. */
export const evidenceLines = (finding: Finding, most = Number.POSITIVE_INFINITY): readonly Paragraph[] => {
  const { subject } = finding;
  const evidence = mergeVantages(finding.evidence);
  if (evidence.length === 0) return [[span('no evidence', styles.cellSoft)]];
  const shown = evidence.slice(0, most).map((one) => evidenceLine(one, subject));
  const more = evidence.length - shown.length;
  return more > 0 ? [...shown, [span(`and ${more} more, in report.json`, styles.cellSoft)]] : shown;
};

/** Who deviates, where nodes disagree. */
export const inconsistencyLine = ({ inconsistent, subject }: Finding): readonly Paragraph[] => {
  if (!inconsistent) return [];
  const deviating = [...Map.groupBy(inconsistent.deviating, ({ outcome }) => outcome)].map(
    ([outcome, own]) => `${outcomeWords[outcome].toLowerCase()}: ${own.map(({ node }) => node).join(', ')}`,
  );
  return [
    [
      span('Nodes disagree. ', { ...styles.cellBold, colour: colours.warning }),
      span(`Most of ${subject.nodes?.length ?? 'them'}: ${outcomeWords[inconsistent.mostCommon].toLowerCase()}; ${deviating.join('; ')}.`, {
        ...styles.cell,
        colour: colours.warning,
      }),
    ],
  ];
};

/** From where it was seen, and how grave it is where that differs from the heading. */
export const seenLine = ({ vantages = [], severity }: Finding, usual: Severity): readonly Paragraph[] => {
  if (vantages.length === 0) return [];
  const from = span(`seen from ${vantages.join(' and ')}`, styles.cellSoft);
  return [
    severity === usual
      ? [from]
      : [from, span(', ', styles.cellSoft), span(severity, { ...styles.cellBold, colour: severityColours[severity] })],
  ];
};

/** Marks of a finding that stand under its subject: new, waived. */
export const markLines = ({ fingerprint, waiver }: Finding, fresh: ReadonlySet<string>): readonly Paragraph[] => [
  ...(fresh.has(fingerprint) ? [[span('NEW since the previous scan', { ...styles.columnTitle, colour: outcomeColours.fail })]] : []),
  ...(waiver ? [[span(`WAIVED by ${waiver.id} until ${waiver.expires}`, { ...styles.columnTitle, colour: outcomeColours.manual })]] : []),
];

const withContainer = ({ name, container, port }: Subject): string =>
  [name, ...(container === undefined ? [] : [`(${container})`]), ...(port === undefined ? [] : [port])].join(' ');

/** Many subjects in few words: a paragraph per kind and namespace. */
export const subjectList = (subjects: readonly Subject[]): readonly Paragraph[] => {
  if (subjects.length < 3) return subjects.map((subject) => [span(subjectLine(subject), styles.cellSoft)]);
  const places = Map.groupBy(subjects, ({ kind, namespace, role, node }) =>
    [kind, ...(namespace === undefined ? [] : [`in ${namespace}`]), ...(role === undefined ? [] : [`on ${node ?? `${role} nodes`}`])].join(
      ' ',
    ),
  );
  return [...places].map(([place, own]) => [span(`${place}: `, styles.cellSoft), span(own.map(withContainer).join(', '), styles.cell)]);
};
