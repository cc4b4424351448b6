import type { HookName } from '../service/hooks/index.ts';

// Where release systems call. These paths are theirs and not of the API that people and programs use: no OpenAPI, no bearer tokens.

export const hooksPrefix = '/v1/hooks/';
/** Bytes of a body at most; a Tekton event brings another body along. What one protocol allows may be less. */
export const hookBytes = 2 * 1024 * 1024;

const id = '([A-Za-z0-9_-]{1,64})';
const patterns: readonly (readonly [HookName, RegExp])[] = [
  ['github', new RegExp(`^/v1/hooks/github/${id}$`)],
  ['gitlab-status', new RegExp(`^/v1/hooks/gitlab/${id}/status$`)],
  ['gitlab-deployment', new RegExp(`^/v1/hooks/gitlab/${id}/deployment$`)],
  ['azure', new RegExp(`^/v1/hooks/azure/${id}$`)],
  ['azure-sync', new RegExp(`^/v1/hooks/azure/${id}/sync$`)],
  ['tekton', new RegExp(`^/v1/hooks/tekton/${id}$`)],
  // Cluster API puts the path of its hook behind the address that it was given
  ['cluster-api', new RegExp(`^/v1/hooks/capi/${id}/hooks\\.runtime\\.cluster\\.x-k8s\\.io/.+$`)],
  ['flux', new RegExp(`^/v1/hooks/flux/${id}$`)],
  ['webhook', new RegExp(`^/v1/hooks/webhook/${id}$`)],
];

export interface HookPlace {
  readonly hook: HookName;
  readonly connectionId: string;
}
/** Which hook a path names. */
export const hookAt = (path: string): HookPlace | undefined => {
  for (const [hook, pattern] of patterns) {
    const connectionId = pattern.exec(path)?.[1];
    if (connectionId !== undefined) return { hook, connectionId };
  }
  return undefined;
};
