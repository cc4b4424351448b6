import { execFile, execFileSync } from 'node:child_process';
import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonicalBytes } from '../../lib/reports/evidence/canonical.ts';
import { buildManifest, type ManifestParts, type SealedManifest, sha256Of } from '../../lib/reports/evidence/manifest.ts';
import { signatureBytes } from '../../lib/reports/evidence/signature.ts';
import type { Problem } from '../../lib/reports/evidence/verification.ts';
import type { VerifiedEvidence } from '../../lib/workflows/verify-evidence.ts';
import { clusterId, ed25519Key, manifestParts, p256Key, scanFolder, signWith, writeChain, writeScan } from '../support/evidence.ts';
import { runCli } from '../support/run-cli.ts';

const gatehouse = fileURLToPath(new URL('../../bin/gatehouse.ts', import.meta.url));
const [old, current, foreign] = [ed25519Key(), p256Key(), p256Key()];
/** The key was changed between the second scan and the third. */
const keys = [old, old, current, current];

let base: string;
let pristine: string;
let chain: readonly SealedManifest[];
let keyFlags: readonly string[];
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'gatehouse-evidence-'));
  pristine = join(base, 'pristine');
  chain = await writeChain(pristine, keys);
  await writeFile(join(base, 'old.pem'), old.pem);
  await writeFile(join(base, 'current.pem'), current.pem);
  keyFlags = ['--key', join(base, 'old.pem'), '--key', join(base, 'current.pem')];
});
afterAll(() => rm(base, { recursive: true, force: true }));

let copies = 0;
/** A copy of the evidence that a test may tamper with. */
const copy = async (): Promise<string> => {
  copies += 1;
  const folder = join(base, `copy-${copies}`);
  await cp(pristine, folder, { recursive: true });
  return folder;
};
const verify = async (folder: string, ...flags: readonly string[]): Promise<VerifiedEvidence & { readonly exit: number }> => {
  const { exit, out, err } = await runCli(['verify', folder, '--json', ...keyFlags, ...flags]);
  if (out === '') throw new Error(err);
  return { ...JSON.parse(out), exit };
};
const sealed = (number: number): SealedManifest => chain[number - 1] as SealedManifest;
const linkTo = (number: number) => (number === 0 ? null : { sequence: number, sha256: sealed(number).sha256 });
const file = (number: number, name: string): string => `${scanFolder(number)}/${name}`;

