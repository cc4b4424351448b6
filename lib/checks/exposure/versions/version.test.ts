import { describe, expect, it } from 'vitest';
import { imageVersion } from './image.ts';
import { compareVersions, isAffected, readVersion, type Version } from './version.ts';

const read = (text: string): Version => readVersion(text) as Version;

it.each([
  ['v1.36.1+vmware.2-vkr.1', [1, 36, 1], [], 'vmware.2-vkr.1'],
  ['v1.30.4-eks-a737599', [1, 30, 4], [], 'eks-a737599'],
  ['v1.29.6-gke.1038001', [1, 29, 6], [], 'gke.1038001'],
  ['v1.31.2+k3s1', [1, 31, 2], [], 'k3s1'],
  ['v1.31.2+rke2r1', [1, 31, 2], [], 'rke2r1'],
  ['3.6.8-0', [3, 6, 8], [], ''],
  ['1.6.20~ds1', [1, 6, 20], [], 'ds1'],
  ['2.1.4', [2, 1, 4], [], ''],
  ['v1.32.0-rc.1', [1, 32, 0], ['rc', '1'], ''],
  ['v1.32.0-alpha.3.12+abcdef', [1, 32, 0], ['alpha', '3', '12'], 'abcdef'],
  ['v1.32.0-rc.1-gke.5', [1, 32, 0], ['rc', '1'], 'gke.5'],
  ['v1.30+', [1, 30, 0], [], ''],
])('reads %s', (text, numbers, preRelease, vendor) => expect(read(text)).toEqual({ numbers, preRelease, vendor }));

it.each(['', 'latest', 'v1.x', 'sha256:abc', 'main-2024', '1.2.3.4'])('reads no version out of "%s"', (text) =>
  expect(readVersion(text)).toBeUndefined(),
);

it('orders versions as releases follow one another', () => {
  const inOrder = [
    '1.29.14',
    '1.30.0-alpha.1',
    '1.30.0-alpha.2',
    '1.30.0-alpha.10',
    '1.30.0-beta.0',
    '1.30.0-rc.1',
    '1.30.0',
    '1.30.1',
    '1.31.0',
  ];
  expect(inOrder.toReversed().toSorted((a, b) => compareVersions(read(a), read(b)))).toEqual(inOrder);
  expect(compareVersions(read('v1.30.1+vmware.2'), read('1.30.1-eks-1'))).toBe(0);
});

describe('a flaw mended on several branches', () => {
  const affected = [
    ['0', '1.29.14'],
    ['1.30.0', '1.30.10'],
    ['1.32.0-alpha.0', '1.32.2'],
  ] as const;
  it.each([
    ['older than every mended branch', '1.27.3', true],
    ['right before the fix', '1.29.13', true],
    ['the fix', '1.29.14', false],
    ['after the fix of its branch', '1.29.20', false],
    ['the first of a branch', '1.30.0', true],
    ['a candidate of the first of a branch', '1.30.0-rc.1', true],
    ['a candidate of the fix', '1.30.10-rc.0', true],
    ['a branch that never had it', '1.31.4', false],
    ['a pre-release that had it', '1.32.0-alpha.1', true],
    ['newer than every mended branch', '1.33.0', false],
    ['a vendor build of the fix', 'v1.30.10+vmware.1', false],
    ['a vendor build before the fix', 'v1.30.9-eks-1', true],
  ])('%s', (_what, version, expected) => expect(isAffected(read(version), affected)).toBe(expected));
  it('that was never mended', () => expect(isAffected(read('9.0.0'), [['1.3.0']])).toBe(true));
});

it.each([
  ['registry.k8s.io/ingress-nginx/controller:v1.12.0@sha256:e6b8de175acda6ca913891f0f727bca4527e797d52688cbe9fec9040d6f6b6fa', 'v1.12.0'],
  ['registry.local:5000/coredns/coredns:v1.12.3', 'v1.12.3'],
  ['registry.local:5000/coredns/coredns', undefined],
  ['rancher/nginx-ingress-controller:nginx-1.12.1-hardened2', 'nginx-1.12.1-hardened2'],
  ['coredns@sha256:e6b8de175acda6ca913891f0f727bca4527e797d52688cbe9fec9040d6f6b6fa', undefined],
])('finds the tag of %s', (image, tag) => expect(imageVersion(image).tag).toBe(tag));

it.each([
  ['rancher/nginx-ingress-controller:nginx-1.12.1-hardened2', [1, 12, 1]],
  ['registry.k8s.io/etcd:3.6.8-0', [3, 6, 8]],
  ['coredns:latest', undefined],
])('finds the version of %s', (image, numbers) => expect(imageVersion(image).version?.numbers).toEqual(numbers));
