import { describe, expect, it } from 'vitest';
import { openConnector } from '../../lib/adapters/aws/deployed/connector.ts';
import { describeClusterConnector } from '../contracts/cluster-connector.contract.ts';
import { codeOf, sayOf } from '../support/answers.ts';
import { makePki } from '../support/certificates.ts';
import { kubeconfigText } from '../support/kubeconfig.ts';

// as it is deployed; no deployment opens loopback, which the API server of the contract needs
describeClusterConnector('of a deployment', async () => ({ connector: openConnector(['10.0.0.0/8'], '0.1.0', ['127.0.0.1/32']) }));

describe('a connector as it is deployed', () => {
  it('reaches no loopback address, however wide its networks are', async () => {
    const connector = openConnector(['0.0.0.0/0'], '0.1.0');
    const refused = await connector.examine(kubeconfigText(await makePki(), 'https://127.0.0.1:6443'));
    expect([codeOf(refused), sayOf(refused)]).toEqual(['kubeconfig-invalid', expect.stringContaining('127.0.0.1')]);
  });

  it('does not begin with a network that is none', () => {
    expect(() => openConnector(['10.0.0.0/99'], '0.1.0')).toThrow('10.0.0.0/99');
  });
});
