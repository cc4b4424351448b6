import { redact } from '../../core/redact.ts';
import type { EvaluationCheck } from '../../gate/evaluation.ts';
import type { Standing } from '../standing.ts';

/** A text of at most so many characters, never cut within one. */
export const shorten = (text: string, most: number): string => {
  if (text.length <= most) return text;
  const cut = text.slice(0, most - 1);
  return `${cut.isWellFormed() ? cut : cut.slice(0, -1)}…`;
};

const oneLine = (text: string): string =>
  redact(text)
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();

/** Names in a cluster are anybody's choice: they must not become links, images or mentions in a comment of ours. */
const harmless = (text: string): string =>
  oneLine(text)
    .replaceAll(/[\\`*_{}[\]<>#|~!]/g, '\\$&')
    .replaceAll('@', '&#64;')
    .replaceAll('://', ':&#47;/')
    .replaceAll(/\bwww\./gi, 'www&#46;');

const inTheWay = ({ outcome, waiver }: EvaluationCheck): boolean => outcome !== 'pass' && outcome !== 'not-applicable' && waiver === null;

/** What stands in the way, the required first. */
export const blockers = (checks: readonly EvaluationCheck[]): readonly EvaluationCheck[] =>
  checks.filter(inTheWay).toSorted((a, b) => Number(b.required) - Number(a.required));

/** A comment in markdown: the summary, then one line for each check in the way while there is room, then the link. */
export const markdownText = (standing: Standing, most: number, link?: string): string => {
  const foot = link === undefined ? '' : `\n\n[Evaluation ${harmless(standing.id)}](${link})`;
  const head = `**${standing.verdict}** ${shorten(harmless(standing.summary), 300)}`;
  const lines = blockers(standing.checks).map(
    ({ id, required, message }) => `- ${harmless(id)}${required ? '' : ' (advisory)'}: ${shorten(harmless(message), 200)}`,
  );
  const told: string[] = [];
  let left = most - head.length - foot.length - 40;
  for (const line of lines) {
    if (line.length + 1 > left) break;
    told.push(line);
    left -= line.length + 1;
  }
  const rest = lines.length - told.length;
  const body = [...told, ...(rest > 0 ? [`- and ${rest} more`] : [])].join('\n');
  return shorten(`${head}${body === '' ? '' : `\n\n${body}`}${foot}`, most);
};

/** The summary and what is in the way, in one line of plain text. */
export const plainText = ({ summary, checks }: Standing, most: number): string => {
  const ids = blockers(checks).map(({ id }) => id);
  return shorten(oneLine(ids.length === 0 ? summary : `${summary} (${ids.join(', ')})`), most);
};
