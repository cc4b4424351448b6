import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import { downloadedAdvisories } from '../adapters/local/advisories/download.ts';
import { openAdvisoryFiles } from '../adapters/local/advisories/files.ts';
import { openFileObjects } from '../adapters/local/file-objects.ts';
import { fileTrouble } from '../adapters/local/files.ts';
import { userCacheFolder } from '../adapters/local/layer-folder.ts';
import { failed, type Result, succeed } from '../core/failure.ts';
import type { AdvisoryCollection } from '../ports/advisory-source.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { storedVulnerabilities } from '../workflows/stored-vulnerabilities.ts';
import { syncVulnerabilities } from '../workflows/sync-vulnerabilities.ts';
import type { Answer } from './answer.ts';
import { showProgress } from './progress.ts';
import { table, widest } from './table.ts';
import { styled, type Terminal } from './terminal.ts';

export interface VulnerabilityFlags {
  readonly store?: string;
  readonly json?: boolean;
}
export interface UpdateFlags extends VulnerabilityFlags {
  readonly from?: readonly string[];
  readonly ecosystem?: readonly string[];
  readonly host: string;
  readonly epss?: string;
  readonly exploited?: string;
  readonly quiet?: boolean;
}

/** The folder with what is known of vulnerabilities: the one named, else in the user's cache. */
export const openVulnerabilityStore = async (
  folder: string | undefined,
  { env, now }: Pick<Terminal, 'env' | 'now'>,
): Promise<Result<ObjectStore>> => {
  const cache = userCacheFolder(env);
  const place = folder ?? (cache && join(cache, 'vulnerabilities'));
  if (place === undefined) return failed('input-invalid', 'There is no home folder to keep advisories in; name one with --store.');
  // nobody downloads from this store, so its links need no secret that lasts
  return openFileObjects(place, { now, downloads: { baseUrl: 'http://127.0.0.1', secret: Buffer.alloc(32) } });
};

const bytesOf = async (path: string | undefined, what: string): Promise<Result<Uint8Array | undefined>> => {
  if (path === undefined) return succeed(undefined);
  try {
    return succeed(await readFile(path));
  } catch (error) {
    return failed('input-invalid', `Cannot read ${what} ${path}: ${fileTrouble(error)}.`);
  }
};

const collectionsOf = async (paths: readonly string[] | undefined): Promise<Result<readonly AdvisoryCollection[] | undefined>> => {
  if (!paths) return succeed(undefined);
  const collections: AdvisoryCollection[] = [];
  for (const path of paths) {
    const opened = await openAdvisoryFiles(path);
    if (!opened.ok) return opened;
    collections.push(opened.value);
  }
  return succeed(collections);
};

const dated = (date: string | null): string => (date === null ? 'unknown' : date.slice(0, 10));

/** `gatehouse vulnerabilities update`. Exit status 1 when an ecosystem could not be updated; what was stored of it stays. */
export const updateVulnerabilities = async (flags: UpdateFlags, terminal: Terminal): Promise<Answer> => {
  const store = await openVulnerabilityStore(flags.store, terminal);
  if (!store.ok) return store;
  const from = await collectionsOf(flags.from);
  if (!from.ok) return from;
  const epss = await bytesOf(flags.epss, 'the EPSS scores');
  if (!epss.ok) return epss;
  const exploited = await bytesOf(flags.exploited, 'the catalogue of known exploited vulnerabilities');
  if (!exploited.ok) return exploited;
  // scores alone are no reason to fetch everything
  const isExtraOnly = !flags.from && !flags.ecosystem && (epss.value !== undefined || exploited.value !== undefined);
  const display = showProgress(terminal, flags.quiet === true);
  const synced = await syncVulnerabilities({
    store: store.value,
    from: isExtraOnly ? [] : from.value,
    source: downloadedAdvisories(flags.host, manifest.version),
    ecosystems: flags.ecosystem,
    epss: epss.value,
    exploited: exploited.value,
    now: terminal.now,
    signal: terminal.signal,
    progress: display.show,
  });
  display.end();
  if (!synced.ok) return synced;
  const broken = synced.value.filter(({ failure }) => failure !== undefined);
  if (flags.json) terminal.out(`${JSON.stringify(synced.value, null, 2)}\n`);
  else {
    const rows = synced.value.map(({ ecosystem, manifest: made, failure }) => [
      ecosystem,
      made
        ? `${made.advisories} advisories for ${made.packages} packages, as of ${dated(made.dataDate)}`
        : styled(terminal, 'red', failure ?? ''),
    ]);
    if (rows.length > 0)
      terminal.out(
        table(terminal, rows, [
          widest(
            rows.map(([name = '']) => name),
            14,
          ),
        ]),
      );
    for (const { unreadable, ecosystem, troubles } of synced.value)
      if (unreadable > 0)
        terminal.err(`gatehouse: ${unreadable} advisories for ${ecosystem} could not be read; the first: ${troubles[0] ?? ''}\n`);
    if (synced.value.length === 0 && !isExtraOnly)
      return failed('input-invalid', 'There is no advisory of an ecosystem that can be compared in what was given.');
  }
  return { exit: broken.length > 0 ? 1 : 0 };
};

/** `gatehouse vulnerabilities show`: what is stored, and how old it is. */
export const showVulnerabilities = async (flags: VulnerabilityFlags, terminal: Terminal): Promise<Answer> => {
  const store = await openVulnerabilityStore(flags.store, terminal);
  if (!store.ok) return store;
  const known = await storedVulnerabilities(store.value);
  if (!known.ok) return known;
  const { advisories, epss, exploited } = known.value;
  const all = [...advisories.values()].map(({ manifest: { shards: _, schemaVersion: __, ...rest } }) => rest);
  if (flags.json) {
    const more = { epssDate: epss?.date ?? null, exploitedDate: exploited?.date ?? null };
    terminal.out(`${JSON.stringify({ ecosystems: all, ...more }, null, 2)}\n`);
    return { exit: 0 };
  }
  if (all.length === 0) terminal.out('No advisories are stored; fetch them with `gatehouse vulnerabilities update`.\n');
  else {
    const rows = all.map((one) => [one.ecosystem, String(one.advisories), String(one.packages), dated(one.dataDate)]);
    const head = ['Ecosystem', 'Advisories', 'Packages', 'As of'].map((text) => styled(terminal, 'bold', text));
    terminal.out(table(terminal, [head, ...rows], [14, 10, 9]));
  }
  if (epss) terminal.out(`EPSS scores as of ${dated(epss.date)}\n`);
  if (exploited) terminal.out(`Known exploited vulnerabilities as of ${dated(exploited.date)}\n`);
  return { exit: 0 };
};
