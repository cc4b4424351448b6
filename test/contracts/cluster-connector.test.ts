import { createClusterConnector } from '../../lib/adapters/kubernetes/untrusted/connector.ts';
import { readSettings } from '../../lib/cli/serve/settings.ts';
import { must } from '../support/answers.ts';
import { describeClusterConnector } from './cluster-connector.contract.ts';

describeClusterConnector('of one machine', async () => {
  const lists = { allow: ['10.0.0.0/8'], allowSpecial: ['127.0.0.1/32'] };
  const flags = { data: '', host: '127.0.0.1', port: 0, hostName: [], webhookHost: [], admin: [] };
  const { allow, isLoopbackAllowed } = must(readSettings({ ...flags, ...lists }));
  return { connector: createClusterConnector({ allow, isLoopbackAllowed, version: '0.1.0' }) };
});
