import { failed, type Result, succeed } from '../core/failure.ts';
import type { Connection, ConnectionSettings, ConnectionSystem } from './connection.ts';

/** Systems that are told with a credential of ours. */
const withCredential: readonly ConnectionSystem[] = ['github', 'gitlab'];
export const needsCredential = ({ system }: ConnectionSettings): boolean => withCredential.includes(system);

/** Address of the hook, behind the address of the service. Azure, GitLab and Cluster API have more below it. */
const words: Readonly<Record<ConnectionSystem, string>> = {
  github: 'github',
  gitlab: 'gitlab',
  azure: 'azure',
  tekton: 'tekton',
  'cluster-api': 'capi',
  flux: 'flux',
  webhook: 'webhook',
};
export const hookPath = ({ id, settings }: Pick<Connection, 'id' | 'settings'>): string => `/v1/hooks/${words[settings.system]}/${id}`;

/** Addresses that answers go to. */
export const addressesOf = (settings: ConnectionSettings): readonly string[] => {
  switch (settings.system) {
    case 'github':
    case 'gitlab':
      return [settings.apiBase];
    case 'azure':
      return settings.collections;
    case 'flux':
      return settings.receiver === undefined ? [] : [settings.receiver];
    case 'webhook':
      // what is below a pattern is known only when something is sent there
      return settings.hosts.filter((host) => !host.startsWith('*')).map((host) => `https://${host}/`);
    default:
      return [];
  }
};

/** What no schema says: rules are those of the system, and a signed webhook needs none. */
export const examineRules = ({ settings, rules }: Pick<Connection, 'settings' | 'rules'>): Result<void> => {
  const { system } = settings;
  if (system === 'webhook' && rules.length > 0)
    return failed(
      'input-invalid',
      'A signed webhook names its cluster itself; list the clusters in its settings, and leave the rules out.',
    );
  const other = rules.find((rule) => rule.system !== system);
  return other === undefined
    ? succeed(undefined)
    : failed('input-invalid', `A rule is for ${other.system}, but the connection is to ${system}; make a connection for each system.`);
};

/** Whether somebody may change the settings so: another system has other secrets and another address. */
export const examineChange = (before: ConnectionSettings, after: ConnectionSettings): Result<void> =>
  before.system === after.system
    ? succeed(undefined)
    : failed('input-invalid', `This is a connection to ${before.system} and stays one; make a new connection to ${after.system}.`);

/** The secrets in a stored text: one, or two while it is replaced; the newest first. */
export const secretsIn = (stored: string): readonly string[] => stored.split(' ').filter((text) => text !== '');
