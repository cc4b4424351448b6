import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { must } from '../../test/support/answers.ts';
import { anInventory, aPackage } from '../../test/support/vulnerabilities.ts';
import { makeZip } from '../../test/support/zip.ts';
import { downloadedAdvisories } from '../adapters/local/advisories/download.ts';
import { openAdvisoryFiles } from '../adapters/local/advisories/files.ts';
import { openFileObjects } from '../adapters/local/file-objects.ts';
import type { AdvisoryCollection } from '../ports/advisory-source.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { matchInventory } from '../vulnerabilities/index.ts';
import { keysIn, storedVulnerabilities } from './stored-vulnerabilities.ts';
import { type SyncInput, syncVulnerabilities } from './sync-vulnerabilities.ts';

const data = (name: string): string => new URL(`../../test/data/osv/${name}.json`, import.meta.url).pathname;
const documents = (name: string) => JSON.parse(readFileSync(data(name), 'utf8')) as readonly { readonly id: string }[];
const zipOf = (name: string): Buffer => makeZip(Object.fromEntries(documents(name).map((one) => [`${one.id}.json`, JSON.stringify(one)])));

let folder: string;
let store: ObjectStore;
let minutes = 0;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-advisories-'));
  const now = () => '2026-11-28T08:00:00.000Z';
  store = must(await openFileObjects(join(folder, 'store'), { now, downloads: { baseUrl: 'http://127.0.0.1', secret: Buffer.alloc(32) } }));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (path: string, content: string | Buffer): string => {
  writeFileSync(join(folder, path), content);
  return join(folder, path);
};
const from = async (...paths: readonly string[]): Promise<readonly AdvisoryCollection[]> =>
  Promise.all(paths.map(async (path) => must(await openAdvisoryFiles(path))));
const sync = (input: Partial<SyncInput>) => {
  minutes += 1;
  const at = `2026-11-28T08:${String(minutes).padStart(2, '0')}:00.000Z`;
  return syncVulnerabilities({ store, now: () => at, signal: new AbortController().signal, ...input });
};
const django = anInventory([aPackage({ type: 'pypi', name: 'Django', version: '3.1.11' })]);
const found = async () => (await matchInventory(django, must(await storedVulnerabilities(store)).advisories)).matches.map(({ id }) => id);

describe('advisories from files', () => {
  it('may be zips, lists, and folders with YAML, each ecosystem found by itself', async () => {
    mkdirSync(join(folder, 'own'));
    for (const one of documents('crates.io')) write(`own/${one.id}.yaml`, stringify(one));
    const synced = must(await sync({ from: await from(write('PyPI.zip', zipOf('PyPI')), data('Go'), join(folder, 'own')) }));
    expect(synced.map(({ ecosystem, failure, unreadable }) => [ecosystem, failure, unreadable])).toEqual([
      ['Go', undefined, 0],
      ['PyPI', undefined, 0],
      ['crates.io', undefined, 0],
    ]);
    expect(synced[2]?.manifest).toMatchObject({ advisories: 9, withdrawn: 1 });
    expect(await found()).toEqual(['CVE-2021-33203']);
  });

  it('that are broken are counted and named; a file that is no zip changes nothing', async () => {
    must(await sync({ from: await from(data('PyPI')) }));
    const [first = { id: '' }] = documents('PyPI');
    const broken = write('some.zip', makeZip({ 'good.json': JSON.stringify(first), 'bad.json': '{' }));
    expect(must(await sync({ from: await from(broken), ecosystems: ['PyPI'] }))).toMatchObject([
      { ecosystem: 'PyPI', unreadable: 1, troubles: [expect.stringContaining('bad.json')] },
    ]);
    expect(await sync({ from: await from(write('no.zip', 'no')) })).toMatchObject({
      ok: false,
      failure: { say: expect.stringContaining('no.zip cannot be read') },
    });
    expect(await openAdvisoryFiles(join(folder, 'nowhere'))).toMatchObject({ ok: false });
  });

  it('say so where there is none for an ecosystem, and take no ecosystem that nobody can compare', async () => {
    expect(must(await sync({ from: await from(data('PyPI')), ecosystems: ['npm'] }))).toMatchObject([
      { ecosystem: 'npm', failure: expect.stringContaining('no advisory for npm') },
    ]);
    expect(await sync({ from: [], ecosystems: ['Hex'] })).toMatchObject({ ok: false, failure: { code: 'input-invalid' } });
  });
});

