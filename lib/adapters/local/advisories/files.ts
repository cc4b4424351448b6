import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { failed, type Result, succeed } from '../../../core/failure.ts';
import type { AdvisoryCollection, AdvisoryText } from '../../../ports/advisory-source.ts';
import { fileTrouble } from '../files.ts';
import { filesInZip } from './zip.ts';

const isAdvisory = (name: string): boolean => /\.(?:json|ya?ml)$/i.test(name);
const isZip = (name: string): boolean => /\.zip$/i.test(name);

/** Every advisory of a file: one document, or a list of them. YAML becomes JSON; what is neither goes on as it is, and is counted as unreadable by its reader. */
function* textsOf(name: string, text: string): Generator<AdvisoryText> {
  const isYaml = /\.ya?ml$/i.test(name);
  if (!isYaml && !/^\s*\[/.test(text)) return yield { name, text };
  let document: unknown;
  try {
    document = isYaml ? parse(text) : JSON.parse(text);
  } catch {
    return yield { name, text };
  }
  if (!Array.isArray(document)) return yield { name, text: JSON.stringify(document) };
  for (const [at, one] of document.entries()) yield { name: `${name}, entry ${at + 1}`, text: JSON.stringify(one) };
}

async function* textsUnder(path: string, shown: string, signal: AbortSignal): AsyncGenerator<AdvisoryText> {
  if (signal.aborted) return;
  const about = await stat(path);
  if (about.isDirectory()) {
    for (const name of (await readdir(path)).toSorted()) yield* textsUnder(join(path, name), `${shown}/${name}`, signal);
  } else if (isZip(path)) {
    for await (const { name, text } of filesInZip(path, isAdvisory)) {
      if (signal.aborted) return;
      yield* textsOf(`${shown}: ${name}`, text);
    }
  } else if (isAdvisory(path)) yield* textsOf(shown, await readFile(path, 'utf8'));
}

/** The advisories in a folder, a zip, or one file: JSON and YAML, and the zips in the folder. */
export const advisoryFiles = (path: string, dataDate?: string): AdvisoryCollection => ({
  name: basename(path),
  ...(dataDate === undefined ? {} : { dataDate }),
  async *texts(signal) {
    try {
      yield* textsUnder(path, basename(path), signal);
    } catch (error) {
      throw new Error(`${basename(path)} cannot be read: ${fileTrouble(error)}.`, { cause: error });
    }
  },
});

/** The same, for a path that a user named. */
export const openAdvisoryFiles = async (path: string): Promise<Result<AdvisoryCollection>> => {
  try {
    const about = await stat(path);
    return about.isDirectory() || isZip(path) || isAdvisory(path)
      ? succeed(advisoryFiles(path))
      : failed('input-invalid', `${path} is no folder, and no zip, JSON or YAML file; name advisories in the OSV format.`);
  } catch (error) {
    return failed('input-invalid', `Cannot read the advisories ${path}: ${fileTrouble(error)}.`);
  }
};
