import manifest from '../../package.json' with { type: 'json' };
import { readText } from '../adapters/local/files.ts';
import { layerFolder, userCacheFolder } from '../adapters/local/layer-folder.ts';
import { type Archive, createRegistrySource, fullName, openArchive, parseReference } from '../adapters/oci/index.ts';
import { failed, type Result, succeed } from '../core/failure.ts';
import type { ImageSource, OpenedImage } from '../ports/image-source.ts';
import type { LayerCache } from '../ports/layer-cache.ts';
import type { ImageTools } from '../scanners/sbom/index.ts';
import { readVex, type VexStatement } from '../vulnerabilities/index.ts';
import { inventoryImage } from '../workflows/inventory-image.ts';
import { storedVulnerabilities } from '../workflows/stored-vulnerabilities.ts';
import type { SbomScanFlags } from './sbom-scan-options.ts';
import type { Terminal } from './terminal.ts';
import { openVulnerabilityStore } from './vulnerabilities.ts';

/** What every file of an option says, or why one of them cannot be used. */
const readEach = async <T>(paths: readonly string[] = [], read: (path: string) => Promise<Result<T>>): Promise<Result<readonly T[]>> => {
  const all: T[] = [];
  for (const path of paths) {
    const one = await read(path);
    if (!one.ok) return one;
    all.push(one.value);
  }
  return succeed(all);
};

const readVexFile = async (path: string): Promise<Result<readonly VexStatement[]>> => {
  const text = await readText(path, 'the VEX document');
  return text.ok ? readVex(text.value) : text;
};

/** An image that was found in an archive by one of its names; `undefined` where no archive has it. */
const inArchives = async (
  archives: readonly Archive[],
  references: readonly string[],
  request: Parameters<ImageSource['open']>[0],
): Promise<OpenedImage | undefined> => {
  for (const archive of archives)
    for (const reference of references) {
      const opened = await archive.open({ ...request, reference });
      if (opened.ok) return opened.value;
    }
  return undefined;
};

const layersOf = ({ layerCache }: SbomScanFlags, { env }: Terminal): LayerCache => {
  const folder = layerCache ?? userCacheFolder(env);
  return folder === undefined ? { get: async () => undefined, put: async () => succeed(undefined) } : layerFolder(folder);
};

/** What an SBOM scan uses beside the cluster, as the command line names it. */
export const openImageTools = async (
  flags: SbomScanFlags,
  terminal: Terminal,
): Promise<Result<{ readonly tools: ImageTools; close(): void }>> => {
  const { authFile, caFile, insecureRegistry = [], imageArchive, vulnerabilities, vex } = flags;
  const authFiles = await readEach(authFile, (path) => readText(path, 'the auth file'));
  if (!authFiles.ok) return authFiles;
  const ca = caFile === undefined ? succeed(undefined) : await readText(caFile, 'the certificate authority');
  if (!ca.ok) return ca;
  const archives = await readEach(imageArchive, openArchive);
  if (!archives.ok) return archives;
  const statements = await readEach(vex, readVexFile);
  if (!statements.ok) return statements;
  const store = await openVulnerabilityStore(vulnerabilities, terminal);
  if (!store.ok) return store;
  const known = await storedVulnerabilities(store.value);
  if (!known.ok) return known;
  if (known.value.advisories.size === 0)
    return failed(
      'not-found',
      'No advisories are stored, so nothing could be said of vulnerabilities; fetch them with `gatehouse vulnerabilities update`, or name their folder with --vulnerabilities.',
    );
  const registries = createRegistrySource({
    authFiles: authFiles.value,
    insecureRegistries: insecureRegistry,
    env: terminal.env,
    userAgent: `gatehouse/${manifest.version}`,
    ...(ca.value === undefined ? {} : { ca: ca.value }),
  });
  const layers = layersOf(flags, terminal);
  const tools: ImageTools = {
    nameOf: (reference) => {
      const read = parseReference(reference);
      if (!read.ok) return read;
      const { tag, digest } = read.value;
      return succeed({ repository: fullName(read.value), tag, digest });
    },
    inventory: async ({ names, ...request }) => {
      const { signal } = request;
      const found = await inArchives(archives.value, [request.reference, ...names], request);
      const source = found ? { open: async () => succeed(found) } : registries;
      return inventoryImage({ source, request, layers, signal });
    },
    vulnerabilities: async () => succeed({ ...known.value, vex: statements.value.flat() }),
  };
  return succeed({ tools, close: registries.close });
};
