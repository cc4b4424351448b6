import type { FileCataloger, FileFindings } from '../cataloger.ts';
import { linesOf, notText, textOf } from '../os/text.ts';
import { packageOf } from './package-of.ts';

/** Wheels leave `METADATA`; setup.py a folder or a single file `egg-info`; eggs an `EGG-INFO`. */
const metadata = /(?:^|\/)(?:[^/]+\.dist-info\/METADATA|[^/]+\.egg-info\/PKG-INFO|EGG-INFO\/PKG-INFO|[^/]+\.egg-info)$/;
/** Headers longer than this describe nothing real; the description comes after them. */
const mostHeaderBytes = 256 << 10;
const mostValues = 1000;

const wantedHeaders = new Set(['name', 'version', 'license', 'license-expression', 'classifier', 'author', 'author-email']);

/** The bytes before the first empty line: what follows is the description, which may hold anything. */
function headerBytes(bytes: Uint8Array): Uint8Array {
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) {
    const next = bytes[at + 1];
    if (next === 10 || (next === 13 && bytes[at + 2] === 10)) return bytes.subarray(0, at + 1);
    if (at > mostHeaderBytes) break;
  }
  return bytes;
}

/** The headers that are wanted, by lower-case name; a value that goes on in further lines keeps its line breaks. */
function headersOf(text: string): Map<string, string[]> {
  const headers = new Map<string, string[]>();
  let values: string[] | undefined;
  for (const line of linesOf(text)) {
    if (/^[ \t]/.test(line)) {
      const last = values?.pop();
      if (last !== undefined) values?.push(`${last}\n${line.trim()}`);
      continue;
    }
    const at = line.indexOf(':');
    const key = line.slice(0, Math.max(at, 0)).toLowerCase();
    values = undefined;
    if (!wantedHeaders.has(key)) continue;
    values = headers.get(key) ?? [];
    if (values.length < mostValues) values.push(line.slice(at + 1).trim());
    headers.set(key, values);
  }
  return headers;
}

/** PEP 639 asks for an expression; before it, the field held names or whole texts, and classifiers the rest. */
function licencesOf(headers: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const expression = headers.get('license-expression')?.[0];
  if (expression) return [expression];
  const field = headers.get('license')?.[0] ?? '';
  if (field !== '' && field.length <= 100 && !field.includes('\n') && field.toUpperCase() !== 'UNKNOWN') return [field];
  const classifiers = headers.get('classifier') ?? [];
  return classifiers
    .filter((one) => one.startsWith('License ::'))
    .map((one) => one.slice(one.lastIndexOf('::') + 2).trim())
    .filter((one) => one !== 'OSI Approved');
}

/** As PEP 503 has it: one package is written `Ruamel.YAML`, `ruamel_yaml` and `ruamel-yaml`. */
const normalised = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '-');

function read(bytes: Uint8Array): FileFindings {
  const header = headerBytes(bytes);
  if (header.length > mostHeaderBytes) return { unreadable: 'its headers are longer than those of any package' };
  const text = textOf(header);
  if (text === undefined) return notText;
  const headers = headersOf(text);
  const found = packageOf('pypi', normalised(headers.get('name')?.[0] ?? ''), headers.get('version')?.[0], {
    licences: licencesOf(headers),
    supplier: headers.get('author')?.[0] || headers.get('author-email')?.[0],
  });
  return found ? { packages: [found] } : { unreadable: 'it has no name or no version; it may be cut' };
}

/** Installed Python packages, under the name by which PyPI knows them (PEP 503), whatever the metadata writes. */
export const pythonPackages: FileCataloger = {
  id: 'python',
  mostBytes: 16 << 20,
  wants: ({ path }) => metadata.test(path),
  read: (_head, bytes) => read(bytes),
};
