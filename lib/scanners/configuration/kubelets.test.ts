import { describe, expect, it } from 'vitest';
import { denied, fakeAccess } from '../../../test/support/fake-access.ts';
import { forbidden, type NodeFact, seen } from '../../core/facts/index.ts';
import { type Failure, failed, type Result, succeed } from '../../core/failure.ts';
import type { KubeletAccess } from '../../ports/cluster-access.ts';
import { observeKubelets } from './kubelets.ts';

const node = (name: string, kubeletVersion = 'v1.36.3') =>
  ({ name, role: 'worker', kubeletVersion, addresses: ['10.0.0.1'], kubeletPort: 10250 }) as unknown as NodeFact;
const certificate = { subject: 'CN=w', issuer: 'CN=w-ca', selfSigned: true, notAfter: '2027-01-01T00:00:00.000Z' };

/** Kubelets that answer by node and path. */
const kubelets = (answers: Readonly<Record<string, unknown>>): KubeletAccess & { readonly asked: string[] } => {
  const asked: string[] = [];
  return {
    asked,
    get: async (kubelet, path, schema) => {
      asked.push(`${kubelet.node}${path}`);
      const answer = answers[`${kubelet.node}${path}`];
      if (answer === undefined) return failed('cluster-unreachable', `No route to ${kubelet.node}.`) as Result<never>;
      if (typeof answer === 'object' && answer !== null && 'code' in answer) return { ok: false, failure: answer as Failure };
      return succeed({ value: schema.parse(answer), certificate });
    },
    close: () => undefined,
  };
};
const configMap = (kubelet: string) => ({ objects: { '/api/v1/namespaces/kube-system/configmaps/kubelet-config': { data: { kubelet } } } });
const observe = async (nodes: readonly NodeFact[], direct: KubeletAccess, cluster = {}, proxy?: KubeletAccess) => {
  const slice = await observeKubelets(fakeAccess(cluster), direct, seen(nodes), { proxy });
  return slice.read ? slice.value : [];
};

describe('kubelets', () => {
  it('tell what they run with, and their flags from 1.36 on', async () => {
    const direct = kubelets({
      'w1/configz': { kubeletconfig: { readOnlyPort: 10255, unknown: 1 } },
      'w1/flagz': { flags: { 'hostname-override': 'x' } },
      'w2/configz': { kubeletconfig: {} },
    });
    expect(await observe([node('w1'), node('w2', 'v1.35.4')], direct)).toEqual([
      {
        node: 'w1',
        role: 'worker',
        source: 'configz',
        confidence: 'high',
        config: { readOnlyPort: 10255 },
        flags: { 'hostname-override': 'x' },
        certificate,
      },
      { node: 'w2', role: 'worker', source: 'configz', confidence: 'high', config: {}, certificate },
    ]);
    expect(direct.asked).not.toContain('w2/flagz');
  });

  it('that cannot be reached are known by what kubeadm wants, with the reason', async () =>
    expect(await observe([node('w1')], kubelets({}), configMap('podPidsLimit: 100\n'))).toEqual([
      { node: 'w1', role: 'worker', source: 'config-map', confidence: 'low', config: { podPidsLimit: 100 }, reason: 'No route to w1.' },
    ]));

  it('that cannot be reached at all say both reasons', async () => {
    const refused = { objects: { '/api/v1/namespaces/kube-system/configmaps/kubelet-config': denied('get configmaps') } };
    expect(await observe([node('w1')], kubelets({}), refused)).toEqual([
      {
        node: 'w1',
        role: 'worker',
        source: 'none',
        confidence: 'none',
        reason:
          'No route to w1. What kubeadm wants cannot be read instead: the right to get configmaps kubelet-config in kube-system is missing.',
      },
    ]);
  });

  it('are asked through the API server only where that was allowed and the direct way failed', async () => {
    const proxy = kubelets({ 'w1/configz': { kubeletconfig: { seccompDefault: true } }, 'w2/configz': { kubeletconfig: {} } });
    const direct = kubelets({ 'w2/configz': { kubeletconfig: {} } });
    const found = await observe([node('w1', 'v1.35.4'), node('w2', 'v1.35.4')], direct, {}, proxy);
    expect(found.map(({ source }) => source)).toEqual(['api-server-proxy', 'configz']);
    expect(proxy.asked).toEqual(['w1/configz']);
    expect((await observe([node('w1')], kubelets({}), {})).map(({ source }) => source)).toEqual(['none']);
  });

  it('ask for the ConfigMap once, however many are silent', async () => {
    const access = fakeAccess(configMap('{}'));
    await observeKubelets(access, kubelets({}), seen([node('a'), node('b'), node('c')]));
    expect(access.asked).toHaveLength(1);
  });

  it('are unread when nodes are', async () => {
    const slice = await observeKubelets(fakeAccess({}), kubelets({}), forbidden('list nodes'));
    expect(slice).toEqual(forbidden('list nodes'));
  });
});