describe('evidence as it was sealed', () => {
  it('fits, whoever looks at it, from the whole store down to one cluster', async () => {
    for (const folder of [pristine, join(pristine, 'projects/default'), join(pristine, scanFolder(1), '..')]) {
      const verified = await verify(folder);
      expect([verified.exit, verified.problem, verified.shows]).toEqual([0, null, 'integrity and origin']);
      expect(verified.steps.map(({ name, state }) => [name, state])).toEqual(
        ['manifests', 'signatures', 'chain', 'artefacts', 'other files'].map((name) => [name, 'fits']),
      );
      expect(verified.chains).toEqual([
        {
          project: 'default',
          cluster: { id: clusterId, name: 'production', uid: '6f1c1d5e-0000-4000-8000-000000000001' },
          manifests: 4,
          first: 1,
          ended: { completed: 4 },
          evaluations: 0,
          head: { sequence: 4, sha256: sealed(4).sha256, sealedAt: '2026-11-24T02:00:03.000Z' },
          keys: [old.keyId, current.keyId],
        },
      ]);
    }
  });

  it('fits the head that was written down earlier, newest or not', async () => {
    for (const head of ['4', `4:${sealed(4).sha256}`, `2:${sealed(2).sha256}`])
      expect((await verify(pristine, '--head', head)).problem).toBeNull();
  });

  it('can be one scan only, when it is said where it begins', async () => {
    expect((await verify(join(pristine, scanFolder(3)), '--from-sequence', '3')).problem).toBeNull();
  });

  it('fits without what retention removed, when that is said, and says on what it hangs', async () => {
    const folder = await copy();
    for (const number of [1, 2]) await rm(join(folder, scanFolder(number)), { recursive: true });
    const { problem, notes } = await verify(folder, '--from-sequence', '3');
    expect(problem).toBeNull();
    expect(notes).toEqual([
      `Manifests 1 to 2 of cluster ${clusterId} were not verified; the first one here says that the one before it has SHA-256 ${sealed(2).sha256}.`,
    ]);
  });

  it('of two clusters is two chains, or the one that is asked for', async () => {
    const folder = await copy();
    await writeChain(folder, [old], 'cls-ba9876543210');
    expect((await verify(folder)).chains.map(({ cluster, manifests }) => [cluster.id, manifests])).toEqual([
      [clusterId, 4],
      ['cls-ba9876543210', 1],
    ]);
    await rm(join(folder, scanFolder(1, 'cls-ba9876543210'), 'report.pdf'));
    expect((await verify(folder)).problem?.code).toBe('artefact-missing');
    expect((await verify(folder, '--cluster', clusterId, '--head', '4')).problem).toBeNull();
  });

  it('may have been signed anew with another key', async () => {
    const folder = await copy();
    await writeFile(join(folder, file(1, 'manifest.sig.json')), signatureBytes(signWith(current, sealed(1).bytes)));
    expect((await verify(folder)).problem).toBeNull();
  });

  it('is told when a clock went back, which is no problem', async () => {
    const folder = await copy();
    const late = buildManifest({ ...manifestParts(5, linkTo(4)), sealedAt: '2026-11-01T00:00:00.000Z' });
    await writeScan(folder, 5, late, current);
    const { problem, notes } = await verify(folder);
    expect(problem).toBeNull();
    expect(notes).toEqual([
      `${file(5, 'manifest.json')} was sealed at 2026-11-01T00:00:00.000Z, before the manifest it follows (2026-11-24T02:00:03.000Z): a clock was wrong.`,
    ]);
  });
});

/** Puts a manifest that its maker signed in the place of the one with that number. */
const reseal = async (folder: string, number: number, change: Partial<ManifestParts>, key = current) => {
  const { previous, ...parts } = manifestParts(number, linkTo(number - 1));
  const made = buildManifest({ ...parts, previous, ...change });
  await writeFile(join(folder, file(number, 'manifest.json')), made.bytes);
  await writeFile(join(folder, file(number, 'manifest.sig.json')), signatureBytes(signWith(key, made.bytes)));
  return made;
};
const rewrite = async (folder: string, path: string, change: (text: string) => string) => {
  await writeFile(join(folder, path), change(await readFile(join(folder, path), 'utf8')));
};

interface Tampering {
  readonly what: string;
  readonly flags?: () => readonly string[];
  do(folder: string): Promise<unknown>;
  expected(): Problem;
}

