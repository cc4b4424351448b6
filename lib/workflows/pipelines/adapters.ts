import type { Connection, ConnectionSettings, ConnectionSystem } from '../../fleet/connection.ts';
import type {
  AzureConnection,
  ClusterApiConnection,
  FluxConnection,
  GitHubApp,
  GitLabConnection,
  TektonConnection,
  WebhookSender,
} from '../../pipelines/index.ts';

// Stored connections as their adapters take them. An adapter knows a connection by its id: names change.

export type ConnectionTo<System extends ConnectionSystem> = Connection & {
  readonly settings: Extract<ConnectionSettings, { system: System }>;
};
type Secrets = readonly string[];

/** Whether a connection is one to this system. */
export const isTo = <System extends ConnectionSystem>(connection: Connection, system: System): connection is ConnectionTo<System> =>
  connection.settings.system === system;

export const gitHubApp = ({ id, settings: { apiBase, appId } }: ConnectionTo<'github'>, webhookSecrets: Secrets): GitHubApp => ({
  connection: id,
  apiBase,
  appId,
  webhookSecrets,
});

/** One secret serves both hooks; a GitLab that cannot sign shows it instead. */
export const gitLab = ({ id, settings: { apiBase } }: ConnectionTo<'gitlab'>, secrets: Secrets): GitLabConnection => ({
  connection: id,
  apiBase,
  statusCheckSecrets: secrets,
  signingTokens: secrets,
  secretTokens: secrets,
});

export const azure = ({ id, settings: { collections } }: ConnectionTo<'azure'>, secrets: Secrets): AzureConnection => ({
  connection: id,
  collections,
  secrets,
});

export const tekton = (_connection: ConnectionTo<'tekton'>, secrets: Secrets): TektonConnection => ({ secrets });
export const clusterApi = (_connection: ConnectionTo<'cluster-api'>, secrets: Secrets): ClusterApiConnection => ({ secrets });

/** The receiver was written by an administrator, so its own host is the one that may be called; whether the server allows it is asked where the call is made. */
export const flux = ({ id, settings: { receiver } }: ConnectionTo<'flux'>, secrets: Secrets): FluxConnection => ({
  connection: id,
  secrets,
  ...(receiver === undefined ? {} : { receiver }),
  hosts: receiver === undefined ? [] : [new URL(receiver).host],
});

export const webhookSender = ({ id, settings: { clusters, hosts } }: ConnectionTo<'webhook'>, secrets: Secrets): WebhookSender => ({
  connection: id,
  secrets,
  clusters,
  hosts,
});
