import { type Document, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import { failed, type Result, succeed } from '../../../core/failure.ts';
import { UntrustedKubeconfig } from './schema.ts';

/** Bytes of a kubeconfig; what a secret may hold. */
const maxBytes = 64_000;
/** The command that makes a kubeconfig as it is wanted here. */
export const minify = '"kubectl config view --minify --flatten --raw"';

/** What can open a level within a line. Thousands of them keep the YAML parser busy for seconds. */
const opening = /[[{]|[-?]\s+(?=[-?]\s)/g;
const maxOpenings = 1_000;

const invalid = (say: string) => failed('kubeconfig-invalid', say);

/** Reads the text of somebody else's kubeconfig. Failures name places and never quote values, because secrets are among them. */
export const readUntrusted = (text: string): Result<UntrustedKubeconfig> => {
  if (Buffer.byteLength(text) > maxBytes)
    return invalid(`The kubeconfig is larger than ${maxBytes / 1_000} kB; ${minify} prints only what is needed.`);
  if ((text.match(opening)?.length ?? 0) > maxOpenings)
    return invalid(`The kubeconfig is nested too deeply to be one; ${minify} prints a good one.`);
  const plain = toPlain(text);
  if (!plain.ok) return plain;
  const parsed = UntrustedKubeconfig.safeParse(plain.value ?? {});
  return parsed.success ? succeed(parsed.data) : invalid(describeProblem(parsed.error.issues[0]));
};

const toPlain = (text: string): Result<unknown> => {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false, logLevel: 'error', resolveKnownTags: false, uniqueKeys: false });
  const [problem] = document.errors;
  if (problem !== undefined) {
    const { line, col } = lineCounter.linePos(problem.pos[0]);
    return invalid(`The kubeconfig is not valid YAML at line ${line}, column ${col}; correct it there.`);
  }
  const trap = findTrap(document);
  if (trap !== undefined) return invalid(trap);
  try {
    return succeed(document.toJS({ maxAliasCount: 0 }) as unknown);
  } catch {
    // tags and merge keys can stand where they have no meaning
    return invalid(`The kubeconfig uses YAML tags or merge keys (<<) that cannot be read; store what ${minify} prints.`);
  }
};

/**
 * What kubectl never writes, and what keeps whoever reads it busy: a few aliases can stand for gigabytes, lists and maps as keys are written out again and again, and the library compares every key with every
 * other one to find those that are there twice.
 */
const findTrap = (document: Document): string | undefined => {
  let trap: string | undefined;
  const stop = (say: string) => {
    trap = say;
    return visit.BREAK;
  };
  visit(document, {
    Alias: () => stop('The kubeconfig uses YAML aliases (*name), which are not read; write the values out.'),
    Map: (_, { items }) => {
      const keys = items.map(({ key }) => (isScalar(key) ? String(key.value) : undefined));
      if (keys.includes(undefined)) return stop(`The kubeconfig has a key that is no word; store what ${minify} prints.`);
      if (new Set(keys).size < keys.length) return stop(`The kubeconfig has a field twice in one place; store what ${minify} prints.`);
      return undefined;
    },
  });
  return trap;
};

const describeProblem = (problem: z.core.$ZodIssue | undefined): string => {
  const where =
    problem === undefined || problem.path.length === 0 ? 'The kubeconfig' : `The field ${problem.path.join('.')} of the kubeconfig`;
  if (problem?.code === 'unrecognized_keys') {
    // a key that looks like no field could be a value that slipped
    const name = problem.keys.find((key) => /^[A-Za-z-]{1,40}$/.test(key));
    return `${where} has a field${name === undefined ? '' : ` "${name}"`} that kubectl does not know; remove it.`;
  }
  const expected = problem?.code === 'invalid_type' ? ` (it should be of type ${problem.expected})` : '';
  return `${where} is wrong${expected}; correct it, or store what ${minify} prints.`;
};
