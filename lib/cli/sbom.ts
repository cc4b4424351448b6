import manifest from '../../package.json' with { type: 'json' };
import { writeWhole } from '../adapters/local/files.ts';
import { layerFolder, userCacheFolder } from '../adapters/local/layer-folder.ts';
import { failed, succeed } from '../core/failure.ts';
import type { ImageInventory } from '../core/sbom/index.ts';
import { writeTime } from '../core/time.ts';
import type { LayerCache } from '../ports/layer-cache.ts';
import { cycloneDxOf, type Made, spdxOf, syftOf } from '../sbom/documents/index.ts';
import { inventoryImage } from '../workflows/inventory-image.ts';
import type { Answer } from './answer.ts';
import { openImageSource } from './image-source.ts';
import { showProgress } from './progress.ts';
import type { SbomFlags, SbomFormat } from './sbom-options.ts';
import { table, widest } from './table.ts';
import type { Terminal } from './terminal.ts';

const noCache: LayerCache = { get: async () => undefined, put: async () => succeed(undefined) };

const cacheOf = ({ cache }: SbomFlags, { env }: Terminal): LayerCache => {
  const folder = cache ?? userCacheFolder(env);
  // an own object: what one run reads at a moment, another does not share
  return folder ? layerFolder(folder) : { ...noCache };
};

/** Builds that must come out the same say when "now" is. */
const timeOf = ({ env, now }: Terminal): string => {
  const seconds = env.SOURCE_DATE_EPOCH ?? '';
  return /^\d{1,11}$/.test(seconds) ? writeTime(Number(seconds) * 1000) : now();
};

const tableOf = ({ packages }: ImageInventory, terminal: Terminal): string => {
  const rows = packages.map(({ name, version, type }) => [name, type, version]);
  const width = (at: number, most: number): number =>
    widest(
      rows.map((row) => row[at] ?? ''),
      most,
    );
  return rows.length === 0 ? 'No packages.\n' : table(terminal, rows, [width(0, 60), width(1, 10)]);
};

const writers: Readonly<Record<SbomFormat, (inventory: ImageInventory, made: Made, terminal: Terminal) => string>> = {
  'spdx-json': spdxOf,
  'cyclonedx-json': (inventory, made) => cycloneDxOf(inventory, made, '1.6'),
  'cyclonedx-1.7-json': (inventory, made) => cycloneDxOf(inventory, made, '1.7'),
  'syft-json': syftOf,
  table: (inventory, _made, terminal) => tableOf(inventory, terminal),
};

/** `gatehouse sbom`: what an image is made of, to standard output or a file. A document that misses whole layers is written, and ends with exit status 2. */
export const sbomCommand = async (flags: SbomFlags, terminal: Terminal): Promise<Answer> => {
  const { image, format, platform, out, quiet = false } = flags;
  const named = await openImageSource(image, flags, terminal, manifest.version);
  if (!named.ok) return named;
  const display = showProgress(terminal, quiet);
  const warnings = new Set<string>();
  let missing = 0;
  try {
    const found = await inventoryImage({
      source: named.value.source,
      request: { reference: named.value.reference, platform },
      layers: cacheOf(flags, terminal),
      signal: terminal.signal,
      progress: display.show,
      warn: (say) => warnings.add(say),
      onLayer: ({ isWhole }) => {
        if (!isWhole) missing += 1;
      },
    });
    display.end();
    if (!found.ok) return found;
    const text = writers[format](found.value, { at: timeOf(terminal), version: manifest.version }, terminal);
    if (out === undefined) terminal.out(text);
    else {
      const done = await writeWhole(out, text);
      if (!done.ok) return done;
    }
    if (!quiet || missing > 0) for (const say of [...found.value.troubles, ...warnings]) terminal.err(`gatehouse: ${say}\n`);
    if (missing === 0) return { exit: 0 };
    return failed(
      'answer-invalid',
      `${missing} of ${found.value.image.layers.length} layers could not be read to their end, so the document is incomplete, and says so.`,
    );
  } finally {
    display.end();
    named.value.close();
  }
};
