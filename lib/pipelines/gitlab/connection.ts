import { baseOf } from '../shared/hosts.ts';
import type { Secrets } from '../shared/sender.ts';

/** A GitLab whose hooks reach us and whose API we call with the token of a service account. */
export interface GitLabConnection {
  /** Name of the connection. */
  readonly connection: string;
  /** `https://gitlab.com/api/v4`. */
  readonly apiBase: string;
  /** Shared secrets of external status checks. */
  readonly statusCheckSecrets: Secrets;
  /** Signing tokens of webhooks. */
  readonly signingTokens: Secrets;
  /** Secret tokens of webhooks, for a GitLab that cannot sign them: they prove the sender, not the body. */
  readonly secretTokens: Secrets;
}

export const maxDescription = 255;

/** The address of something in a project. */
export const projectUrl = ({ apiBase }: GitLabConnection, projectId: string, path: string): string =>
  `${baseOf(apiBase)}/projects/${projectId}/${path}`;

export const gitlabCall = (
  connection: GitLabConnection,
  url: string,
  body: unknown,
  success: readonly number[],
  settled: readonly number[],
) => ({
  method: 'POST' as const,
  url,
  headers: { 'content-type': 'application/json', 'user-agent': 'gatehouse' },
  body: JSON.stringify(body),
  authorization: { kind: 'stored-token' as const, connection: connection.connection, header: 'private-token' as const },
  success,
  settled,
});
