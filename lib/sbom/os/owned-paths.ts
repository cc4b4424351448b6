/** Files by which packages of a language are recognised, beside programs: whoever owns one of these owns that package. */
const manifestNames = new Set([
  'METADATA',
  'PKG-INFO',
  'package.json',
  'package-lock.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'Gemfile.lock',
  'Cargo.lock',
  'composer.lock',
  'installed.json',
  'poetry.lock',
  'Pipfile.lock',
  'packages.lock.json',
  'go.mod',
]);
const manifestEnding = /\.(egg-info|jar|war|ear|par|sar|nar|jpi|hpi|gemspec|deps\.json)$/;
const programFolder = /(^|\/)(bin|sbin|libexec)\/[^/]+$/;
/** Programs that packages keep outside `bin`: plug-ins, helpers, tool chains. They have no ending, which tells them from libraries and data. */
const programElsewhere = /^(usr\/)?(local\/)?(lib|lib32|lib64|libexec|opt)\/(.*\/)?[^./]+$/;
/** Folders that distributions have merged into `usr`. Databases still name the old ones, layers the new ones. */
const merged = /^(bin|sbin|lib|lib32|lib64)\//;

/**
 * Whether another cataloger may find a package in this file, so that its owner is worth keeping. Databases that know
 * no permission bits leave `executable` out.
 */
function isWorthOwning(path: string, executable = true): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (manifestNames.has(name) || manifestEnding.test(name)) return true;
  return executable && (programFolder.test(path) || programElsewhere.test(path));
}

/** The paths in an image under which a file of a database may be met: without a leading slash, and in `usr` where folders were merged. */
function pathsInImage(path: string): string[] {
  const plain = path.replace(/^\.?\/+/, '');
  return merged.test(plain) ? [plain, `usr/${plain}`] : [plain];
}

const longestPath = 4096;
/** All paths that one database names, as characters: whole distributions stay below. */
const mostCharacters = 256 << 20;
/** Those of them that are kept. */
const mostKept = 32 << 20;

/** The files that packages own, as far as they are worth keeping, while a database is read. */
export class OwnedPaths {
  private readonly byPackage = new Map<string, Set<string>>();
  private characters = 0;
  private kept = 0;

  /** Takes a file in a folder; without `executable` where the database has no permission bits. */
  add(owner: string, folder: string, name: string, executable?: boolean): void {
    this.characters += folder.length + name.length;
    if (this.isFull || folder.length + name.length > longestPath) return;
    for (const path of pathsInImage(folder + name)) {
      if (!isWorthOwning(path, executable)) continue;
      this.kept += path.length;
      const paths = this.byPackage.get(owner) ?? new Set();
      this.byPackage.set(owner, paths.add(path));
    }
  }

  /** Whether there were more files than any system has; then nothing more is taken. */
  get isFull(): boolean {
    return this.characters > mostCharacters || this.kept > mostKept;
  }

  /** As a cataloger hands it on: nothing where no file is worth it. */
  findings(): { owned?: { package: string; paths: string[] }[] } {
    const owned = [...this.byPackage].map(([owner, paths]) => ({ package: owner, paths: [...paths].sort() }));
    return owned.length > 0 ? { owned } : {};
  }
}
