import { chmod, mkdtemp, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeOf, must, sayOf } from '../../../test/support/answers.ts';
import { openEd25519Signer } from './ed25519-signer.ts';
import { openFileSecrets } from './file-secrets.ts';
import { readKeyFile } from './key-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-keys-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('key files', () => {
  it('are made once, also by many at once, for their owner alone', async () => {
    const path = join(folder, 'new', 'key');
    const keys = await Promise.all(Array.from({ length: 10 }, (_, at) => readKeyFile(path, () => Buffer.from(`key ${at}`))));
    expect(new Set(keys.map((key) => must(key).toString())).size).toBe(1);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(must(await readKeyFile(path, () => Buffer.from('another'))).toString()).toMatch(/^key \d$/);
  });

  it.each([0o640, 0o604, 0o620, 0o601])('that others can reach (mode %o) are refused', async (mode) => {
    const path = join(folder, 'key');
    must(await readKeyFile(path, () => Buffer.from('secret')));
    await chmod(path, mode);
    const answer = await readKeyFile(path, () => Buffer.from('secret'));
    expect(sayOf(answer)).toMatch(/^The key file .*\/key cannot be used: others can read or change it; if nobody did, run chmod 600 on it/);
    expect(sayOf(answer)).not.toContain('secret');
    await chmod(path, 0o400);
    expect(codeOf(await readKeyFile(path, () => Buffer.from('secret')))).toBe('ok');
  });

  it('are ordinary files', async () => {
    await writeFile(join(folder, 'elsewhere'), 'key', { mode: 0o600 });
    await symlink(join(folder, 'elsewhere'), join(folder, 'key'));
    expect(sayOf(await readKeyFile(join(folder, 'key'), () => Buffer.from('x')))).toMatch(/it is no ordinary file\.$/);
    expect(sayOf(await readKeyFile(join(folder, 'elsewhere', 'key'), () => Buffer.from('x')))).toMatch(/^Cannot read or make the key file/);
  });
});

describe('secrets in files', () => {
  const secrets = () => openFileSecrets(folder);
  const sealed = async () => (await readdir(join(folder, 'sealed'))).map((name) => join(folder, 'sealed', name));

  it('are read by the next process, and lie on the disk unreadable', async () => {
    must(await must(await secrets()).put('projects/p1/kubeconfig', 'hunter2'));
    expect(must(await must(await secrets()).get('projects/p1/kubeconfig'))).toBe('hunter2');
    const [path = ''] = await sealed();
    expect(path).not.toContain('kubeconfig');
    expect((await readFile(path)).toString('latin1')).not.toContain('hunter2');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('look different each time they are stored', async () => {
    const store = must(await secrets());
    must(await store.put('a', 'hunter2'));
    const first = await readFile((await sealed())[0] ?? '');
    must(await store.put('a', 'hunter2'));
    expect((await readFile((await sealed())[0] ?? '')).equals(first)).toBe(false);
  });

  it('do not open under another name, or when a bit was changed', async () => {
    const store = must(await secrets());
    must(await store.put('a', 'secret of a'));
    const [a = ''] = await sealed();
    must(await store.put('b', 'secret of b'));
    const b = (await sealed()).find((path) => path !== a) ?? '';
    await rename(a, b);
    const answer = await store.get('b');
    expect(codeOf(answer)).toBe('answer-invalid');
    expect(sayOf(answer)).toBe('The secret b cannot be opened: its file was changed, or belongs to another master key. Store it again.');
    must(await store.put('b', 'secret of b'));
    const whole = await readFile(b);
    for (const at of [0, 1, 13, 29, whole.length - 1]) {
      const changed = Buffer.from(whole);
      changed.writeUInt8((changed[at] ?? 0) ^ 1, at);
      await writeFile(b, changed);
      expect([at, codeOf(await store.get('b'))]).toEqual([at, 'answer-invalid']);
    }
    for (const length of [0, 1, 28, whole.length - 1]) {
      await writeFile(b, whole.subarray(0, length));
      expect(codeOf(await store.get('b'))).toBe('answer-invalid');
    }
    await writeFile(b, whole);
    expect(must(await store.get('b'))).toBe('secret of b');
  });

  it('refuse a master key that others can read, is damaged or is gone', async () => {
    must(await must(await secrets()).put('a', 'secret'));
    const path = join(folder, 'master.key');
    await chmod(path, 0o644);
    expect(sayOf(await secrets())).toMatch(/others can read/);
    await chmod(path, 0o600);
    await writeFile(path, 'short');
    expect(sayOf(await secrets())).toMatch(/is damaged: it has 5 bytes, not 32/);
    await rm(path);
    expect(sayOf(await secrets())).toMatch(/is missing, and there are secrets that need it\. Restore it from a backup\.$/);
    expect(await readdir(folder)).not.toContain('master.key');
  });
});

describe('the signing key', () => {
  it('is the same for the next process, and refused when it is something else', async () => {
    const path = join(folder, 'signing.key');
    const pem = must(await must(await openEd25519Signer(path)).publicKey());
    expect(must(await must(await openEd25519Signer(path)).publicKey())).toBe(pem);
    await writeFile(path, pem);
    expect(sayOf(await openEd25519Signer(path))).toMatch(/is no Ed25519 key in PKCS#8 PEM/);
  });
});
