import { afterAll, beforeAll, expect, it } from 'vitest';
import { Evaluation } from '../../lib/gate/evaluation.ts';
import { apply, bed, bedVersion, gatehouse, kubeconfigOf, kubectl } from './bed.ts';

// A cluster that still serves beta and alpha APIs: objects are really written through versions that the next release no longer has.

const [, minor = '0'] = bedVersion.replace('v', '').split('.');
const next = minor === '35' ? 'v1.36.3' : 'v1.37.2';

/** What the next minor no longer reads, and the same as it will. */
const objects = {
  35: {
    old: {
      apiVersion: 'scheduling.k8s.io/v1alpha1',
      kind: 'Workload',
      metadata: { name: 'train', namespace: 'default' },
      spec: { podGroups: [{ name: 'all', policy: { basic: {} } }] },
    },
    resource: 'workloads.v1alpha1.scheduling.k8s.io',
    name: 'default/train',
    // the next minor has nothing that takes its place under the same kind and shape: it goes
    repaired: undefined,
  },
  36: {
    old: {
      apiVersion: 'storage.k8s.io/v1beta1',
      kind: 'VolumeAttributesClass',
      metadata: { name: 'silver' },
      driverName: 'csi.example',
      parameters: { iops: '100' },
    },
    resource: 'volumeattributesclasses.v1beta1.storage.k8s.io',
    name: 'silver',
    repaired: {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'VolumeAttributesClass',
      metadata: { name: 'silver' },
      driverName: 'csi.example',
      parameters: { iops: '100' },
    },
  },
}[Number(minor) as 35 | 36];

const removed = async () => {
  const { stdout } = await gatehouse(['gate', '--to', next, '--kubeconfig', await kubeconfigOf('aging'), '--json']);
  const { verdict, checks } = Evaluation.parse(JSON.parse(stdout));
  const check = checks.find(({ id }) => id === 'api.removed-objects');
  return {
    verdict,
    outcome: check?.outcome,
    names: check?.resources.map(({ namespace, name }) => (namespace === undefined ? name : `${namespace}/${name}`)),
  };
};

beforeAll(async () => {
  await bed('up', 'aging', '--kubernetes', bedVersion);
});
afterAll(async () => {
  await bed('down', 'aging');
});

it('an object that was written through a version which the next release removes denies the upgrade by name, until it is rewritten or gone', async () => {
  expect((await removed()).outcome).not.toBe('fail');
  await apply('aging', objects.old);
  expect(await removed()).toMatchObject({ verdict: 'deny', outcome: 'fail', names: expect.arrayContaining([objects.name]) });
  if (objects.repaired) await apply('aging', objects.repaired);
  else await kubectl('aging', 'delete', objects.resource, '--all', '--all-namespaces');
  expect((await removed()).outcome).not.toBe('fail');
});
