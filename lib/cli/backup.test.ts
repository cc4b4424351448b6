import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createGunzip, createGzip } from 'node:zlib';
import { extract, pack } from 'tar-stream';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { must } from '../../test/support/answers.ts';
import { runCli } from '../../test/support/run-cli.ts';
import { systemClock } from '../adapters/local/system-clock.ts';
import { createRecords, partitions } from '../records/index.ts';
import { openDataFolder } from './serve/folder.ts';

const writer = fileURLToPath(new URL('../../test/support/backup-writer.ts', import.meta.url));
const program = fileURLToPath(new URL('../../bin/gatehouse.ts', import.meta.url));
const root = mkdtempSync(join(tmpdir(), 'gatehouse-backup-'));
const inRoot = (name: string): string => join(root, name);
const [data, whole] = [inRoot('data'), inRoot('whole.tar.gz')];
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A process that writes all the time, once it has begun to. */
const startWriter = async (folder: string) => {
  const child = spawn(process.execPath, ['--no-warnings', writer, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return {
    kill: async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
};

/** Opens a data folder as `serve` does, and proves that every file its records name is there, whole. */
const prove = async (folder: string) => {
  const opened = must(await openDataFolder(folder, systemClock, () => 'http://127.0.0.1'));
  const records = createRecords(opened.core);
  let scans = 0;
  let files = 0;
  for await (const { value } of records.scans.all(partitions.scans('cls-000000000001'))) {
    scans += 1;
    for (const { key, versionId, sha256 } of [...value.artefacts, ...(value.manifest ? [value.manifest] : [])]) {
      must(await opened.objects.get(key, { versionId, sha256 }));
      files += 1;
    }
  }
  const secret = must(await opened.secrets.get('webhooks/one'));
  must(await opened.signer.publicKey());
  opened.database.close();
  return { scans, files, secret };
};

/** Writes a changed copy of a backup: `change` answers other bytes of a file, or nothing to leave it out. */
const changed = async (name: string, change: (path: string, body: Buffer) => Buffer | undefined): Promise<string> => {
  const entries = extract();
  const archive = pack();
  const copy = (async () => {
    for await (const entry of entries) {
      const pieces: Buffer[] = [];
      for await (const piece of entry) pieces.push(piece as Buffer);
      const body = change(entry.header.name, Buffer.concat(pieces));
      if (body) archive.entry({ name: entry.header.name, mode: entry.header.mode }, body);
    }
    archive.finalize();
  })();
  const path = inRoot(name);
  await Promise.all([
    pipeline(createReadStream(whole), createGunzip(), entries),
    copy,
    pipeline(archive, createGzip(), createWriteStream(path)),
  ]);
  return path;
};

const restore = (file: string, name: string) => runCli(['restore', file, '--data', inRoot(name)]);
const leftovers = (): string[] => readdirSync(root).filter((name) => name.includes('.part-'));

describe('backup and restore', { timeout: 120_000 }, () => {
  beforeAll(async () => {
    const busy = await startWriter(data);
    try {
      const ran = await runCli(['backup', '--data', data, '--out', whole]);
      expect(ran).toMatchObject({ exit: 0, err: '' });
      expect(ran.out).toContain('It holds every secret');
    } finally {
      await busy.kill();
    }
  }, 60_000);

  it('a folder that is written to all the time is restored elsewhere: everything the records name is there and whole', async () => {
    expect(statSync(whole).mode & 0o777).toBe(0o600);
    const ran = await restore(whole, 'again');
    expect(ran).toMatchObject({ exit: 0, err: '' });
    expect(readdirSync(inRoot('again')).toSorted()).toEqual(['evidence', 'gatehouse.db', 'secrets', 'signing-key.pem']);
    const proven = await prove(inRoot('again'));
    expect(proven.scans).toBeGreaterThan(20);
    expect(proven.files).toBeGreaterThan(20 * 4);
    expect(proven.secret).toMatch(/^secret \d+$/);
    expect(statSync(inRoot('again')).mode & 0o777).toBe(0o700);
    expect(statSync(join(inRoot('again'), 'signing-key.pem')).mode & 0o777).toBe(0o600);
    expect(leftovers()).toEqual([]);
  });

  it('no sealed manifest is in it of which its database does not know', async () => {
    const database = new DatabaseSync(join(inRoot('again'), 'gatehouse.db'), { readOnly: true });
    const known = new Set(
      database
        .prepare("SELECT sk FROM core WHERE sk GLOB 'SCAN#*'")
        .all()
        .map(({ sk }) => String(sk).slice(5)),
    );
    database.close();
    const kind = join(inRoot('again'), 'evidence/objects/projects/prj-000000000001/clusters/cls-000000000001/scans/configuration');
    expect(readdirSync(kind).filter((scanId) => !known.has(scanId))).toEqual([]);
  });

  it('replaces nothing, and restores over nothing', async () => {
    const before = createHash('sha256').update(readFileSync(whole)).digest('hex');
    expect(await runCli(['backup', '--data', data, '--out', whole])).toMatchObject({
      exit: 2,
      err: expect.stringContaining('replaces nothing'),
    });
    expect(createHash('sha256').update(readFileSync(whole)).digest('hex')).toBe(before);
    mkdirSync(inRoot('taken'));
    writeFileSync(join(inRoot('taken'), 'note'), 'mine');
    expect(await restore(whole, 'taken')).toMatchObject({ exit: 2, err: expect.stringContaining('is not empty') });
    expect(readdirSync(inRoot('taken'))).toEqual(['note']);
    mkdirSync(inRoot('empty'));
    expect(await restore(whole, 'empty')).toMatchObject({ exit: 0 });
  });

  it('is refused into the folder itself, and of a folder that is none', async () => {
    expect((await runCli(['backup', '--data', data, '--out', join(data, 'x.tar.gz')])).err).toContain('in the data folder itself');
    expect((await runCli(['backup', '--data', inRoot('nowhere'), '--out', inRoot('x.tar.gz')])).err).toContain(
      'There is no data of Gatehouse',
    );
    expect(existsSync(inRoot('x.tar.gz'))).toBe(false);
  });

  it('restoring over a running server is refused with that reason', async () => {
    const busy = await startWriter(inRoot('served'));
    try {
      expect((await restore(whole, 'served')).err).toContain('A server is running on');
    } finally {
      await busy.kill();
    }
    expect((await restore(whole, 'served')).err).toContain('is not empty');
  });

  describe('a backup that is not what was written is refused, and nothing is left', () => {
    const one = (path: string): boolean => path.endsWith('report.json');
    const manifestOf = (body: Buffer) => JSON.parse(body.toString()) as { schema: number; files: { path: string }[] };
    it.each([
      [
        'a byte of a file is another',
        (path: string, body: Buffer) => (one(path) ? Buffer.concat([Buffer.from('x'), body.subarray(1)]) : body),
        'is not the file that was backed up',
      ],
      ['a file is missing', (path: string, body: Buffer) => (one(path) ? undefined : body), 'is missing'],
      ['its end is missing', (path: string, body: Buffer) => (path === 'backup.json' ? undefined : body), 'its end is missing'],
      [
        'its list cannot be read',
        (path: string, body: Buffer) => (path === 'backup.json' ? Buffer.from('{}') : body),
        'its list of files cannot be read',
      ],
      [
        'its list names fewer files',
        (path: string, body: Buffer) => {
          if (path !== 'backup.json') return body;
          const manifest = manifestOf(body);
          return Buffer.from(JSON.stringify({ ...manifest, files: manifest.files.filter((file) => !one(file.path)) }));
        },
        'files that were not backed up',
      ],
      [
        'a newer Gatehouse wrote it',
        (path: string, body: Buffer) => (path === 'backup.json' ? Buffer.from(JSON.stringify({ ...manifestOf(body), schema: 99 })) : body),
        'by a newer Gatehouse (schema 99',
      ],
    ])('%s', async (_what, change, say) => {
      const path = await changed('changed.tar.gz', change);
      expect(await restore(path, 'broken')).toMatchObject({ exit: 2, err: expect.stringContaining(say) });
      expect(existsSync(inRoot('broken'))).toBe(false);
      expect(leftovers()).toEqual([]);
    });

    it.each(['../outside', '/tmp/outside', 'a/../../outside', 'a\\b'])('a file that would go elsewhere: %s', async (name) => {
      const archive = pack();
      archive.entry({ name }, 'x');
      archive.finalize();
      await pipeline(archive, createGzip(), createWriteStream(inRoot('trick.tar.gz')));
      expect(await restore(inRoot('trick.tar.gz'), 'broken')).toMatchObject({
        exit: 2,
        err: expect.stringContaining('which no backup has'),
      });
      expect(existsSync(inRoot('broken'))).toBe(false);
    });

    it('a link', async () => {
      const archive = pack();
      archive.entry({ name: 'link', type: 'symlink', linkname: '/etc/passwd' });
      archive.finalize();
      await pipeline(archive, createGzip(), createWriteStream(inRoot('link.tar.gz')));
      expect((await restore(inRoot('link.tar.gz'), 'broken')).err).toContain('which no backup has');
    });

    it.each([0, 10, 0.3, 0.9, 0.999])('one that breaks off (%s)', async (part) => {
      const bytes = readFileSync(whole);
      writeFileSync(inRoot('cut.tar.gz'), bytes.subarray(0, part < 1 ? Math.floor(part * bytes.length) : part));
      expect(await restore(inRoot('cut.tar.gz'), 'broken')).toMatchObject({ exit: 2, err: expect.stringContaining('is not whole') });
      expect(existsSync(inRoot('broken'))).toBe(false);
      expect(leftovers()).toEqual([]);
    });

    it('one that is no backup at all', async () => {
      writeFileSync(inRoot('text'), 'just text');
      expect((await restore(inRoot('text'), 'broken')).err).toContain('is not whole');
      expect((await restore(inRoot('nothing'), 'broken')).err).toContain('does not exist');
    });
  });

  /** Runs a command as a process and kills it as soon as it has begun to write. */
  const killed = async ({ onTestFinished }: TestContext, args: readonly string[]) => {
    const child = spawn(process.execPath, ['--no-warnings', program, ...args], { stdio: 'ignore' });
    onTestFinished(() => void child.kill('SIGKILL'));
    const exited = once(child, 'exit');
    while (leftovers().length === 0) await new Promise((resolve) => setImmediate(resolve));
    child.kill('SIGKILL');
    return exited;
  };
  const clearLeftovers = (): void => {
    for (const name of leftovers()) rmSync(inRoot(name), { recursive: true, force: true });
  };

  it('killed half-way, backup leaves no file of that name', async (context) => {
    expect(await killed(context, ['backup', '--data', data, '--out', inRoot('half.tar.gz')])).toEqual([null, 'SIGKILL']);
    expect(existsSync(inRoot('half.tar.gz'))).toBe(false);
    clearLeftovers();
    expect(await runCli(['backup', '--data', data, '--out', inRoot('half.tar.gz')])).toMatchObject({ exit: 0 });
  });

  it('killed half-way, restore leaves no folder of that name', async (context) => {
    expect(await killed(context, ['restore', whole, '--data', inRoot('half')])).toEqual([null, 'SIGKILL']);
    expect(existsSync(inRoot('half'))).toBe(false);
    clearLeftovers();
    expect(await restore(whole, 'half')).toMatchObject({ exit: 0 });
  });

  it('stopped by Ctrl-C, both leave nothing', async () => {
    const signal = AbortSignal.abort();
    const stopped = await runCli(['backup', '--data', data, '--out', inRoot('stopped.tar.gz')], { signal });
    expect(stopped).toMatchObject({ exit: 130, err: expect.stringContaining('no backup was written') });
    expect(await runCli(['restore', whole, '--data', inRoot('stopped')], { signal })).toMatchObject({ exit: 130 });
    expect([existsSync(inRoot('stopped.tar.gz')), existsSync(inRoot('stopped')), leftovers()]).toEqual([false, false, []]);
  });

  it('says which evidence the records name and nobody has', async () => {
    const again = inRoot('empty');
    const scans = join(again, 'evidence/objects/projects/prj-000000000001/clusters/cls-000000000001/scans/configuration');
    rmSync(join(scans, readdirSync(scans)[0] as string, 'report.pdf'));
    const ran = await runCli(['backup', '--data', again, '--out', inRoot('lossy.tar.gz')]);
    expect(ran.exit).toBe(0);
    expect(ran.err).toMatch(/1 files that the records name are not in the data folder, the first is evidence\/objects\/.*report\.pdf/);
  });
});
