import type { SourceRange } from '../rules/engine.ts';

/** Something wrong with a policy, and where. */
export interface Problem {
  /** Path in the document. */
  readonly path: readonly PropertyKey[];
  /** What is wrong, without capital and full stop. */
  readonly say: string;
  /** For an expression: the place in it. */
  readonly in?: { readonly source: string; readonly at: SourceRange };
}

/** `spec.validations[1].expression`. */
export const pathText = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text ? `${text}.${String(step)}` : String(step)),
    '',
  ) || 'policy';

/** The line of a source with an arrow under the place. */
export const arrow = ({ source, at }: NonNullable<Problem['in']>): string => {
  const start = Math.min(at.start, source.length);
  const from = source.lastIndexOf('\n', start - 1) + 1;
  const to = source.indexOf('\n', start);
  const line = source.slice(from, to < 0 ? undefined : to);
  const width = Math.max(1, Math.min(at.end, from + line.length) - start);
  return `  ${line}\n  ${' '.repeat(start - from)}${'^'.repeat(width)}`;
};

/** One problem as a sentence; `place` is where in the text, if it was a text. */
export const problemText = ({ path, say, in: place }: Problem, where?: { readonly line: number; readonly column: number }): string =>
  `${where ? `line ${where.line}, column ${where.column}: ` : ''}${pathText(path)}: ${say}${place ? `\n${arrow(place)}` : ''}`;