const tamperings: readonly Tampering[] = [
  {
    what: 'a byte of a report is another',
    do: (folder) => rewrite(folder, file(2, 'report.pdf'), (text) => text.replace('scan 2', 'scan 3')),
    expected: () => ({
      code: 'artefact-changed',
      file: file(2, 'report.pdf'),
      say: `${file(2, 'report.pdf')} was changed: its SHA-256 is ${sha256Of(Buffer.from('%PDF-1.7 of scan 3\n'))}, and its manifest says ${sha256Of(Buffer.from('%PDF-1.7 of scan 2\n'))}.`,
    }),
  },
  {
    what: 'a report is longer',
    do: (folder) => appendFile(join(folder, file(3, 'report.json')), ' '),
    expected: () => ({
      code: 'artefact-changed',
      file: file(3, 'report.json'),
      say: `${file(3, 'report.json')} was changed: it has 12 bytes, and its manifest says 11.`,
    }),
  },
  {
    what: 'a report is gone',
    do: (folder) => rm(join(folder, file(1, 'facts.json.gz'))),
    expected: () => ({
      code: 'artefact-missing',
      file: file(1, 'facts.json.gz'),
      say: `${file(1, 'facts.json.gz')} is missing: its manifest names it, with 7 bytes.`,
    }),
  },
  {
    what: 'a file was put in',
    do: (folder) => writeFile(join(folder, file(1, 'report.csv')), 'made up'),
    expected: () => ({
      code: 'file-extra',
      file: file(1, 'report.csv'),
      say: `${file(1, 'report.csv')} lies with sealed evidence, but its manifest does not name it.`,
    }),
  },
  {
    what: 'a manifest was removed at the end, its files were not',
    do: async (folder) => {
      for (const name of ['manifest.json', 'manifest.sig.json']) await rm(join(folder, file(4, name)));
    },
    expected: () => ({
      code: 'file-unsealed',
      file: file(4, 'facts.json.gz'),
      say: `${file(4, 'facts.json.gz')} is covered by no manifest: what it belongs to is not sealed yet, or manifest.json was removed.`,
    }),
  },
  {
    what: 'a manifest says another hash',
    do: (folder) => rewrite(folder, file(2, 'manifest.json'), (text) => text.replace(sha256Of(Buffer.from('facts 2')), 'a'.repeat(64))),
    expected: () => ({
      code: 'signature-wrong',
      file: file(2, 'manifest.json'),
      say: `${file(2, 'manifest.json')} does not fit its signature: it was changed after it was signed, or ${file(2, 'manifest.sig.json')} was.`,
    }),
  },
  {
    what: 'a manifest is no JSON',
    do: (folder) => rewrite(folder, file(2, 'manifest.json'), (text) => text.slice(0, -1)),
    expected: () => ({
      code: 'manifest-unreadable',
      file: file(2, 'manifest.json'),
      say: `${file(2, 'manifest.json')} is no manifest: it is not JSON.`,
    }),
  },
  {
    what: 'a manifest is written in another way',
    do: (folder) => rewrite(folder, file(2, 'manifest.json'), (text) => JSON.stringify(JSON.parse(text), null, 2)),
    expected: () => ({
      code: 'manifest-unreadable',
      file: file(2, 'manifest.json'),
      say: `${file(2, 'manifest.json')} is no manifest: it is not in canonical form, so Gatehouse did not write it.`,
    }),
  },
  {
    what: 'a manifest says a thing twice',
    do: (folder) => rewrite(folder, file(2, 'manifest.json'), (text) => text.replace('"sequence":2', '"sequence":7,"sequence":2')),
    expected: () => ({
      code: 'manifest-unreadable',
      file: file(2, 'manifest.json'),
      say: `${file(2, 'manifest.json')} is no manifest: it is not in canonical form, so Gatehouse did not write it.`,
    }),
  },
  {
    what: 'a manifest names a file elsewhere',
    do: (folder) => rewrite(folder, file(2, 'manifest.json'), (text) => text.replace('"name":"report.pdf"', '"name":"../report.pdf"')),
    expected: () => ({
      code: 'manifest-unreadable',
      file: file(2, 'manifest.json'),
      say: `${file(2, 'manifest.json')} is no manifest: artefacts.2.name: must be a file name of letters, digits and . _ = -.`,
    }),
  },
  {
    what: 'a manifest nested without end',
    do: (folder) => writeFile(join(folder, file(2, 'manifest.json')), '['.repeat(200_000) + ']'.repeat(200_000)),
    expected: () => ({
      code: 'manifest-unreadable',
      file: file(2, 'manifest.json'),
      say: `${file(2, 'manifest.json')} is no manifest: the whole file: Invalid input: expected object, received array.`,
    }),
  },
  {
    what: 'a signature is gone',
    do: (folder) => rm(join(folder, file(3, 'manifest.sig.json'))),
    expected: () => ({
      code: 'signature-missing',
      file: file(3, 'manifest.sig.json'),
      say: `${file(3, 'manifest.sig.json')} is missing, so nobody vouches for ${file(3, 'manifest.json')}.`,
    }),
  },
  {
    what: 'a signature is none',
    do: (folder) => writeFile(join(folder, file(3, 'manifest.sig.json')), '{"algorithm":"none"}'),
    expected: () => ({
      code: 'signature-unreadable',
      file: file(3, 'manifest.sig.json'),
      say: `${file(3, 'manifest.sig.json')} is no signature.`,
    }),
  },
  {
    what: 'a manifest was made and signed by somebody else',
    do: (folder) => reseal(folder, 4, { sealedAt: '2026-11-24T02:00:04.000Z' }, foreign),
    expected: () => ({
      code: 'key-unknown',
      file: file(4, 'manifest.sig.json'),
      say: `${file(4, 'manifest.sig.json')} is by key ${foreign.keyId}, which is none of the keys that are trusted.`,
    }),
  },
  {
    what: 'somebody else signed in the name of a trusted key',
    do: (folder) =>
      writeFile(
        join(folder, file(4, 'manifest.sig.json')),
        signatureBytes({ ...signWith(foreign, sealed(4).bytes), keyId: current.keyId }),
      ),
    expected: () => ({
      code: 'signature-wrong',
      file: file(4, 'manifest.json'),
      say: `${file(4, 'manifest.json')} does not fit its signature: it was changed after it was signed, or ${file(4, 'manifest.sig.json')} was.`,
    }),
  },
  {
    what: 'a signature is by a key of another kind than it says',
    do: (folder) =>
      writeFile(
        join(folder, file(1, 'manifest.sig.json')),
        signatureBytes({ ...signWith(old, sealed(1).bytes), algorithm: 'ecdsa-p256-sha256' }),
      ),
    expected: () => ({
      code: 'signature-wrong',
      file: file(1, 'manifest.json'),
      say: `${file(1, 'manifest.json')} does not fit its signature: it was changed after it was signed, or ${file(1, 'manifest.sig.json')} was.`,
    }),
  },
  {
    what: 'a scan is gone from the middle',
    do: (folder) => rm(join(folder, scanFolder(2)), { recursive: true }),
    expected: () => ({
      code: 'gap',
      file: file(3, 'manifest.json'),
      say: `${file(3, 'manifest.json')} is manifest 3, and the one before it is 1: manifest 2 is missing.`,
    }),
  },
  {
    what: 'the first scan is gone',
    do: (folder) => rm(join(folder, scanFolder(1)), { recursive: true }),
    expected: () => ({
      code: 'first-missing',
      file: file(2, 'manifest.json'),
      say: `${file(2, 'manifest.json')} is the first manifest of cluster production (${clusterId}) here and has sequence 2, not 1; if retention removed what was before, say --from-sequence 2.`,
    }),
  },
  {
    what: 'more is gone at the beginning than retention removed',
    flags: () => ['--from-sequence', '2'],
    do: async (folder) => {
      for (const number of [1, 2]) await rm(join(folder, scanFolder(number)), { recursive: true });
    },
    expected: () => ({
      code: 'first-missing',
      file: file(3, 'manifest.json'),
      say: `${file(3, 'manifest.json')} is the first manifest of cluster production (${clusterId}) here and has sequence 3, not 2.`,
    }),
  },
  {
    what: 'the last scan is gone, and somebody knew it',
    flags: () => ['--head', '4'],
    do: (folder) => rm(join(folder, scanFolder(4)), { recursive: true }),
    expected: () => ({
      code: 'truncated',
      file: file(3, 'manifest.json'),
      say: `${file(3, 'manifest.json')} is the last manifest and has sequence 3, but 4 is known to exist: the end of the chain is missing.`,
    }),
  },
  {
    what: 'the last scan was sealed anew, and somebody knew the other',
    flags: () => ['--head', `4:${sealed(4).sha256}`],
    do: (folder) => reseal(folder, 4, { sealedAt: '2026-11-24T02:00:04.000Z' }),
    expected: () => ({
      code: 'head-differs',
      file: file(4, 'manifest.json'),
      say: `${file(4, 'manifest.json')} is not the known manifest 4: its SHA-256 is ${buildManifest({ ...manifestParts(4, linkTo(3)), sealedAt: '2026-11-24T02:00:04.000Z' }).sha256}, not ${sealed(4).sha256}.`,
    }),
  },
  {
    what: 'a scan is there twice',
    do: (folder) => cp(join(folder, scanFolder(2)), join(folder, `${scanFolder(2)}-copy`), { recursive: true }),
    expected: () => ({
      code: 'sequence-twice',
      file: `${scanFolder(2)}/manifest.json`,
      say: `${scanFolder(2)}-copy/manifest.json and ${scanFolder(2)}/manifest.json both are manifest 2 of the chain.`,
    }),
  },
  {
    what: 'two scans follow the same one',
    do: async (folder) => {
      const other = buildManifest({ ...manifestParts(5, linkTo(2)) });
      await writeScan(folder, 5, other, current);
    },
    expected: () => ({
      code: 'fork',
      file: file(5, 'manifest.json'),
      say: `${file(3, 'manifest.json')} and ${file(5, 'manifest.json')} both follow manifest 2: the chain forks at 3.`,
    }),
  },
  {
    what: 'a manifest says that it follows another than the one before it',
    do: async (folder) => {
      const { manifest } = sealed(3);
      const bytes = canonicalBytes({ ...manifest, previous: linkTo(1) });
      await writeFile(join(folder, file(3, 'manifest.json')), bytes);
      await writeFile(join(folder, file(3, 'manifest.sig.json')), signatureBytes(signWith(current, bytes)));
    },
    expected: () => ({
      code: 'out-of-order',
      file: file(3, 'manifest.json'),
      say: `${file(3, 'manifest.json')} is manifest 3, but says that 1 is the one before it.`,
    }),
  },
  {
    what: 'history was written anew by who holds the key',
    do: (folder) => reseal(folder, 2, { sealedAt: '2026-11-22T02:00:04.000Z' }),
    expected: () => {
      const anew = buildManifest({ ...manifestParts(2, linkTo(1)), sealedAt: '2026-11-22T02:00:04.000Z' }).sha256;
      return {
        code: 'previous-differs',
        file: file(3, 'manifest.json'),
        say: `${file(3, 'manifest.json')} names SHA-256 ${sealed(2).sha256} as manifest 2, but ${file(2, 'manifest.json')} has ${anew}.`,
      };
    },
  },
  {
    what: 'a scan of another cluster lies here',
    do: async (folder) => {
      await writeChain(folder, [old], 'cls-ba9876543210');
      await cp(join(folder, scanFolder(1, 'cls-ba9876543210')), join(folder, scanFolder(7)), { recursive: true });
    },
    expected: () => ({
      code: 'other-cluster',
      file: file(7, 'manifest.json'),
      say: `${file(7, 'manifest.json')} lies with cluster ${clusterId}, but is about cluster cls-ba9876543210.`,
    }),
  },
  {
    what: 'the same cluster is another Kubernetes cluster all at once',
    do: (folder) => reseal(folder, 4, { cluster: { id: clusterId, name: 'production', uid: 'another-uid' } }),
    expected: () => ({
      code: 'other-cluster',
      file: file(4, 'manifest.json'),
      say: `${file(4, 'manifest.json')} is about the Kubernetes cluster with UID another-uid, unlike ${file(3, 'manifest.json')} before it in the chain.`,
    }),
  },
  {
    what: 'a manifest is about another project',
    do: (folder) => reseal(folder, 4, { project: { id: 'prj-0123456789ab' } }),
    expected: () => ({
      code: 'other-cluster',
      file: file(4, 'manifest.json'),
      say: `${file(4, 'manifest.json')} lies with project default, but is about project prj-0123456789ab.`,
    }),
  },
];

