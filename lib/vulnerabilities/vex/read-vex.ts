import { z } from 'zod';
import { failed, type Result, succeed } from '../../core/failure.ts';
import { CycloneDxVex, statementsOfCycloneDx } from './cyclonedx-vex.ts';
import { OpenVex, statementsOfOpenVex } from './open-vex.ts';
import type { VexStatement } from './statement.ts';

const unreadable = (why: string) =>
  failed('input-invalid', `The VEX document cannot be read: ${why}. Give OpenVEX 0.2.0 or CycloneDX JSON with "vulnerabilities".`);

const read = <T>(
  schema: z.ZodType<T>,
  document: unknown,
  statementsOf: (document: T) => readonly VexStatement[],
): Result<readonly VexStatement[]> => {
  const parsed = schema.safeParse(document);
  if (parsed.success) return succeed(statementsOf(parsed.data));
  const [first] = parsed.error.issues;
  return unreadable(first ? `${z.core.toDotPath(first.path) || 'the document'}: ${first.message}` : 'unknown shape');
};

/** Reads the statements of an OpenVEX or a CycloneDX document. All or nothing: a statement misread is worse than one not read. */
export const readVex = (text: string): Result<readonly VexStatement[]> => {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return unreadable('it is no JSON');
  }
  if (typeof document !== 'object' || document === null) return unreadable('it is no object');
  if ('bomFormat' in document) return read(CycloneDxVex, document, statementsOfCycloneDx);
  return '@context' in document ? read(OpenVex, document, statementsOfOpenVex) : unreadable('it is neither of the two formats');
};
