import { Comparison } from '../comparison.ts';
import { Finding, Report } from '../report.ts';
import type { Rendered } from './renderer.ts';

const pretty = (value: unknown): string => JSON.stringify(value, null, 2);
/** The text of a value inside its document, moved in by so many spaces. */
const nested = (value: unknown, spaces: number): string => pretty(value).replaceAll('\n', `\n${' '.repeat(spaces)}`);

const Head = Report.omit({ findings: true });

/** The findings one by one, so that tens of thousands of them are never one text in memory. */
function* findingTexts(findings: readonly Finding[]): Generator<string> {
  if (findings.length === 0) return yield '[]';
  for (const [index, finding] of findings.entries()) yield `${index === 0 ? '[' : ','}\n    ${nested(Finding.parse(finding), 4)}`;
  yield '\n  ]';
}

/**
 * The report as it is stored: two spaces, a newline at the end, keys in the order of the model whatever built the object. Throws when it is not what the model
 * promises: better no file than one that nobody can read back.
 */
export async function* renderJson(report: Report): Rendered {
  const head = Head.parse(report);
  let before = '{';
  for (const key of Object.keys(Report.shape) as readonly (keyof Report)[]) {
    // a kind that does not use the network has nothing to say of it
    if (key !== 'findings' && head[key] === undefined) continue;
    yield `${before}\n  ${JSON.stringify(key)}: `;
    if (key === 'findings') yield* findingTexts(report.findings);
    else yield nested(head[key], 2);
    before = ',';
  }
  yield '\n}\n';
}

/** The comparison, in the same way. */
export async function* renderComparisonJson(comparison: Comparison): Rendered {
  yield `${pretty(Comparison.parse(comparison))}\n`;
}