describe('evidence that was tampered with', () => {
  it.each(tamperings)('$what', async ({ do: tamper, flags, expected }) => {
    const folder = await copy();
    await tamper(folder);
    const { exit, fits, problem, steps } = await verify(folder, ...(flags?.() ?? []));
    expect(problem).toEqual(expected());
    expect([exit, fits]).toEqual([1, false]);
    // what comes after the first problem is not claimed to fit
    const states = steps.map(({ state }) => state);
    expect(states.slice(states.indexOf('does not fit') + 1)).toEqual(
      states.slice(states.indexOf('does not fit') + 1).map(() => 'not looked at'),
    );
  });

  it('names a file without letting it command the terminal', async () => {
    const folder = await copy();
    await writeFile(join(folder, file(1, '\u001b[2Jx')), '');
    expect((await verify(folder)).problem?.say).toContain('/\\u{1b}[2Jx lies with sealed evidence');
  });
});

describe('what cannot be verified', () => {
  const refused = async (argv: readonly string[]) => {
    const { exit, out, err } = await runCli(['verify', ...argv]);
    expect([exit, out]).toEqual([2, '']);
    return err;
  };

  it('a folder that is not there, or holds no manifest', async () => {
    expect(await refused([join(base, 'nowhere'), ...keyFlags])).toMatch(/nowhere: it does not exist; check the path\.\n$/);
    const empty = join(base, 'empty');
    await mkdir(empty);
    expect(await refused([empty, ...keyFlags])).toBe(
      'gatehouse: There is no manifest.json here; name a folder that sealed evidence was downloaded to.\n',
    );
    expect(await refused([pristine, '--cluster', 'cls-other', ...keyFlags])).toMatch(/no manifest of cluster cls-other here/);
  });

  it('links and pipes', async () => {
    const linked = await copy();
    await rm(join(linked, file(1, 'report.pdf')));
    await symlink(join(pristine, file(1, 'report.pdf')), join(linked, file(1, 'report.pdf')));
    expect(await refused([linked, ...keyFlags])).toMatch(/report\.pdf is no ordinary file; evidence has none such/);
    const piped = await copy();
    execFileSync('mkfifo', [join(piped, 'pipe')]);
    expect(await refused([piped, ...keyFlags])).toMatch(/pipe is no ordinary file/);
  });

  it('a key that is none, is private, or is missing', async () => {
    expect(await refused([pristine])).toMatch(/no public key to verify with: name one with --key, or put public-key\.pem/);
    expect(await refused([pristine, '--key', join(base, 'none.pem')])).toMatch(/Cannot read the public key .*none\.pem: it does not exist/);
    const secret = join(base, 'private.pem');
    await writeFile(secret, current.privateKey.export({ type: 'pkcs8', format: 'pem' }));
    expect(await refused([pristine, '--key', secret])).toMatch(/private\.pem is no public key/);
  });

  it('a head without saying of which cluster', async () => {
    const folder = await copy();
    await writeChain(folder, [old], 'cls-ba9876543210');
    expect(await refused([folder, '--head', '4', ...keyFlags])).toMatch(/chains of 2 clusters here.*name it with --cluster/);
    expect(await refused([folder, '--head', 'x'])).toMatch(/It must be a whole number from 1 on/);
    expect(await refused([folder, '--head', '4:abc'])).toMatch(/It must be <sequence> or <sequence>:<SHA-256 in hex>/);
  });

  it('a bucket without a name', async () =>
    expect(await refused(['s3:///projects', ...keyFlags])).toBe(
      'gatehouse: s3:///projects names no bucket; write s3://bucket or s3://bucket/prefix.\n',
    ));
});

