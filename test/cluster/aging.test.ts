import { afterAll, beforeAll, expect, it } from 'vitest';
import { Evaluation } from '../../lib/gate/evaluation.ts';
import { apply, bed, bedVersion, gatehouse, kubeconfigOf } from './bed.ts';

// A cluster that still serves beta APIs: an object is really written through a version that the next release (1.37) no longer has. On v1.36 only: 1.36 itself removes nothing that v1.35 serves.

const volumeClass = (apiVersion: string) => ({
  apiVersion,
  kind: 'VolumeAttributesClass',
  metadata: { name: 'silver' },
  driverName: 'csi.example',
  parameters: { iops: '100' },
});

const removed = async () => {
  const { stdout } = await gatehouse(['gate', '--to', 'v1.37.2', '--kubeconfig', await kubeconfigOf('aging'), '--json']);
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

it('an object that was written through a version which the next release removes denies the upgrade by name, until it is rewritten', async () => {
  expect((await removed()).outcome).not.toBe('fail');
  await apply('aging', volumeClass('storage.k8s.io/v1beta1'));
  expect(await removed()).toMatchObject({ verdict: 'deny', outcome: 'fail', names: expect.arrayContaining(['silver']) });
  await apply('aging', volumeClass('storage.k8s.io/v1'));
  expect((await removed()).outcome).not.toBe('fail');
});
