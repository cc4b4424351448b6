import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { fileTrouble } from '../../adapters/local/files.ts';
import { failed, type Result, succeed } from '../../core/failure.ts';
import type { Terminal } from '../terminal.ts';

/** What renews a sign-in without the person. */
const Renewal = z.object({
  issuer: z.string(),
  clientId: z.string(),
  refreshToken: z.string(),
  /** Which of the issuer's tokens the service takes. */
  use: z.enum(['id_token', 'access_token']),
});
/** What proves to one service who asks. */
export const StoredCredential = z.object({
  token: z.string().min(1),
  /** ISO 8601; absent for API tokens, which the service knows more of than we do. */
  expiresAt: z.iso.datetime().optional(),
  renewal: Renewal.optional(),
  /** File of the authority that signed the server's certificate. */
  caFile: z.string().optional(),
});
export type StoredCredential = z.infer<typeof StoredCredential>;
const CredentialFile = z.object({ version: z.literal(1), servers: z.record(z.string(), StoredCredential) });
type Servers = Readonly<Record<string, StoredCredential>>;

export const credentialPath = (env: Terminal['env']): string =>
  join(env.XDG_CONFIG_HOME || join(env.HOME || homedir(), '.config'), 'gatehouse', 'credentials.json');

/** Whether others than its owner can read it. Windows has no such mode, and gives the folder of a user to nobody else. */
const isOpenTo = ({ mode, uid }: { readonly mode: number; readonly uid: number }): string | undefined => {
  if (process.platform === 'win32') return undefined;
  if (uid !== process.getuid?.()) return 'belongs to somebody else';
  return (mode & 0o077) === 0 ? undefined : 'can be read by others';
};

/** Reads all credentials; none when there is no file. */
export const readCredentials = async (env: Terminal['env']): Promise<Result<Servers>> => {
  const path = credentialPath(env);
  try {
    const handle = await open(path, 'r');
    try {
      // of the file that is open: a name could lead elsewhere a moment later
      const trouble = isOpenTo(await handle.stat());
      if (trouble !== undefined)
        return failed(
          'credential-refused',
          `${path} ${trouble}, so its tokens may be known already: revoke them, remove the file and sign in again (or: chmod 600 ${path}).`,
        );
      const parsed = CredentialFile.safeParse(JSON.parse(await handle.readFile('utf8')));
      if (parsed.success) return succeed(parsed.data.servers);
    } finally {
      await handle.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return succeed({});
    if (!(error instanceof SyntaxError)) return failed('input-invalid', `Cannot read ${path}: ${fileTrouble(error)}.`);
  }
  return failed('input-invalid', `${path} is no file of credentials; remove it and sign in again with gatehouse login.`);
};

const write = async (path: string, servers: Servers): Promise<Result<void>> => {
  const part = `${path}.${randomUUID()}.part`;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const handle = await open(part, 'wx', 0o600);
    try {
      await handle.writeFile(`${JSON.stringify({ version: 1, servers }, null, 2)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(part, path);
    return succeed(undefined);
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    return failed('output-failed', `Cannot write ${path}: ${fileTrouble(error)}.`);
  }
};

/** Keeps the credential of one service, or forgets it. */
export const keepCredential = async (
  env: Terminal['env'],
  server: string,
  credential: StoredCredential | undefined,
): Promise<Result<void>> => {
  const there = await readCredentials(env);
  if (!there.ok) return there;
  const { [server]: _, ...others } = there.value;
  return write(credentialPath(env), credential ? { ...others, [server]: credential } : others);
};