describe('the command as a process', () => {
  const run = (...argv: readonly string[]): Promise<{ readonly exit: number; readonly out: string; readonly err: string }> =>
    new Promise((resolve) => {
      execFile(process.execPath, [gatehouse, 'verify', ...argv], (error, out, err) =>
        resolve({ exit: error ? Number(error.code) : 0, out, err }),
      );
    });

  it('shows what it saw, and ends with 0', async () => {
    const { exit, out, err } = await run(pristine, ...keyFlags);
    expect([exit, err]).toEqual([0, '']);
    expect(out).toContain(`head 4:${sealed(4).sha256}`);
    expect(out).toMatch(/artefacts {5}fits {2}12 files, \d+ bytes, as the manifests say\n/);
    expect(out).toMatch(/Everything fits\.\n$/);
  });

  it('with the key of the folder says loudly what that does not show', async () => {
    const folder = await copy();
    await writeFile(join(folder, 'public-key.pem'), old.pem);
    await mkdir(join(folder, 'more'));
    await writeFile(join(folder, 'more/public-key.pem'), current.pem);
    const { exit, out, err } = await run(folder);
    expect(exit).toBe(0);
    expect(err).toMatch(/WARNING: the public key came with the evidence\..*NOT who made it/);
    expect(out).toMatch(/Everything fits/);
  });

  it('names the first thing that does not fit, and ends with 1', async () => {
    const folder = await copy();
    await rm(join(folder, file(2, 'report.pdf')));
    const { exit, out } = await run(folder, ...keyFlags);
    expect(exit).toBe(1);
    expect(out).toContain(`Does not fit: ${file(2, 'report.pdf')} is missing`);
  });

  it('ends with 2 when it cannot verify', async () => {
    const { exit, out, err } = await run(join(base, 'nowhere'), ...keyFlags);
    expect([exit, out]).toEqual([2, '']);
    expect(err).toMatch(/^gatehouse: Cannot read the evidence/);
  });
});

