import type { OperatingSystem } from '../../core/sbom/index.ts';
import type { FileCataloger, FileFindings } from '../cataloger.ts';
import { linesOf, notText, textOf } from './text.ts';

const paths = new Set(['etc/os-release', 'usr/lib/os-release']);
const assignment = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/;

/** A value as os-release(5) quotes it: like a shell, but nothing is expanded. */
function unquote(raw: string): string {
  const quote = raw[0];
  if (quote === "'") return raw.replace(/^'([^']*)'?.*$/s, '$1');
  if (quote !== '"') return raw.replace(/\\(.)/g, '$1');
  const inner = /^"((?:[^"\\]|\\.)*)/s.exec(raw)?.[1] ?? '';
  return inner.replace(/\\(["\\$`])/g, '$1');
}

/** The assignments of the file; the last of a name counts, as in a shell. Lines that are none are left out, as the manual asks. */
function assignments(text: string): Map<string, string> {
  const values = new Map<string, string>();
  for (const line of linesOf(text)) {
    const [, name, raw] = assignment.exec(line.trim()) ?? [];
    if (name !== undefined && raw !== undefined) values.set(name, unquote(raw));
  }
  return values;
}

function read(bytes: Uint8Array): FileFindings | undefined {
  const text = textOf(bytes);
  if (text === undefined) return notText;
  if (text.trim() === '') return undefined;
  const values = assignments(text);
  if (values.size === 0) return { unreadable: 'it assigns nothing, as os-release should' };
  const given = (name: string): string | undefined => values.get(name) || undefined;
  const versionId = given('VERSION_ID');
  const like = given('ID_LIKE')
    ?.split(/\s+/)
    .filter((id) => id !== '');
  const name = given('PRETTY_NAME') ?? given('NAME');
  const codename = given('VERSION_CODENAME');
  const os: OperatingSystem = {
    id: given('ID') ?? 'linux',
    ...(versionId !== undefined && { versionId }),
    ...(like !== undefined && like.length > 0 && { like }),
    ...(name !== undefined && { name }),
    ...(codename !== undefined && { codename }),
  };
  return { os };
}

/** What the image says it is: os-release(5). */
export const osRelease: FileCataloger = {
  id: 'os-release',
  mostBytes: 1 << 20,
  wants: (head) => paths.has(head.path),
  read: (_head, bytes) => read(bytes),
};
