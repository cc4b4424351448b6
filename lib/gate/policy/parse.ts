import { type Document, isMap, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { type Failure, failed, type Result, succeed } from '../../core/failure.ts';
import { examinePolicy } from './compile.ts';
import { GatePolicy } from './policy.ts';
import { type Problem, problemText } from './problem.ts';

/** More than any policy needs, and little enough to read at once. */
const longestText = 200_000;

/** The nearest node of the document to a path, so that a complaint has a line even when the field itself is missing. */
const nodeAt = (root: unknown, path: readonly PropertyKey[]): Node | undefined => {
  let node = root as Node | undefined;
  for (const step of path) {
    const next = isMap(node)
      ? node.items.find((pair) => isPair(pair) && isScalar(pair.key) && pair.key.value === step)?.value
      : isSeq(node)
        ? node.items[Number(step)]
        : undefined;
    if (!next) break;
    node = next as Node;
  }
  return node;
};

/** Where in the text a place of a value is: quotes, indentation and line breaks that YAML takes away are stepped over. */
const offsetIn = (text: string, node: Node, value: string, place: number): number => {
  const [start, end] = node.range ?? [0, 0];
  let at = start;
  // a block begins on the line after its mark
  if (/[|>]/.test(text[at] ?? '')) at = text.indexOf('\n', at) + 1;
  for (let done = 0; at < end; done++) {
    const wanted = value[done];
    const isSpace = wanted === ' ' || wanted === '\n';
    while (at < end && !(isSpace ? /\s/.test(text[at] as string) : text[at] === wanted)) at++;
    if (done >= place || wanted === undefined) break;
    at++;
  }
  return Math.min(at, end);
};

const placer = (text: string, document: Document, lines: LineCounter) => (problem: Problem) => {
  const node = nodeAt(document.contents, problem.path);
  if (!node?.range) return { line: 1, column: 1 };
  const offset = problem.in && isScalar(node) ? offsetIn(text, node, problem.in.source, problem.in.at.start) : node.range[0];
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
};

const shapeProblems = (
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string; readonly code?: string | undefined }[],
): readonly Problem[] =>
  issues.map(({ path, message }) => ({ path, say: message.endsWith('received undefined') ? 'is missing' : message }));

const placeText = ({ line, column }: { readonly line: number; readonly column: number }): string => `line ${line}, column ${column}`;
const notValid = (say: string, errors: NonNullable<Failure['errors']>) =>
  ({ ok: false, failure: { code: 'input-invalid', say, errors } }) as const;

/** Reads a policy of YAML or JSON. A failure names every problem: path, line, column, and in an expression the place with an arrow. */
export const parsePolicy = (text: string, ids?: readonly string[]): Result<GatePolicy> => {
  if (text.length > longestText) return failed('input-invalid', `The policy is longer than ${longestText} characters; split it up.`);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [broken] = document.errors;
  if (broken) {
    const { line, col } = lines.linePos(broken.pos[0]);
    const message = `${broken.message.split('\n')[0]?.replace(/ at line .*$/, '')}.`;
    const at = placeText({ line, column: col });
    return notValid(`The policy is not valid YAML: ${at}: ${message}`, [{ at, message }]);
  }
  let plain: unknown;
  try {
    plain = document.toJS({ maxAliasCount: 20 });
  } catch {
    return failed('input-invalid', 'The policy is not valid: it repeats too much of itself by aliases; write it out.');
  }
  const shape = GatePolicy.safeParse(plain);
  const problems = shape.success ? examinePolicy(shape.data, ids).problems : shapeProblems(shape.error.issues);
  if (shape.success && problems.length === 0) return succeed(shape.data);
  const place = placer(text, document, lines);
  return notValid(
    `The policy is not valid:\n${problems.map((problem) => problemText(problem, place(problem))).join('\n')}`,
    problems.map((problem) => ({ at: placeText(place(problem)), message: problemText(problem) })),
  );
};