describe('evidence in a bucket', () => {
  let server: Server;
  let endpoint: string;
  const asked: string[] = [];
  beforeAll(async () => {
    const entries = await readdir(pristine, { recursive: true, withFileTypes: true });
    const keysOf = entries.flatMap((entry) =>
      entry.isFile() ? [`kept/${join(entry.parentPath, entry.name).slice(pristine.length + 1)}`] : [],
    );
    server = createServer(async (request, response) => {
      const url = new URL(request.url ?? '', 'http://localhost');
      asked.push(`${request.method} ${url.pathname}`);
      if (!url.pathname.startsWith('/audit')) {
        response.writeHead(404).end('<Error><Code>NoSuchBucket</Code><Message>It does not exist.</Message></Error>');
      } else if (url.searchParams.has('versions')) {
        const prefix = url.searchParams.get('prefix') ?? '';
        const versions = await Promise.all(
          keysOf
            .filter((key) => key.startsWith(prefix))
            .map(async (key) => {
              const { length } = await readFile(join(pristine, key.slice('kept/'.length)));
              return `<Version><Key>${key}</Key><VersionId>v1</VersionId><IsLatest>true</IsLatest><Size>${length}</Size></Version>`;
            }),
        );
        response.end(`<ListVersionsResult><IsTruncated>false</IsTruncated>${versions.join('')}</ListVersionsResult>`);
      } else response.end(await readFile(join(pristine, decodeURIComponent(url.pathname).replace('/audit/kept/', ''))));
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => void server.close());

  const run = (url: string, more: Readonly<Record<string, string>> = {}) =>
    new Promise<{ readonly exit: number; readonly out: string; readonly err: string }>((resolve) => {
      const env = { PATH: process.env.PATH ?? '', HOME: base, AWS_EC2_METADATA_DISABLED: 'true', AWS_ENDPOINT_URL_S3: endpoint, ...more };
      execFile(process.execPath, [gatehouse, 'verify', url, ...keyFlags], { env }, (error, out, err) =>
        resolve({ exit: error ? Number(error.code) : 0, out, err }),
      );
    });
  const credentials = { AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'nobody', AWS_SECRET_ACCESS_KEY: 'nothing' };

  it('is read where it lies, and nothing is written', async () => {
    const { exit, out, err } = await run('s3://audit/kept', credentials);
    expect([exit, err]).toEqual([0, '']);
    expect(out).toContain(`head 4:${sealed(4).sha256}`);
    expect(out).toMatch(/Everything fits\.\n$/);
    expect(asked.length).toBeGreaterThan(20);
    expect(asked.filter((line) => !line.startsWith('GET '))).toEqual([]);
  });

  it.each([
    ['a region', 's3://audit/kept', {}, /^gatehouse: No AWS region is set; set AWS_REGION to that of the bucket\.\n$/],
    [
      'credentials',
      's3://audit/kept',
      { AWS_REGION: 'eu-central-1' },
      /^gatehouse: AWS does not accept the credentials .* Renew them\.\n$/,
    ],
    ['manifests', 's3://audit/elsewhere', credentials, /^gatehouse: There is no manifest\.json here; .*\n$/],
    ['the bucket', 's3://other/kept', credentials, /^gatehouse: AWS refused s3:ListBucketVersions: NoSuchBucket: .*\n$/],
  ])('cannot be verified without %s: one sentence and exit status 2', async (_what, url, env, expected) => {
    const { exit, out, err } = await run(url, env);
    expect([exit, out]).toEqual([2, '']);
    expect(err).toMatch(expected);
  });
});
