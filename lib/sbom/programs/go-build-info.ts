import type { SoftwarePackage } from '../../core/sbom/index.ts';

/** What the linker of Go wrote into a program. */
export interface GoBuildInfo {
  /** `go1.26.8`, `devel go1.27-…`. */
  readonly version: string;
  /** Lines as `go version -m` prints them; empty where the program was not built from modules. */
  readonly modules: string;
}

interface Module {
  readonly path: string;
  readonly version: string;
}

const unknownVersion = '(devel)';
const isLocal = (path: string): boolean => path.startsWith('.') || path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path);

/** A replacement that is a folder has no version: the module keeps its name, and nobody knows which version it is. */
const replacedBy = (original: Module, replacement: Module): Module =>
  isLocal(replacement.path) ? { path: original.path, version: unknownVersion } : replacement;

/** Settings are `key=value`, where either may be quoted as in Go's source. */
const settingOf = (line: string): readonly [string, string] => {
  const match = /^("(?:[^"\\]|\\.)*"|[^=]*)=(.*)$/s.exec(line);
  const plain = (text: string): string => {
    if (!text.startsWith('"')) return text.startsWith('`') ? text.slice(1, -1) : text;
    try {
      return String(JSON.parse(text));
    } catch {
      return text.slice(1, -1);
    }
  };
  return [plain(match?.[1] ?? line), plain(match?.[2] ?? '')];
};

/** `-X main.version=1.2.3`: what builders hand to the linker. A variable named just so counts before `buildVersion` and its like. */
const flagged = /-X[ =]["']?([\w./~-]*\.(\w*version))=(v?\d+\.\d+(?:\.\d+)?(?:[-+][0-9A-Za-z.+-]+)?)(?=["'\s]|$)/gi;
/** The version that was given to variables of the program's own packages; those of its libraries say nothing of it. */
const linkedVersion = (flags: string, main: string): string | undefined => {
  const told = [...flags.matchAll(flagged)]
    .map(([, variable = '', name = '', version = '']) => ({ variable, name: name.toLowerCase(), version }))
    .filter(({ variable }) => variable.startsWith('main.') || variable.startsWith(`${main}.`) || variable.startsWith(`${main}/`));
  const [best] = [...told.filter(({ name }) => name === 'version'), ...told];
  if (!best) return undefined;
  return best.version.startsWith('v') ? best.version : `v${best.version}`;
};

/** As Go itself names a commit without a tag. */
const commitVersion = (settings: ReadonlyMap<string, string>): string | undefined => {
  const revision = settings.get('vcs.revision');
  const digits = settings.get('vcs.time')?.replace(/\D/g, '');
  return revision && /^[0-9a-f]{12,}$/.test(revision) && digits?.length === 14 ? `v0.0.0-${digits}-${revision.slice(0, 12)}` : undefined;
};

/** `1.26.8`, without the word and without experiments. */
const toolchainVersion = (version: string): string => /go(\d[^\s]*)/.exec(version)?.[1] ?? version;

const read = (modules: string): { main: Module | undefined; dependencies: Module[]; settings: Map<string, string> } => {
  let main: Module | undefined;
  const dependencies: Module[] = [];
  const settings = new Map<string, string>();
  let last = '';
  for (const line of modules.split('\n')) {
    const [word, path = '', version = ''] = line.split('\t');
    const named: Module = { path, version: version || unknownVersion };
    if (word === 'build') settings.set(...settingOf(line.slice('build\t'.length)));
    else if (word === 'mod' && path) main = named;
    else if (word === 'dep' && path) dependencies.push(named);
    else if (word === '=>' && last === 'mod' && main) main = replacedBy(main, named);
    else if (word === '=>' && last === 'dep') dependencies.push(replacedBy(dependencies.pop() as Module, named));
    last = word ?? '';
  }
  return { main, dependencies, settings };
};

/** The modules of a program, Go's own library among them as `stdlib`. */
export const packagesOfGo = ({ version, modules }: GoBuildInfo): SoftwarePackage[] => {
  const { main, dependencies, settings } = read(modules);
  const packages = new Map<string, SoftwarePackage>();
  const add = (found: Omit<SoftwarePackage, 'type'>): void => {
    const key = `${found.name}\t${found.version}`;
    if (found.name && !packages.has(key)) packages.set(key, { type: 'golang', ...found });
  };
  if (main) {
    const stated = main.version === unknownVersion ? linkedVersion(settings.get('-ldflags') ?? '', main.path) : undefined;
    const found = main.version === unknownVersion ? (stated ?? commitVersion(settings) ?? unknownVersion) : main.version;
    add({ name: main.path, version: found, main: true });
  }
  for (const { path, version: found } of dependencies) add({ name: path, version: found });
  add({ name: 'stdlib', version: toolchainVersion(version) });
  return [...packages.values()];
};
