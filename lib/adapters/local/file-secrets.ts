import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { failed, type Result, succeed } from '../../core/failure.ts';
import type { SecretStore } from '../../ports/secret-store.ts';
import { badSecretName, examineSecret, isSecretName, noSecret } from '../rules/secrets.ts';
import { fileTrouble } from './files.ts';
import { readKeyFile } from './key-file.ts';
import { hasCode, placeOver, sweepWorkshop } from './place-file.ts';

const format = 1;
const ivLength = 12;
const tagLength = 16;

/** The name goes into the seal: a file that is put under another secret's name does not open. */
const boundTo = (name: string): Buffer => Buffer.from(`gatehouse-secret:${format}:${name}`);

const seal = (key: Buffer, name: string, secret: string): Buffer => {
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(boundTo(name));
  const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.of(format), iv, cipher.getAuthTag(), sealed]);
};

const unseal = (key: Buffer, name: string, file: Buffer): string | undefined => {
  const start = 1 + ivLength + tagLength;
  if (file[0] !== format || file.length < start) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, file.subarray(1, 1 + ivLength), { authTagLength: tagLength });
  decipher.setAAD(boundTo(name)).setAuthTag(file.subarray(1 + ivLength, start));
  try {
    return Buffer.concat([decipher.update(file.subarray(start)), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
};

const isEmpty = async (folder: string): Promise<boolean> => {
  try {
    return (await readdir(folder)).length === 0;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return true;
    throw error;
  }
};

/** The master key. A new one beside old secrets would make them unreadable for good, without anybody noticing. */
const masterKey = async (folder: string): Promise<Result<Buffer>> => {
  const path = join(folder, 'master.key');
  const isFirst = await isEmpty(join(folder, 'sealed'));
  const missing = failed(
    'output-failed',
    `The master key ${path} is missing, and there are secrets that need it. Restore it from a backup.`,
  );
  const isThere = await readFile(path).then(
    () => true,
    (error: unknown) => !hasCode(error, 'ENOENT'),
  );
  if (!isFirst && !isThere) return missing;
  const key = await readKeyFile(path, () => randomBytes(32));
  return key.ok && key.value.length !== 32
    ? failed('output-failed', `The master key ${path} is damaged: it has ${key.value.length} bytes, not 32. Restore it from a backup.`)
    : key;
};

/**
 * Secrets in a folder: `master.key` (made at first use) and one encrypted file (AES-256-GCM) per secret in `sealed/`, named by the hash of the secret's name. Protects backups and disks that go
 * astray without the key, and against files that are exchanged; whoever can read as this user can read both.
 */
export const openFileSecrets = async (folder: string): Promise<Result<SecretStore>> => {
  const workshop = join(folder, 'writing');
  const pathOf = (name: string): string => join(folder, 'sealed', createHash('sha256').update(name).digest('hex'));
  const orTrouble = async <T>(what: string, work: () => Promise<Result<T>>): Promise<Result<T>> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error;
      return failed('output-failed', `Cannot ${what}: ${fileTrouble(error)}.`);
    }
  };

  const get = async (key: Buffer, name: string): Promise<Result<string>> => {
    const file = await readFile(pathOf(name)).catch((error: unknown) => {
      if (hasCode(error, 'ENOENT')) return undefined;
      throw error;
    });
    if (!file) return noSecret;
    const secret = unseal(key, name, file);
    return secret === undefined
      ? failed(
          'answer-invalid',
          `The secret ${name} cannot be opened: its file was changed, or belongs to another master key. Store it again.`,
        )
      : succeed(secret);
  };

  return orTrouble(`open the secrets in ${folder}`, async (): Promise<Result<SecretStore>> => {
    const key = await masterKey(folder);
    if (!key.ok) return key;
    await sweepWorkshop(workshop);
    return succeed({
      put: async (name, secret) => {
        const examined = examineSecret(name, secret);
        if (!examined.ok) return examined;
        return orTrouble(`store the secret ${name}`, async () =>
          succeed(await placeOver(workshop, pathOf(name), seal(key.value, name, secret), 0o600)),
        );
      },
      get: async (name) => (isSecretName(name) ? orTrouble(`read the secret ${name}`, () => get(key.value, name)) : badSecretName),
      remove: async (name) =>
        isSecretName(name)
          ? orTrouble(`remove the secret ${name}`, async () => succeed(await rm(pathOf(name), { force: true })))
          : badSecretName,
    });
  });
};
