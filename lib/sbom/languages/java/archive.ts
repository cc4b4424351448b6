import type { SoftwarePackage } from '../../../core/sbom/index.ts';
import { packageOf } from '../package-of.ts';
import { type Artifact, identify } from './identity.ts';
import { KnownFolders } from './known-groups.ts';
import { manifestOf, propertiesOf } from './properties.ts';
import { type ZipEntry, ZipTrouble, zipBytes, zipEntries } from './zip.ts';

/** Files that are archives of Java: libraries, applications, plug-ins. */
export const archiveName = /\.(jar|war|ear|par|sar|nar|jpi|hpi)$/i;
const mavenNote = /^META-INF\/maven\/[^/]+\/[^/]+\/pom\.properties$/;
const manifestName = /^META-INF\/MANIFEST\.MF$/i;

/** What one file may cost, with all that is nested in it. */
export interface ArchiveLimits {
  readonly mostEntries: number;
  readonly mostUnpackedBytes: number;
  readonly deepest: number;
  readonly mostPackages: number;
}
export const archiveLimits: ArchiveLimits = { mostEntries: 1_000_000, mostUnpackedBytes: 512 << 20, deepest: 4, mostPackages: 20_000 };
/** Manifests and notes of Maven; with signatures of thousands of classes a manifest grows large. */
const mostNoteBytes = 8 << 20;

interface Contents {
  readonly manifest: ZipEntry | undefined;
  readonly notes: readonly ZipEntry[];
  readonly nested: readonly ZipEntry[];
  readonly folders: KnownFolders;
}

/** Reads an archive and those in it; what was found counts even when another part cannot be read. */
export class ArchiveReader {
  readonly packages: SoftwarePackage[] = [];
  /** The first thing that could not be read. */
  trouble: string | undefined;
  readonly #limits: ArchiveLimits;
  readonly #known = new Set<string>();
  #entries = 0;
  #unpacked = 0;

  constructor(limits: ArchiveLimits = archiveLimits) {
    this.#limits = limits;
  }

  read(name: string, bytes: Buffer, depth = 0): void {
    if (bytes.length === 0 || this.#isFull) return;
    try {
      const contents = this.#contents(bytes);
      this.#name(name, bytes, contents);
      for (const entry of contents.nested) this.#nested(bytes, entry, depth);
    } catch (error) {
      if (!(error instanceof ZipTrouble)) throw error;
      this.trouble ??= depth === 0 ? error.message : `of an archive in it: ${error.message}`;
    }
  }

  get #isFull(): boolean {
    return (
      this.#entries > this.#limits.mostEntries ||
      this.#unpacked > this.#limits.mostUnpackedBytes ||
      this.packages.length > this.#limits.mostPackages
    );
  }

  #contents(bytes: Buffer): Contents {
    const notes: ZipEntry[] = [];
    const nested: ZipEntry[] = [];
    const folders = new KnownFolders();
    let manifest: ZipEntry | undefined;
    for (const entry of zipEntries(bytes)) {
      this.#entries += 1;
      if (this.#entries > this.#limits.mostEntries) throw new ZipTrouble(`it holds more than ${this.#limits.mostEntries} files`);
      if (manifestName.test(entry.name)) manifest ??= entry;
      else if (mavenNote.test(entry.name)) notes.push(entry);
      else if (archiveName.test(entry.name)) nested.push(entry);
      else folders.see(entry.name);
    }
    return { manifest, notes, nested, folders };
  }

  #bytes(archive: Buffer, entry: ZipEntry, most: number): Buffer {
    // counted before: what lies about its size has cost its time as well; what is stored as it is takes no memory, but is read again
    this.#unpacked += Math.max(entry.size, entry.packedSize);
    if (this.#unpacked > this.#limits.mostUnpackedBytes) throw new ZipTrouble('what is nested in it unpacks to more than is read');
    return zipBytes(archive, entry, most);
  }

  #name(name: string, bytes: Buffer, { manifest: entry, notes, folders }: Contents): void {
    const base = name.slice(name.lastIndexOf('/') + 1).replace(archiveName, '');
    const text = entry === undefined ? '' : this.#bytes(bytes, entry, mostNoteBytes).toString();
    const manifest = manifestOf(text);
    const told = notes.flatMap((note) => this.#noted(this.#bytes(bytes, note, mostNoteBytes).toString()));
    const own = told.find(({ artifact }) => base === artifact || base.startsWith(`${artifact}-`));
    const itself = own ?? identify(base, manifest, folders);
    const licences = manifest
      .get('bundle-license')
      ?.split(',')
      .map((one) => one.split(';', 1)[0]);
    for (const one of told) if (one !== own) this.#keep(one);
    // a library that was renamed is known by its notes: a name that was given to the file is none of a package
    if (itself !== undefined && (own !== undefined || told.length === 0 || itself.group !== undefined)) this.#keep(itself, licences);
  }

  #noted(text: string): Artifact[] {
    const values = propertiesOf(text);
    const [group, artifact, version] = ['groupId', 'artifactId', 'version'].map((key) => values.get(key) ?? '');
    return group && artifact && version && !`${group}${artifact}${version}`.includes('${') ? [{ group, artifact, version }] : [];
  }

  #keep({ group, artifact, version }: Artifact, licences: readonly (string | undefined)[] = []): void {
    const found = packageOf('maven', group === undefined ? artifact : `${group}:${artifact}`, version, { licences });
    if (found === undefined || this.#known.has(`${found.name} ${version}`)) return;
    this.#known.add(`${found.name} ${version}`);
    this.packages.push(found);
    if (this.packages.length > this.#limits.mostPackages) throw new ZipTrouble(`it names more than ${this.#limits.mostPackages} packages`);
  }

  #nested(archive: Buffer, entry: ZipEntry, depth: number): void {
    if (depth >= this.#limits.deepest) throw new ZipTrouble('archives are nested in it deeper than is read');
    this.read(entry.name, this.#bytes(archive, entry, this.#limits.mostUnpackedBytes), depth + 1);
  }
}
