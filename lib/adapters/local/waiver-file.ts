import { isMap, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { failed, type Result, succeed } from '../../core/failure.ts';
import { type Waiver, WaiverFile } from '../../reports/waiver.ts';
import { readText } from './files.ts';

type Path = readonly PropertyKey[];

/** The nearest node of the YAML document to a path, so that a complaint has a line even when the field itself is missing. */
const nearest = (root: unknown, path: Path): Node | undefined => {
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

/** The text of a waiver file as waivers; every complaint names file, line and field. `path` is only for the sentences. */
export const parseWaivers = (text: string, path: string): Result<readonly Waiver[]> => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [broken] = document.errors;
  if (broken) {
    const { line, col } = lines.linePos(broken.pos[0]);
    return failed(
      'input-invalid',
      `${path}:${line}:${col}: not valid YAML: ${broken.message.split('\n')[0]?.replace(/ at line .*$/, '')}.`,
    );
  }
  const parsed = WaiverFile.safeParse(document.toJS());
  if (parsed.success) return succeed(parsed.data.waivers);
  const complaints = parsed.error.issues.map((issue) => {
    const where = nearest(document.contents, issue.path)?.range?.[0] ?? 0;
    const isMissing = issue.code === 'invalid_type' && issue.message.endsWith('received undefined');
    const unknownKeys = issue.code === 'unrecognized_keys' ? ` (known fields: see docs/waivers.md)` : '';
    return `${path}:${lines.linePos(where).line}: ${issue.path.join('.') || 'file'}: ${isMissing ? 'is missing' : issue.message}${unknownKeys}`;
  });
  return failed('input-invalid', `The waiver file is not valid: ${complaints.join('; ')}.`);
};

/** Reads a waiver file. */
export const readWaivers = async (path: string): Promise<Result<readonly Waiver[]>> => {
  const text = await readText(path, 'the waiver file');
  return text.ok ? parseWaivers(text.value, path) : text;
};
