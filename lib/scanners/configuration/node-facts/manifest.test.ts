import { describe, expect, it } from 'vitest';
import { asLabel, namespaceManifest, selectorOf } from '../../pods/home.ts';
import { nodeFactsHome, podManifest } from './manifest.ts';
import { nodeFactsNeeds } from './needs.ts';
import { lookArguments } from './script.ts';

const manifest = podManifest({
  name: 'node-facts-1-0',
  node: 'cp1',
  scanId: 'scan 1',
  image: 'registry.example/busybox:1',
  script: 'echo "$(id)" $$ $((1 + 1))',
  arguments: ['file=/a $(HOME) b', 'file=$$'],
});
const [container] = manifest.spec.containers;

describe('the pod', () => {
  it('runs on the node it is meant for, whatever its taints, once and not for long', () => {
    expect(manifest.spec).toMatchObject({
      nodeName: 'cp1',
      tolerations: [{ operator: 'Exists' }],
      restartPolicy: 'Never',
      activeDeadlineSeconds: 120,
      terminationGracePeriodSeconds: 0,
    });
  });

  it('can change nothing and holds no credential', () => {
    expect(manifest.spec).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false, hostPID: true });
    expect(container?.securityContext).toMatchObject({
      privileged: false,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'], add: ['DAC_READ_SEARCH'] },
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(manifest.spec.volumes).toHaveLength(1);
    expect(container?.volumeMounts.every((mount) => mount.readOnly)).toBe(true);
  });

  it('gets script and arguments as they are, though Kubernetes expands dollars', () => {
    const expand = (text: string): string => text.replaceAll('$$', '$');
    expect(container?.command.map(expand)).toEqual(['sh', '-c', 'echo "$(id)" $$ $((1 + 1))', 'look.sh']);
    expect(container?.args.map(expand)).toEqual(['file=/a $(HOME) b', 'file=$$']);
    // nothing is left that Kubernetes would take for a reference to a variable
    for (const text of [...(container?.command ?? []), ...(container?.args ?? [])]) expect(text.replaceAll('$$', '')).not.toContain('$');
  });

  it('is found again by its labels', () => {
    for (const pair of selectorOf(nodeFactsHome).split(',')) {
      const [name = '', value] = pair.split('=');
      expect(manifest.metadata.labels).toHaveProperty([name], value);
    }
  });
});

it('makes labels of any scan id', () => {
  expect(asLabel('0198c0de-7000-8000')).toBe('0198c0de-7000-8000');
  expect(asLabel('--a b/ü--')).toBe('a-b');
  expect(asLabel('x'.repeat(200))).toHaveLength(63);
  expect(namespaceManifest(nodeFactsHome, 'a b').metadata.labels['gatehouse.dev/scan-id']).toBe('a-b');
});

it('asks for no right outside its namespace but to see that', () => {
  expect(nodeFactsNeeds.filter(({ namespace }) => namespace !== 'gatehouse-node-facts')).toMatchObject([
    { resource: 'namespaces', verb: 'get', name: 'gatehouse-node-facts' },
  ]);
});

it('looks at the files of every distribution, each once', () => {
  const asked = lookArguments('n1');
  expect(new Set(asked).size).toBe(asked.length);
  expect(asked).toEqual(
    expect.arrayContaining([
      'nonce=n1',
      'file=/etc/kubernetes/admin.conf',
      'file=/var/lib/rancher/k3s/agent/kubelet.kubeconfig',
      'folder=/etc/kubernetes/pki',
      'folder=/etc/kubernetes/manifests',
    ]),
  );
});