describe('what is stored', () => {
  it('is replaced by what is newer; one generation stays for those who read it, older ones go', async () => {
    const [first, second, third] = documents('PyPI').map((one, at) => write(`${at}.json`, JSON.stringify(one)));
    for (const path of [first, second, third]) must(await sync({ from: await from(path ?? '') }));
    const keys = must(await keysIn(store, 'vulnerabilities/'));
    expect(keys.filter((key) => key.includes('manifest'))).toHaveLength(2);
    expect(keys.filter((key) => key.endsWith('.gz'))).toHaveLength(2);
  });

  it('stays whole when writing breaks off: without its manifest nothing is new', async () => {
    must(await sync({ from: await from(data('PyPI')) }));
    const failing: ObjectStore = {
      ...store,
      putIfAbsent: async (key, body, options) =>
        key.includes('manifest')
          ? { ok: false, failure: { code: 'output-failed', say: 'The disk is full.' } }
          : store.putIfAbsent(key, body, options),
    };
    const path = write('one.json', JSON.stringify(documents('PyPI')[0]));
    expect(await sync({ store: failing, from: await from(path) })).toMatchObject({ ok: false, failure: { say: 'The disk is full.' } });
    expect(await found()).toEqual(['CVE-2021-33203']);
  });

  it('has scores and known exploitation beside, and refuses what is none', async () => {
    const epss = Buffer.from('#model_version:v1,score_date:2026-11-27T00:00:00+0000\ncve,epss,percentile\nCVE-2021-33203,0.5,0.9\n');
    const exploited = Buffer.from(
      JSON.stringify({ dateReleased: '2026-11-26T00:00:00Z', vulnerabilities: [{ cveID: 'CVE-2021-33203', dateAdded: '2022-01-01' }] }),
    );
    must(await sync({ from: await from(data('PyPI')), epss, exploited }));
    const known = must(await storedVulnerabilities(store));
    const { matches, epssDate } = await matchInventory(django, known.advisories, known);
    expect([epssDate, matches[0]?.epss?.probability, matches[0]?.exploited?.since]).toEqual([
      '2026-11-27T00:00:00.000Z',
      0.5,
      '2022-01-01',
    ]);
    expect(await sync({ from: [], epss: Buffer.from('no') })).toMatchObject({ ok: false, failure: { code: 'input-invalid' } });
  });
});

describe('advisories from a host', () => {
  const serving = async (work: (url: string) => Promise<void>) => {
    const server = createServer((request, response) => {
      if (request.url === '/PyPI/all.zip') response.writeHead(200, { 'last-modified': 'Fri, 27 Nov 2026 10:00:00 GMT' }).end(zipOf('PyPI'));
      else response.writeHead(404).end();
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    try {
      await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    } finally {
      server.close();
    }
  };

  it('are fetched for each ecosystem, and dated by the host; one that is not there stops no other', () =>
    serving(async (url) => {
      const synced = must(await sync({ source: downloadedAdvisories(url, '0'), ecosystems: ['npm', 'PyPI'] }));
      expect(synced).toMatchObject([
        { ecosystem: 'npm', failure: expect.stringContaining('status 404') },
        { ecosystem: 'PyPI', manifest: { dataDate: '2026-11-27T10:00:00.000Z' } },
      ]);
      expect(await found()).toEqual(['CVE-2021-33203']);
    }));

  it('that cannot be reached are named with what to do', async () => {
    const [one] = must(await sync({ source: downloadedAdvisories('http://127.0.0.1:1', '0'), ecosystems: ['PyPI'] }));
    expect(one?.failure).toContain('--from');
  });
});
