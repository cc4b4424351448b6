import { readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, sep } from 'node:path';
import { failed, type Result, succeed } from '../../../core/failure.ts';
import { Kubeconfig, type KubeconfigCluster, type KubeconfigUser } from './schema.ts';

const whyUnreadable: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist; check the path',
  EACCES: 'may not be read by this user; change its owner or mode',
  EPERM: 'may not be read by this user; change its owner or mode',
  EISDIR: 'is a folder; name a file',
  ENOTDIR: 'does not exist; check the path',
};

/** Reads a text file. `what` names it in the sentence for a failure (`The kubeconfig`); `ENOENT` and the like become words. */
export const readText = async (path: string, what: string): Promise<Result<string>> => {
  try {
    return succeed(await readFile(path, 'utf8'));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return failed('kubeconfig-invalid', `${what} ${path} ${whyUnreadable[code] ?? `cannot be read (${code})`}.`);
  }
};

/** Parses the text of one kubeconfig. Failures name places and never quote the text, because secrets are in it. */
export const parseKubeconfig = async (source: string, path: string): Promise<Result<Kubeconfig>> => {
  const { LineCounter, parseDocument } = await import('yaml');
  const lineCounter = new LineCounter();
  const document = parseDocument(source, { lineCounter, prettyErrors: false, logLevel: 'silent' });
  const [problem] = document.errors;
  if (problem !== undefined) {
    const { line, col } = lineCounter.linePos(problem.pos[0]);
    return failed('kubeconfig-invalid', `The kubeconfig ${path}:${line}:${col} is not valid YAML; correct it there.`);
  }
  const value = toPlain(() => document.toJS() as unknown);
  const parsed = Kubeconfig.safeParse(value ?? {});
  if (parsed.success) return succeed(parsed.data);
  const [wrong] = parsed.error.issues;
  const where = wrong === undefined || wrong.path.length === 0 ? 'its content' : wrong.path.join('.');
  const expected = wrong?.code === 'invalid_type' ? ` (it should be of type ${wrong.expected})` : '';
  return failed(
    'kubeconfig-invalid',
    `The file ${path} is not a kubeconfig as kubectl reads it: ${where} is wrong${expected}; correct it, or name another file.`,
  );
};

/** Aliases that expand without end make the library throw; such a file is not a kubeconfig. */
const toPlain = (read: () => unknown): unknown => {
  try {
    return read();
  } catch {
    return '';
  }
};

/** Reads and parses one kubeconfig; relative paths in it become relative to its folder, as kubectl takes them. */
export const readKubeconfig = async (path: string): Promise<Result<Kubeconfig>> => {
  const source = await readText(path, 'The kubeconfig');
  if (!source.ok) return source;
  const parsed = await parseKubeconfig(source.value, path);
  if (!parsed.ok) return parsed;
  const folder = dirname(path);
  return succeed({
    ...parsed.value,
    clusters: parsed.value.clusters?.map(({ name, cluster }) => ({ name, cluster: cluster && withClusterPaths(cluster, folder) })),
    users: parsed.value.users?.map(({ name, user }) => ({ name, user: user && withUserPaths(user, folder) })),
  });
};

const from = (folder: string, path: string | null | undefined): string | undefined =>
  path === null || path === undefined || path === '' ? undefined : isAbsolute(path) ? path : join(folder, path);

const withClusterPaths = (cluster: KubeconfigCluster, folder: string): KubeconfigCluster => ({
  ...cluster,
  'certificate-authority': from(folder, cluster['certificate-authority']),
});

const withUserPaths = (user: KubeconfigUser, folder: string): KubeconfigUser => ({
  ...user,
  'client-certificate': from(folder, user['client-certificate']),
  'client-key': from(folder, user['client-key']),
  tokenFile: from(folder, user.tokenFile),
  // A bare command is looked up on the PATH; one with a slash is a path.
  exec: user.exec && {
    ...user.exec,
    command: user.exec.command.includes(sep) ? (from(folder, user.exec.command) ?? '') : user.exec.command,
  },
});
