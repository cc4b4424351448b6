import type { SoftwarePackage } from '../../core/sbom/index.ts';
import type { FileCataloger, FileFindings } from '../cataloger.ts';
import { excess, tooManyFiles } from './limits.ts';
import { OwnedPaths } from './owned-paths.ts';
import { linesOf, notText, textOf } from './text.ts';

/** Version 3 of apk moved its database with the rest of `lib`. */
const paths = new Set(['lib/apk/db/installed', 'usr/lib/apk/db/installed']);

/** `a:0:0:755` after a file: owner, group, permission bits; files without it may be read only. */
const isExecutable = (value: string): boolean => (Number.parseInt(value.split(':', 3)[2] ?? '', 8) & 0o111) !== 0;

function packageOf(fields: ReadonlyMap<string, string>): SoftwarePackage | undefined {
  const name = fields.get('P');
  const version = fields.get('V');
  if (!name || !version) return undefined;
  const architecture = fields.get('A');
  const licence = fields.get('L');
  const supplier = fields.get('m');
  return {
    type: 'apk',
    name,
    version,
    // all packages of one build have its version
    source: { name: fields.get('o') || name, version },
    ...(architecture && { architecture }),
    ...(licence && { licenses: [licence] }),
    ...(supplier && { supplier }),
  };
}

/** The database while its lines are read: what is known of the package that they are about. */
class Reading {
  readonly packages: SoftwarePackage[] = [];
  readonly owned = new OwnedPaths();
  private fields = new Map<string, string>();
  private folder = '';
  private isBegun = false;
  private file: string | undefined;

  /** Whether the line belongs to an entry. */
  take(line: string): boolean {
    const key = line.charAt(0);
    const value = line.slice(2);
    if (line[1] !== ':') return false;
    this.isBegun = true;
    if (key === 'a') this.endFile(isExecutable(value));
    else if (key === 'R' || key === 'F') {
      this.endFile(false);
      if (key === 'R') this.file = value;
      else this.folder = value === '' ? '' : `${value}/`;
    } else if (!this.fields.has(key)) this.fields.set(key, value);
    return true;
  }

  /** Ends an entry; false if its lines describe no package. */
  end(): boolean {
    this.endFile(false);
    if (!this.isBegun) return true;
    this.isBegun = false;
    const found = packageOf(this.fields);
    this.fields = new Map();
    this.folder = '';
    // `apk add --virtual` names a set of packages with a dot: nothing is in it
    if (found !== undefined && !found.name.startsWith('.')) this.packages.push(found);
    return found !== undefined;
  }

  private endFile(executable: boolean): void {
    const owner = this.fields.get('P');
    if (owner !== undefined && this.file !== undefined) this.owned.add(owner, this.folder, this.file, executable);
    this.file = undefined;
  }
}

function read(bytes: Uint8Array): FileFindings | undefined {
  const text = textOf(bytes);
  if (text === undefined) return notText;
  const reading = new Reading();
  let number = 0;
  for (const line of linesOf(text)) {
    number++;
    const isGood = line === '' ? reading.end() : reading.take(line);
    if (!isGood) return { unreadable: `line ${number} is none of an apk database, or ends an entry without name or version` };
    if (reading.owned.isFull) return tooManyFiles;
    const tooMuch = line === '' ? excess(reading.packages.length, reading.packages.at(-1)) : undefined;
    if (tooMuch !== undefined) return tooMuch;
  }
  if (!reading.end()) return { unreadable: 'its last entry has no name or no version; it may be cut' };
  const tooMuch = excess(reading.packages.length, reading.packages.at(-1));
  if (tooMuch !== undefined) return tooMuch;
  return reading.packages.length === 0 ? undefined : { packages: reading.packages, ...reading.owned.findings() };
}

/** The installed packages of Alpine and its kin. */
export const apkInstalled: FileCataloger = {
  id: 'apk',
  mostBytes: 32 << 20,
  wants: ({ path }) => paths.has(path),
  read: (_head, bytes) => read(bytes),
};
