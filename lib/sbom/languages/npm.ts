import type { FileCataloger, FileFindings } from '../cataloger.ts';
import { fieldsOf, jsonOf, listOf, wordsOf } from './json.ts';
import { packageOf } from './package-of.ts';

const packageName = String.raw`(?:@[^/.][^/]*\/)?[^/.@][^/]*`;
/** `.pnpm/NAME@VERSION/node_modules` and `.store/…`: where package managers keep what they link. */
const store = String.raw`(?:\.pnpm|\.store|\.bun)\/[^/]+\/node_modules\/`;
/**
 * A package as managers lay it out: each in a `node_modules` that is the first of the path, or lies right in another package. What packages
 * carry elsewhere, among their tests and their builds, is none. Debian has a folder of its own.
 */
const installed = new RegExp(
  String.raw`^\/?(?:node_modules|share\/nodejs)\/(?:${store})?${packageName}(?:\/node_modules\/(?:${store})?${packageName})*\/package\.json$`,
);
/** Folders of an application whose manifests describe examples. */
const example = /(?:^|\/)(?:tests?|__tests__|specs?|fixtures?|__fixtures__|testdata|examples?|templates?)\//;

/** The path from its first `node_modules` on; empty where it has none. */
const fromFirst = (path: string): string => {
  const at = /(?:^|\/)(?:node_modules|share\/nodejs)\//.exec(path)?.index;
  return at === undefined ? '' : path.slice(at);
};
const isInstalled = (path: string): boolean => installed.test(fromFirst(path));
const isManifest = (path: string): boolean => path === 'package.json' || path.endsWith('/package.json');

/** `"MIT"`, `{ "type": "MIT" }`, and lists of either. */
const licencesOf = (value: unknown): (string | undefined)[] =>
  Array.isArray(value)
    ? value.slice(0, 100).map((one: unknown) => wordsOf(one) ?? wordsOf(fieldsOf(one).type))
    : [wordsOf(value) ?? wordsOf(fieldsOf(value).type)];

function read(path: string, bytes: Uint8Array): FileFindings | undefined {
  const json = jsonOf(bytes);
  const isOfApplication = !isInstalled(path);
  // an application's own manifest says nothing that is needed: it need not be good
  if ('unreadable' in json) return isOfApplication ? undefined : json;
  const fields = fieldsOf(json.value);
  const author = wordsOf(fields.author) ?? wordsOf(fieldsOf(fields.author).name);
  const found = packageOf('npm', wordsOf(fields.name), wordsOf(fields.version), {
    licences: [...licencesOf(fields.license), ...licencesOf(listOf(fields.licenses))],
    supplier: author,
    main: isOfApplication,
  });
  return found && { packages: [found] };
}

/** Packages that lie installed in `node_modules`, and applications by their own manifest, as `main`. Lock files say what could be installed, and are not read. */
export const npmPackages: FileCataloger = {
  id: 'npm',
  mostBytes: 4 << 20,
  wants: ({ path }) => isManifest(path) && (isInstalled(path) || (fromFirst(path) === '' && !example.test(path))),
  read: ({ path }, bytes) => read(path, bytes),
};
