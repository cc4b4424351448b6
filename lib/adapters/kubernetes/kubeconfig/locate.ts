import { access } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { failed, type Result, succeed } from '../../../core/failure.ts';
import type { Environment } from '../connection.ts';
import { readKubeconfig } from './read-file.ts';
import type { Kubeconfig } from './schema.ts';

/** A kubeconfig made of one or more files. */
export interface Located {
  readonly config: Kubeconfig;
  /** The files it was read from, for sentences. */
  readonly files: readonly string[];
}

export interface WhereToLook {
  /** `--kubeconfig`: this file and no other. */
  readonly file?: string | undefined;
  readonly env: Environment;
  /** Home folder; the user's own unless a test gives another. */
  readonly home?: string | undefined;
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** Reads the kubeconfig that kubectl would read; `undefined` when there is none at all, so that a pod can use its ServiceAccount. */
export const locateKubeconfig = async (where: WhereToLook): Promise<Result<Located | undefined>> => {
  if (where.file !== undefined && where.file !== '') return readAll([resolve(where.file)]);
  const listed = (where.env.KUBECONFIG ?? '').split(delimiter).filter((path) => path !== '');
  const candidates =
    listed.length > 0 ? listed.map((path) => resolve(path)) : [join(where.home ?? where.env.HOME ?? homedir(), '.kube', 'config')];
  const present: string[] = [];
  for (const path of candidates) if (await exists(path)) present.push(path);
  if (present.length > 0) return readAll(present);
  if (listed.length > 0) return failed('kubeconfig-invalid', `KUBECONFIG names ${listed.join(', ')}, but no such file exists.`);
  return succeed(undefined);
};

const readAll = async (paths: readonly string[]): Promise<Result<Located>> => {
  const read: Kubeconfig[] = [];
  for (const path of paths) {
    const one = await readKubeconfig(path);
    if (!one.ok) return one;
    read.push(one.value);
  }
  return succeed({ config: merge(read), files: paths });
};

/** Several files become one: the first that names a cluster, user or context defines it, and the first current-context holds. */
export const merge = (configs: readonly Kubeconfig[]): Kubeconfig => ({
  'current-context': configs.find((config) => config['current-context'])?.['current-context'],
  clusters: firstOfEachName(configs.flatMap((config) => config.clusters ?? [])),
  users: firstOfEachName(configs.flatMap((config) => config.users ?? [])),
  contexts: firstOfEachName(configs.flatMap((config) => config.contexts ?? [])),
});

const firstOfEachName = <T extends { readonly name: string }>(entries: readonly T[]): T[] => [
  ...new Map(entries.toReversed().map((entry) => [entry.name, entry])).values(),
];
